import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { compileQuery } from '../jql/compile-query';
import { parseQuery } from '../jql/parse-query';
import { queryStructure } from '../jql/query-structure';
import { queryContext } from './query-context';

const matchInput = z.looseObject({
  issueIds: z.array(z.number()).max(1000),
  jqls: z.array(z.string()).max(1000),
});

/** A value that does not exist matches nothing; only what is no query is an error. */
function matchIssues(call: Call) {
  const { issueIds, jqls } = call.body(matchInput);
  return {
    matches: jqls.map((jql) => {
      try {
        const { matches } = compileQuery(jql, queryContext(call), 'match nothing');
        const found = issueIds.filter((id) => {
          const issue = call.site.issues.get(String(id));
          return issue && matches(issue);
        });
        return { matchedIssues: found, errors: [] };
      } catch (cause) {
        if (!(cause instanceof JiraError)) throw cause;
        return { matchedIssues: [], errors: [`Invalid JQL: ${jql}`] };
      }
    }),
  };
}

/** What is wrong with a query beyond its syntax. */
function problemsOf(call: Call, jql: string): readonly string[] {
  try {
    compileQuery(jql, queryContext(call));
    return [];
  } catch (cause) {
    if (cause instanceof JiraError) return cause.errorMessages;
    throw cause;
  }
}

const parseInput = z.looseObject({ queries: z.array(z.string()).min(1) });
const VALIDATIONS = ['strict', 'warn', 'none'];

/** Queries taken apart, none of them run. */
function parseQueries(call: Call) {
  const validation = call.query('validation') ?? 'strict';
  if (!VALIDATIONS.includes(validation))
    throw new JiraError(400, [`The validation must be one of ${VALIDATIONS.join(', ')}.`]);
  return {
    queries: call.body(parseInput).queries.map((jql) => {
      const { query, error } = parseQuery(jql, 'dc');
      if (query === null) return { query: jql, errors: [error] };
      const problems = validation === 'none' ? [] : problemsOf(call, jql);
      if (validation === 'strict' && problems.length > 0) return { query: jql, errors: problems };
      return { query: jql, structure: queryStructure(query), ...(problems.length > 0 ? { warnings: problems } : {}) };
    }),
  };
}

/** What Cloud tells of queries. */
export function registerJql(api: Api): void {
  api.post('/jql/match', matchIssues, { only: 'cloud' });
  api.post('/jql/parse', parseQueries, { only: 'cloud' });
}
