/** Facts about tables of the platform that an unpacked solution refers to but does not define (Web API reference). */
export const PLATFORM_TABLES = {
  account: { entitySet: 'accounts', primaryId: 'accountid' },
  contact: { entitySet: 'contacts', primaryId: 'contactid' },
  email: { entitySet: 'emails', primaryId: 'activityid' },
  environmentvariabledefinition: {
    entitySet: 'environmentvariabledefinitions',
    primaryId: 'environmentvariabledefinitionid',
  },
  environmentvariablevalue: { entitySet: 'environmentvariablevalues', primaryId: 'environmentvariablevalueid' },
  incident: { entitySet: 'incidents', primaryId: 'incidentid' },
  incidentresolution: { entitySet: 'incidentresolutions', primaryId: 'activityid' },
  opportunity: { entitySet: 'opportunities', primaryId: 'opportunityid' },
  opportunityclose: { entitySet: 'opportunitycloses', primaryId: 'activityid' },
  organization: { entitySet: 'organizations', primaryId: 'organizationid' },
  post: { entitySet: 'posts', primaryId: 'postid' },
  product: { entitySet: 'products', primaryId: 'productid' },
  queue: { entitySet: 'queues', primaryId: 'queueid' },
  role: { entitySet: 'roles', primaryId: 'roleid' },
  systemuser: { entitySet: 'systemusers', primaryId: 'systemuserid' },
  task: { entitySet: 'tasks', primaryId: 'activityid' },
  team: { entitySet: 'teams', primaryId: 'teamid' },
  transactioncurrency: { entitySet: 'transactioncurrencies', primaryId: 'transactioncurrencyid' },
} as const;

/**
 * Characters of the platform's own text columns that the service fills with words: tasks, mails, posts, opportunity and case and how they were closed.
 * Source: the tables' reference on learn.microsoft.com. A mail's body (`description` of an e-mail) is as long as it is.
 */
export const PLATFORM_TEXT_LENGTHS = {
  email: { subject: 200 },
  incident: { title: 200, description: 2_000 },
  incidentresolution: { subject: 200 },
  opportunity: { name: 300, description: 2_000 },
  opportunityclose: { subject: 200 },
  post: { text: 2_000 },
  task: { subject: 200, description: 2_000 },
} as const satisfies Partial<Record<keyof typeof PLATFORM_TABLES, Readonly<Record<string, number>>>>;

const PRIMARY_IDS: Readonly<Record<string, string>> = {
  opportunity: 'opportunityid',
  account: 'accountid',
  incident: 'incidentid',
  product: 'productid',
  systemuser: 'systemuserid',
  businessunit: 'businessunitid',
  team: 'teamid',
  owner: 'ownerid',
  organization: 'organizationid',
  transactioncurrency: 'transactioncurrencyid',
  processstage: 'processstageid',
  workflow: 'workflowid',
};

/** Primary key column of a platform table; undefined for a table that no relationship of ours may point at. */
export function platformPrimaryId(table: string): string | undefined {
  return PRIMARY_IDS[table];
}

/** Lookups that the platform adds to every table without writing their relationship into an export. */
export const DELEGATE_LOOKUPS: readonly string[] = ['createdonbehalfby', 'modifiedonbehalfby'];
