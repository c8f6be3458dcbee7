import { z } from 'zod';
import { jiraId } from '../wire/jira-payload';

const named = z.object({ id: jiraId, name: z.string() });
const person = z.object({ displayName: z.string().optional(), active: z.boolean().optional() });

/** Fields of a linked issue that are read; the same for v3 (Cloud) and v2 (Data Center). */
export const linkedFields = [
  'summary',
  'status',
  'priority',
  'issuetype',
  'assignee',
  'labels',
  'resolution',
  'resolutiondate',
  'project',
  'created',
  'updated',
  'duedate',
  'security',
  'archiveddate',
] as const;

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
  fields: z.object({
    summary: z.string().nullish(),
    status: named.extend({ statusCategory: z.object({ key: z.string() }).optional() }),
    priority: named.nullish(),
    issuetype: named,
    assignee: person.nullish(),
    labels: z.array(z.string()).nullish(),
    resolution: z.object({ name: z.string() }).nullish(),
    resolutiondate: z.string().nullish(),
    project: named.extend({ key: z.string() }),
    created: z.string().nullish(),
    updated: z.string().nullish(),
    duedate: z.string().nullish(),
    security: z.unknown().optional(),
    archiveddate: z.string().nullish(),
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
      to: z.object({ id: jiraId }),
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
