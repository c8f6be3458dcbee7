import { isIssueKey, issueMissingText } from '@crmjira/domain';
import { z } from 'zod';
import { type ApiContext, apiOperation, ApiRefusal } from '../../../reconciler/api-operation';
import { findIssues, type WantedIssues } from '../connections/find-issues';
import { nothing, type TimeApiParts } from './api-parts';

type Context = ApiContext<TimeApiParts>;

const issue = z.object({
  key: z.string(),
  summary: z.string(),
  status: z.string(),
  assignee: z.string().nullable(),
  project: z.string().describe('Key of its project'),
  issueType: z.string(),
});
type Found = Extract<Awaited<ReturnType<typeof findIssues>>, { readonly issues: unknown }>['issues'];

const longestText = 200;
const texts = z.string().trim().min(1).max(longestText).describe('Words of the summary, or a key');
const issueKey = z.string().refine(isIssueKey, 'a key such as KEY-1').describe('Key of an issue, e.g. KEY-1');

/** What the caller sees in Jira, by the active connection of their own. */
async function find({ parts, caller }: Context, wanted: WantedIssues): Promise<Found> {
  const found = await findIssues(parts, caller.userId, wanted, caller.language);
  if ('issues' in found) return found.issues;
  // The sign-in that failed is the one at Jira: 401 would send the caller looking in the wrong place.
  throw new ApiRefusal(found.passes ? 503 : 409, found.code, found.says);
}

const list = [{ status: 200, says: 'At most 20 issues, the one that was changed last first', schema: issue.array() }];

export const issueOperations = [
  apiOperation({
    operationId: 'SearchIssues',
    method: 'GET',
    path: '/issues/search',
    summary: 'Find issues',
    description: 'Issues whose summary has these words, or the one with this key, as the caller sees them in Jira.',
    params: nothing,
    query: z.strictObject({ q: texts }),
    body: null,
    answers: list,
    handle: async (context: Context, { query: { q } }) => ({ status: 200, body: await find(context, { text: q }) }),
  }),
  apiOperation({
    operationId: 'AssignedIssues',
    method: 'GET',
    path: '/issues/assigned',
    summary: 'My issues',
    description: 'Issues without a resolution that are assigned to the caller in Jira.',
    params: nothing,
    query: nothing,
    body: null,
    answers: list,
    handle: async (context: Context) => ({ status: 200, body: await find(context, { assigned: true }) }),
  }),
  apiOperation({
    operationId: 'GetIssue',
    method: 'GET',
    path: '/issues/{issueKey}',
    summary: 'An issue',
    description: 'An issue that the caller may see in Jira.',
    params: z.strictObject({ issueKey }),
    query: nothing,
    body: null,
    answers: [{ status: 200, says: 'The issue', schema: issue }],
    handle: async (context: Context, { params: { issueKey: key } }) => {
      const [found] = await find(context, { key });
      if (found !== undefined) return { status: 200, body: found };
      throw new ApiRefusal(404, 'issue-not-found', issueMissingText(key, context.caller.language));
    },
  }),
];
