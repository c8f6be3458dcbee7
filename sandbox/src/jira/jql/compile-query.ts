import { JiraError } from '../jira-error';
import { compileOrder } from './compile-order';
import { Compiler } from './compiler';
import { parseQuery } from './parse-query';
import type { CompiledQuery, QueryContext } from './query-context';

export type { CompiledQuery, QueryContext } from './query-context';

/**
 * Compiles a JQL query.
 * @param unknownValues whether a project, person or the like that does not exist is an error
 * @throws JiraError 400 with every problem in Jira's words: syntax, unknown fields, values, operators and functions
 */
export function compileQuery(
  jql: string,
  context: QueryContext,
  unknownValues: 'refused' | 'match nothing' = 'refused',
): CompiledQuery {
  if (jql.trim() === '')
    return { matches: () => true, compare: compileOrder(new Compiler(context), []), bounded: false, projectId: null };
  const { query, error } = parseQuery(jql, context.view.edition);
  if (query === null) throw new JiraError(400, [error]);
  const compiler = new Compiler(context, unknownValues);
  const matches = query.where ? compiler.clause(query.where, false) : () => true;
  const compare = compileOrder(compiler, query.orderBy?.fields ?? []);
  if (compiler.problems.length > 0) throw new JiraError(400, compiler.problems);
  const projectId = query.where ? compiler.onlyProject(query.where) : null;
  return { matches, compare, bounded: query.where !== undefined, projectId };
}
