import { z } from 'zod';

/** Jira writes ids as numbers in some events and as text in others. */
export const jiraId = z.union([z.string().regex(/^[\w-]{1,64}$/), z.int()]).transform(String);
const id = jiraId;
/** Key of a project or issue, or the integration reference: letters, digits, `_` and `-`. */
const key = z.string().regex(/^[\w-]{1,50}$/);
/** Milliseconds since 1970 from Jira itself, ISO 8601 in the forms of R-510. */
const timestamp = z.union([z.number(), z.string()]);

const changelogItem = z.object({
  field: z.string(),
  from: z.string().nullish(),
  fieldId: z.string().optional(),
});

/**
 * Everything the intake reads of a Jira delivery; unknown properties are dropped. The event's name is `webhookEvent` in Jira's own
 * deliveries and `event` in one form of R-510.
 */
export const jiraPayload = z
  .object({
    webhookEvent: z.string().min(1).max(100).optional(),
    event: z.string().min(1).max(100).optional(),
    timestamp: timestamp.optional(),
    issue: z
      .object({
        id,
        fields: z.object({ project: z.object({ id }).optional() }).optional(),
      })
      .optional(),
    user: z.object({ accountId: z.string().optional(), name: z.string().optional() }).optional().catch(undefined),
    changelog: z.object({ items: z.array(changelogItem).optional() }).optional(),
    worklog: z.object({ id: id.optional(), issueId: id.optional(), issueKey: key.optional() }).optional(),
    /** Data Center tells of a comment without its issue: its address names both. */
    comment: z
      .object({ id, self: z.string().max(2_000).optional() })
      .optional()
      .catch(undefined),
    project: z.object({ id }).optional(),
    version: z.object({ projectId: id.optional() }).optional(),
    budget: z.object({ projectKey: key }).optional(),
    project_key: key.optional(),
  })
  .refine((payload) => (payload.webhookEvent ?? payload.event) !== undefined, 'has no event name');

export type JiraPayload = z.output<typeof jiraPayload>;
