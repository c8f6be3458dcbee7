import { z } from 'zod';

/** Names under which shapes stand in the descriptions. */
const named = z.registry<{ id: string }>();

function define<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  named.add(schema, { id });
  return schema;
}

/** The name of a shape in the descriptions. @throws Error when it has none: an operation may only speak in named shapes */
export function nameOf(schema: z.ZodType): string {
  const id = named.get(schema)?.id;
  if (id === undefined) throw new Error('a shape of the connector has no name');
  return id;
}

export const namedShapes = named;

/** Jira writes ids as numbers or as text. */
const readableId = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string());
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code, e.g. CAD');
const withName = z.object({ name: z.string().optional() });

/** Labels of Jira's select list "Budget Status" (D-7.1). */
const budgetStatus = z.enum(['Draft', 'Approved', 'Active', 'Overbudget', 'Completed']);
/** The four fields by the ids of the contract; on the way to Jira they become those of the site. */
const contractFields = {
  customfield_10100: z.string().describe('CRM Opportunity ID').optional(),
  customfield_10101: z.string().describe('Customer Account ID').optional(),
  customfield_10102: budgetStatus.describe('Budget Status').optional(),
  customfield_10103: z.number().describe('Approved Budget Amount').optional(),
};

export const issueCreate = define(
  'IssueCreate',
  z.object({
    fields: z.object({
      project: z.object({ key: z.string().min(1).describe('Key of the project') }),
      summary: z.string().min(1).max(255),
      description: z.string().describe('Plain text').optional(),
      issuetype: z.object({ name: z.string().min(1).describe('e.g. Epic, Story, Task') }),
      ...contractFields,
    }),
  }),
);

export const issueUpdate = define(
  'IssueUpdate',
  z.object({
    fields: z.object({
      summary: z.string().min(1).max(255).optional(),
      description: z.string().describe('Plain text').optional(),
      ...contractFields,
    }),
  }),
);

/** What Jira answers on creating, and with `fields` on reading. Null stands for an empty field in Jira and is left out. */
export const issueResponse = define(
  'IssueResponse',
  z.object({
    id: readableId,
    key: z.string(),
    self: z.string().optional(),
    fields: z
      .object({
        summary: z.string().optional(),
        description: z.string().optional(),
        status: withName.optional(),
        issuetype: withName.optional(),
        project: z.object({ key: z.string() }).optional(),
        ...contractFields,
      })
      .optional(),
  }),
);

export const projectCreate = define(
  'ProjectCreate',
  z.object({
    key: z
      .string()
      .regex(/^[A-Z][A-Z0-9-]{1,49}$/)
      .describe('2 to 50 capital letters, digits and hyphens, a letter first'),
    name: z.string().min(1).max(80),
    description: z.string().optional(),
    projectTypeKey: z.string().describe('software when left out').optional(),
    projectTemplateKey: z.string().describe('The default of the deployment when left out').optional(),
    categoryId: z.number().int().optional(),
  }),
);

export const projectResponse = define(
  'ProjectResponse',
  z.object({
    id: readableId,
    key: z.string(),
    self: z.string().optional(),
    name: z.string().optional(),
    description: z.string().optional(),
    archived: z.boolean().optional(),
  }),
);

const period = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });

export const budgetCreate = define(
  'BudgetCreate',
  z.object({
    name: z.string().min(1),
    projectKey: z.string().min(1),
    amount: z.number().min(0),
    currency,
    period: z.object({ from: z.iso.date(), to: z.iso.date() }),
    budgetType: z.string().describe('TOTAL_BUDGET when left out').optional(),
  }),
);

export const budgetUpdate = define(
  'BudgetUpdate',
  z.object({
    name: z.string().min(1).optional(),
    amount: z.number().min(0).optional(),
    currency: currency.optional(),
    period: period.optional(),
    status: budgetStatus.optional(),
  }),
);

export const budget = define(
  'Budget',
  z.object({
    id: readableId,
    name: z.string().optional(),
    projectKey: z.string(),
    amount: z.number(),
    spentAmount: z.number().optional(),
    remainingAmount: z.number().optional(),
    currency: z.string().optional(),
    status: z.string().optional(),
    period: period.optional(),
  }),
);

export const budgetResponse = define('BudgetResponse', z.object({ budgets: budget.array() }));

export const budgetSpending = define(
  'BudgetSpending',
  z.object({
    budgetId: readableId.optional(),
    projectKey: z.string().optional(),
    totalSpent: z.number(),
    currency: z.string().optional(),
    totalHours: z.number().optional(),
  }),
);

/** Jira writes offsets without a colon, and so do our own answers: what was read can be sent again. */
const moment = z.preprocess(
  (value) => (typeof value === 'string' ? value.replace(/(?<=T[\d:.]+[+-]\d\d)(?=\d\d$)/, ':') : value),
  z.iso.datetime({ offset: true }).describe('Beginning of the work, with its offset'),
);

export const worklogCreate = define(
  'WorklogCreate',
  z.object({
    timeSpentSeconds: z.number().int().min(60).describe('Seconds'),
    started: moment,
    comment: z.string().describe('Plain text').optional(),
  }),
);

/** Without its author: hours of a person are for the role Worklog Viewer alone (R-2304). */
export const worklogResponse = define(
  'WorklogResponse',
  z.object({
    id: readableId,
    issueId: readableId.optional(),
    issueKey: z.string().optional(),
    started: z.string(),
    timeSpentSeconds: z.number().int(),
  }),
);

export const projectWorklogs = define(
  'ProjectWorklogs',
  z.object({
    worklogs: worklogResponse.array(),
    total: z.number().int().describe('All worklogs of the project'),
    totalSeconds: z.number().int().describe('Seconds of all of them'),
    truncated: z.boolean().describe('True when not all fit into one answer'),
  }),
);

export const operationKind = z.enum(['provision', 'sync', 'reconcile-all']);

export const operationStart = define(
  'OperationStart',
  z.object({
    kind: operationKind.describe('provision and sync need opportunityId; reconcile-all takes every active mapping'),
    opportunityId: z.guid().describe('GUID of the opportunity').optional(),
    clientRequestId: z
      .string()
      .regex(/^[\w.:-]{1,100}$/)
      .describe('Own id of the request: sent again with the same one, nothing is started twice'),
  }),
);

export const operationState = define(
  'OperationState',
  z.object({
    id: z.guid(),
    kind: operationKind,
    opportunityId: z.guid().optional(),
    state: z.enum(['pending', 'running', 'done', 'failed']),
    message: z.string().describe('A sentence for a person'),
    startedOn: z.iso.datetime(),
    total: z.number().int().describe('Opportunities concerned').optional(),
    finished: z.number().int().describe('How many of them are through').optional(),
    projectKey: z.string().describe('Key of the Jira project, once there is one').optional(),
  }),
);

export const problem = define(
  'Problem',
  z.object({
    code: z.string(),
    message: z.string().describe('A sentence for a person'),
    correlationId: z.string(),
  }),
);
