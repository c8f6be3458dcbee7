import { z } from 'zod';

/** Jira writes ids as numbers on create and as text on read. */
const id = z.union([z.string(), z.number()]).transform(String);

/** Shapes of what is read from Jira's REST API; the same for v3 (Cloud) and v2 (Data Center) unless said otherwise. */
export const myselfAnswer = z.object({
  /** Cloud */
  accountId: z.string().optional(),
  /** Data Center */
  name: z.string().optional(),
  displayName: z.string(),
  /** Shown to its owner always. */
  emailAddress: z.string().nullish(),
  timeZone: z.string().optional(),
});

/** A person as searches give them. Cloud may hide the address. */
export const userAnswer = z.object({
  /** Cloud */
  accountId: z.string().optional(),
  /** Data Center */
  name: z.string().optional(),
  emailAddress: z.string().optional(),
  active: z.boolean().default(true),
  accountType: z.string().optional(),
});

const projectCategory = z.object({ id, name: z.string() }).nullish();

export const issueTypeAnswer = z.object({ id, name: z.string(), subtask: z.boolean().optional() });

export const versionAnswer = z.object({
  name: z.string(),
  releaseDate: z.string().optional(),
  released: z.boolean().optional(),
  archived: z.boolean().optional(),
});

export const projectAnswer = z.object({
  id,
  key: z.string(),
  name: z.string(),
  lead: z.object({ displayName: z.string().optional() }).nullish(),
  archived: z.boolean().optional(),
  projectCategory,
  /** in the bin, Cloud */
  deleted: z.boolean().optional(),
  issueTypes: z.array(issueTypeAnswer).optional(),
  versions: z.array(versionAnswer).optional(),
  /** those asked for, Cloud only */
  properties: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
export type ProjectAnswer = z.output<typeof projectAnswer>;

export const projectCreatedAnswer = z.object({ id, key: z.string() });
export const validateKeyAnswer = z.object({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.string()).optional(),
});
/** Both `project/search` of Cloud and the plain list of Data Center hold projects of this shape. */
export const projectNameAnswer = z.object({ id, name: z.string() });
export const listedProjectAnswer = projectNameAnswer.extend({
  key: z.string(),
  archived: z.boolean().optional(),
  projectCategory,
});
export type ListedProject = z.output<typeof listedProjectAnswer>;
export const listedPageAnswer = z.object({
  values: z.array(listedProjectAnswer),
  isLast: z.boolean().optional(),
  total: z.number(),
});
export const projectPageAnswer = z.object({ values: z.array(projectNameAnswer) });

export const propertyAnswer = z.object({ key: z.string(), value: z.unknown() });
export const ownershipValue = z.object({
  opportunityId: z.string().transform((value) => value.toLowerCase()),
  reference: z.string(),
  organization: z.string(),
});
const rootIssueState = z.object({
  opportunityId: z.string(),
  accountId: z.string().nullable(),
  budgetStatus: z.string(),
  approvedAmount: z.number(),
});
/** What an earlier version wrote has no states. */
export const rootIssueValue = z.object({ id: z.string(), known: rootIssueState.array().catch([]) });

export const fieldAnswer = z.object({ id: z.string(), name: z.string() });

const statusCategory = z.object({ key: z.string() });
export const issueAnswer = z.object({
  id,
  key: z.string(),
  fields: z
    .object({
      summary: z.string().nullish(),
      status: z.object({ name: z.string(), statusCategory: statusCategory.optional() }).nullish(),
      project: z.object({ id, key: z.string() }).nullish(),
      issuetype: z.object({ name: z.string() }).nullish(),
      timeoriginalestimate: z.number().nullish(),
      timeestimate: z.number().nullish(),
      timespent: z.number().nullish(),
      updated: z.string().nullish(),
    })
    .loose(),
});
export type IssueAnswer = z.output<typeof issueAnswer>;

/** Cloud's `/search/jql`: no total, a token for the next page. */
export const tokenPageAnswer = z.object({
  issues: z.array(issueAnswer),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().optional(),
});
/** Cloud's `/search/approximate-count`; Data Center's `/search` tells the same beside its issues. */
export const countAnswer = z.object({ count: z.number() });
export const totalAnswer = z.object({ total: z.number() });
/** Data Center's `/search`. */
export const offsetPageAnswer = z.object({ issues: z.array(issueAnswer), startAt: z.number(), total: z.number() });

export const worklogAnswer = z.object({
  id,
  started: z.string(),
  /** Judged where it is priced: one odd worklog must not hide the others. */
  timeSpentSeconds: z.number(),
  /** Cloud knows people by account id, Data Center by key; a deleted user may be missing. */
  author: z
    .object({
      accountId: z.string().optional(),
      key: z.string().optional(),
      name: z.string().optional(),
      displayName: z.string().optional(),
    })
    .nullish(),
  properties: z.array(propertyAnswer).optional(),
});
export type WorklogAnswer = z.output<typeof worklogAnswer>;
export const worklogPageAnswer = z.object({
  worklogs: z.array(worklogAnswer),
  startAt: z.number().default(0),
  maxResults: z.number(),
  total: z.number(),
});
/** Worklog entity property that carries the rate of a worklog. */
export const billingProperty = 'crmjira.billing';
export const billingValue = z.object({ rate: z.number(), currency: z.string().regex(/^[A-Za-z]{3}$/) });

export const webhookAnswer = z.object({
  self: z.string().optional(),
  id: id.optional(),
  name: z.string(),
  url: z.string(),
});
export const nothing = z.unknown();
