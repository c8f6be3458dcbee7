import type { JQLParseError } from '@atlaskit/jql-ast';

/** A syntax error in the words Jira has for it. */
export function syntaxMessage(jql: string, error: JQLParseError): string {
  const at =
    'line' in error && 'charPositionInLine' in error
      ? ` (line ${String(error.line)}, character ${Number(error.charPositionInLine) + 1})`
      : '';
  const got = /(?:mismatched|extraneous) input '([^']*)'/.exec(error.message)?.[1];
  if (got === '<EOF>' && /STRING/.test(error.message))
    return `Error in the JQL Query: Expecting either a value, list or function before the end of the query.`;
  if (got !== undefined && got !== '<EOF>' && /ORDER|AND|OR/.test(error.message))
    return `Error in the JQL Query: Expecting either 'OR' or 'AND' but got '${got}'.${at}`;
  if (got !== undefined && got !== '<EOF>') return `Error in the JQL Query: Unexpected '${got}'.${at}`;
  const last = jql.trim().split(/\s+/).at(-1) ?? '';
  return `Error in the JQL Query: Expecting operator before the end of the query. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. Last read: '${last}'.`;
}
