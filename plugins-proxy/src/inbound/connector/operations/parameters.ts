import { z } from 'zod';

/** Values that go into paths of Jira: no slash, no dot, nothing that leads elsewhere; escaped besides. */
const token = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export const none = z.object({});
export const issueKey = z.object({ issueKey: z.string().regex(token).describe('Key or id of the issue') });
export const projectKey = z.object({ projectKey: z.string().regex(token).describe('Key or id of the project') });
export const budgetId = z.object({ budgetId: z.string().regex(token).describe('Id of the budget, e.g. BUD-12345') });
export const worklogId = z.object({
  worklogId: z
    .string()
    .regex(/^\d{1,15}$/)
    .describe('Id of the worklog, e.g. 10412'),
});
export const operationId = z.object({ id: z.guid().describe('Id from the answer of StartOperation') });

/** The API version whose rich text is plain; Cloud and Data Center both have it. */
export const api = '/rest/api/2';
