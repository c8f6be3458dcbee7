import { JastBuilder } from '@atlaskit/jql-ast';
import type { Query } from '@atlaskit/jql-ast';
import type { Edition } from '../site/rows';
import { syntaxMessage } from './syntax-message';

/** Words without any sign of the query language between them. */
const BARE_WORDS = /^[\p{L}\p{N}_.\-\s]+$/u;

export type ParsedQuery =
  | { readonly query: Query; readonly error: null }
  | { readonly query: null; readonly error: string };

/** A client asks the same few questions again and again, and parsing costs more than answering. */
const known = new Map<string, ParsedQuery>();
const knownAtMost = 500;

/** Parses JQL; Cloud takes words without any operator as a text search. */
export function parseQuery(jql: string, edition: Edition): ParsedQuery {
  const name = `${edition} ${jql}`;
  const found = known.get(name) ?? parse(jql, edition);
  if (known.size >= knownAtMost) known.clear();
  known.set(name, found);
  return found;
}

function parse(jql: string, edition: Edition): ParsedQuery {
  const { query, errors } = new JastBuilder().build(jql);
  const [error] = errors;
  if (!error && query) return { query, error: null };
  if (edition === 'cloud' && BARE_WORDS.test(jql)) return parseQuery(`text ~ "${jql.trim()}"`, 'dc');
  return { query: null, error: error ? syntaxMessage(jql, error) : 'Error in the JQL Query.' };
}
