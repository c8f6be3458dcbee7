import { JastBuilder } from '@atlaskit/jql-ast';
import { JiraError } from '../jira-error';
import { compileOrder } from './compile-order';
import { Compiler } from './compiler';
import type { CompiledQuery, QueryContext } from './query-context';
import { syntaxMessage } from './syntax-message';

export type { CompiledQuery, QueryContext } from './query-context';

/**
 * Compiles a JQL query.
 * @throws JiraError 400 with every problem in Jira's words: syntax, unknown fields, values, operators and functions
 */
export function compileQuery(jql: string, context: QueryContext): CompiledQuery {
  if (jql.trim() === '')
    return { matches: () => true, compare: compileOrder(new Compiler(context), []), bounded: false };
  const parsed = new JastBuilder().build(jql);
  const [error] = parsed.errors;
  if (error || !parsed.query) throw new JiraError(400, [error ? syntaxMessage(jql, error) : 'Error in the JQL Query.']);
  const compiler = new Compiler(context);
  const matches = parsed.query.where ? compiler.clause(parsed.query.where, false) : () => true;
  const compare = compileOrder(compiler, parsed.query.orderBy?.fields ?? []);
  if (compiler.problems.length > 0) throw new JiraError(400, compiler.problems);
  return { matches, compare, bounded: parsed.query.where !== undefined };
}
