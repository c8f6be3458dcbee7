import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import { compileQuery } from '../jql/compile-query';
import { queryContext as context } from './query-context';
import { runQuery, search } from '../jql/search';
import { issueView, selectFields } from '../views/issue-view';
import { describeFields } from '../views/fields';

const listOrText = z.union([z.array(z.string()), z.string().transform((text) => text.split(','))]);

const jqlInput = z.looseObject({
  jql: z.string().optional(),
  nextPageToken: z.string().nullish(),
  maxResults: z.number().int().nullish(),
  fields: z.array(z.string()).nullish(),
  expand: listOrText.nullish(),
  properties: z.array(z.string()).nullish(),
  /** Issues to be shown as they are now. Every answer here is: only the number is looked at. */
  reconcileIssues: z.array(z.number().int()).max(50).nullish(),
});
type JqlInput = z.infer<typeof jqlInput>;

/** Opaque to clients; bound to the query, so that a token of another one is refused. */
function pageToken(jql: string, offset: number): string {
  const check = createHash('sha256').update(jql).digest('hex').slice(0, 8);
  return Buffer.from(`${check}:${offset}`).toString('base64url');
}

function readToken(jql: string, token: string | null | undefined): number {
  if (!token) return 0;
  const offset = Number(Buffer.from(token, 'base64url').toString('utf8').split(':')[1]);
  if (!Number.isInteger(offset) || pageToken(jql, offset) !== token)
    throw new JiraError(400, ['The provided next page token is invalid or expired.']);
  return offset;
}

/** Fields an answer carries when more than ids were asked for is limited to 100 issues, as Cloud does. */
const MOST_WITH_FIELDS = 100;
const MOST_IDS = 5000;

/** Cloud's search: pages by token, no total; only ids unless fields are asked for. */
function searchJql(call: Call, input: JqlInput) {
  const jql = input.jql ?? '';
  const query = compileQuery(jql, context(call));
  if (!query.bounded)
    throw new JiraError(400, [
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    ]);
  // nobody sees nothing: bad credentials look like an empty result
  const found = call.anonymous ? [] : runQuery(context(call), query);
  const fields = input.fields?.flatMap((field) => field.split(',')) ?? [];
  const onlyIds = fields.every((field) => field === 'id' || field === 'key') && !input.expand?.length;
  const offset = readToken(jql, input.nextPageToken);
  const size = Math.max(1, Math.min(input.maxResults ?? 50, onlyIds ? MOST_IDS : MOST_WITH_FIELDS));
  const page = found.slice(offset, offset + size);
  const isLast = offset + page.length >= found.length;
  const expand = new Set(input.expand ?? []);
  const selected = selectFields(describeFields(call.site, call.edition), fields);
  return {
    issues: page.map((issue) => {
      if (fields.length === 0 && expand.size === 0 && !input.properties?.length) return { id: issue.id };
      const {
        names: _names,
        schema: _schema,
        ...shown
      } = issueView(call.view, issue, {
        fields: fields.length > 0 ? fields : ['id'],
        expand,
        properties: input.properties ?? [],
      });
      return shown;
    }),
    ...(isLast ? {} : { nextPageToken: pageToken(jql, offset + page.length) }),
    isLast,
    ...(expand.has('names') ? { names: Object.fromEntries(selected.map(({ id, name }) => [id, name])) } : {}),
    ...(expand.has('schema') ? { schema: Object.fromEntries(selected.map(({ id, schema }) => [id, schema])) } : {}),
  };
}

const searchInput = z.looseObject({
  jql: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  startAt: z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? 0),
  maxResults: z
    .number()
    .int()
    .nullish()
    .transform((value) => value ?? 50),
  fields: listOrText.nullish(),
  expand: listOrText.nullish(),
  validateQuery: z.unknown().optional(),
});

/** With `validateQuery=false` values that do not exist find nothing, with a warning; what is no JQL stays refused. */
function searchUnlessWrong(call: Call, jql: string, lenient: boolean) {
  try {
    return { found: search(context(call), jql), warningMessages: [] };
  } catch (cause) {
    if (!lenient || !(cause instanceof JiraError) || cause.message.startsWith('Error in the JQL')) throw cause;
    return { found: [], warningMessages: cause.errorMessages };
  }
}

/** Data Center's search: startAt and total; all navigable fields unless told otherwise. */
function searchWithTotal(call: Call, input: z.infer<typeof searchInput>) {
  call.user();
  const { found, warningMessages } = searchUnlessWrong(
    call,
    input.jql,
    /^(false|none|warn)$/i.test(String(input.validateQuery)),
  );
  const size = Math.max(0, Math.min(input.maxResults, 1000));
  const fields = input.fields?.flatMap((field) => field.split(',')) ?? ['*navigable'];
  const expand = new Set(input.expand?.flatMap((item) => item.split(',')) ?? []);
  const selected = selectFields(describeFields(call.site, call.edition), fields);
  return {
    expand: 'schema,names',
    startAt: input.startAt,
    maxResults: size,
    total: found.length,
    ...(warningMessages.length > 0 ? { warningMessages } : {}),
    issues: found.slice(input.startAt, input.startAt + size).map((issue) => {
      const { names: _names, schema: _schema, ...shown } = issueView(call.view, issue, { fields, expand });
      return shown;
    }),
    ...(expand.has('names') ? { names: Object.fromEntries(selected.map(({ id, name }) => [id, name])) } : {}),
  };
}

function refuseOnCloud(call: Call): void {
  if (call.edition !== 'cloud') return;
  throw new JiraError(410, [
    `The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046`,
  ]);
}

/** Searching with JQL, the old way and the new. */
export function registerSearch(api: Api): void {
  api.get(
    '/search/jql',
    (call) => {
      const [nextPageToken, max] = [call.query('nextPageToken'), call.query('maxResults')];
      return searchJql(call, {
        jql: call.query('jql'),
        ...(nextPageToken !== undefined ? { nextPageToken } : {}),
        ...(max !== undefined ? { maxResults: call.queryNumber('maxResults', 50) } : {}),
        ...(call.queryList('fields').length > 0 ? { fields: call.queryList('fields') } : {}),
        ...(call.queryList('expand').length > 0 ? { expand: call.queryList('expand') } : {}),
        properties: call.queryList('properties'),
      });
    },
    { only: 'cloud' },
  );
  api.post('/search/jql', (call) => searchJql(call, call.body(jqlInput)), { only: 'cloud' });
  api.post(
    '/search/approximate-count',
    (call) => ({
      count: call.anonymous
        ? 0
        : search(context(call), call.body(z.looseObject({ jql: z.string().default('') })).jql).length,
    }),
    { only: 'cloud' },
  );
  api.get('/search', (call) => {
    refuseOnCloud(call);
    return searchWithTotal(call, {
      jql: call.query('jql') ?? '',
      startAt: call.queryNumber('startAt', 0),
      maxResults: call.queryNumber('maxResults', 50),
      ...(call.query('fields') !== undefined ? { fields: call.queryList('fields') } : {}),
      expand: call.queryList('expand'),
      validateQuery: call.query('validateQuery'),
    });
  });
  api.post('/search', (call) => {
    refuseOnCloud(call);
    return searchWithTotal(call, call.body(searchInput));
  });
}
