import { z } from 'zod';
import { historyAnswer } from '../issues/answers';
import { propertyAnswer } from '../wire/answers';
import { jiraId } from '../wire/jira-payload';

const person = z.object({
  accountId: z.string().optional(),
  key: z.string().optional(),
  name: z.string().optional(),
  displayName: z.string().optional(),
});

/** A worklog with its words; Cloud leaves out a comment that is empty. */
export const seenWorklogAnswer = z.object({
  id: jiraId,
  issueId: jiraId,
  author: person.nullish(),
  updateAuthor: person.nullish(),
  comment: z.unknown().optional(),
  started: z.string(),
  created: z.string(),
  updated: z.string(),
  timeSpentSeconds: z.number().int().nonnegative(),
  properties: z.array(propertyAnswer).optional(),
  visibility: z.object({ value: z.string().nullish(), identifier: z.string().nullish() }).nullish(),
});
export type SeenWorklogAnswer = z.output<typeof seenWorklogAnswer>;

export const seenWorklogPage = z.object({ worklogs: z.array(seenWorklogAnswer), total: z.number() });

/** Ids of worklogs that have changed, or were deleted, since a moment; oldest first. */
export const changedPage = z.object({
  values: z.array(
    z.object({ worklogId: jiraId, updatedTime: z.number(), properties: z.array(propertyAnswer).optional() }),
  ),
  until: z.number(),
  lastPage: z.boolean(),
});

export const permissionsAnswer = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});

export const editMetaAnswer = z.object({ fields: z.record(z.string(), z.unknown()) });

export const issueWithHistory = z.object({
  changelog: z.object({ histories: z.array(historyAnswer) }).optional(),
});

/** Value of the property by which a worklog of ours is known. */
export const markValue = z.object({
  id: z.guid(),
  version: z.number(),
  wrote: z.object({ started: z.string(), seconds: z.number(), comment: z.string() }),
});
