import { z } from 'zod';
import { jiraId } from '../wire/jira-payload';

const identified = z.looseObject({ id: jiraId });
const person = z.object({ displayName: z.string().optional() });

const changeItem = z.object({
  field: z.string(),
  fieldtype: z.string().optional(),
  from: z.string().nullish(),
  fromString: z.string().nullish(),
  to: z.string().nullish(),
  toString: z.string().nullish(),
});

export const historyAnswer = z.object({
  id: z.coerce.number().int().nonnegative(),
  author: person.nullish(),
  created: z.string(),
  historyMetadata: z.unknown().optional(),
  items: z.array(changeItem).default([]),
});
export type HistoryAnswer = z.output<typeof historyAnswer>;

/** Cloud's changelog of one issue, oldest first. */
export const changelogPageAnswer = z.object({ values: z.array(historyAnswer), total: z.number() });

export const linkedIssueAnswer = z.object({
  id: jiraId,
  key: z.string(),
  properties: z.record(z.string(), z.unknown()).optional(),
  editmeta: z.object({ fields: z.record(z.string(), z.unknown()) }).optional(),
  /** Cloud brings the newest hundred, Data Center all of them. */
  changelog: z.object({ histories: z.array(historyAnswer), total: z.number() }).optional(),
  /** What is shown of it is read by `readShownIssue`. */
  fields: z.looseObject({
    status: identified,
    priority: identified.nullish(),
    resolution: z.unknown().optional(),
    project: identified.extend({ key: z.string(), name: z.string() }),
  }),
});
export type LinkedIssueAnswer = z.output<typeof linkedIssueAnswer>;

const transitionField = z.object({
  name: z.string().optional(),
  required: z.boolean().optional(),
  hasDefaultValue: z.boolean().optional(),
});

export const transitionsAnswer = z.object({
  transitions: z.array(
    z.object({
      id: jiraId,
      name: z.string(),
      to: identified,
      fields: z.record(z.string(), transitionField).optional(),
    }),
  ),
});

/** An issue that is looked at for the mark of a create. */
export const markedIssueAnswer = z.object({
  id: jiraId,
  key: z.string(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

export const createdIssueAnswer = z.object({ id: jiraId, key: z.string() });
