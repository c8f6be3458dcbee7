/** One condition of authority, by what answers it. */
export type Need = keyof typeof NEEDS;

/**
 * Who or what answers each condition. `person` conditions ask about whoever made the wish: they hold for the service itself, whose rows
 * are an operator's or an event's. `record` conditions hold for nobody else's sake and bind the service too.
 */
export const NEEDS = {
  service: { of: 'person', answeredBy: 'the row was created by the service’s own application user' },
  write: { of: 'person', answeredBy: 'Dataverse: `RetrievePrincipalAccess` of the person on the record, Write' },
  read: { of: 'person', answeredBy: 'Dataverse: `RetrievePrincipalAccess` of the person on the record, Read' },
  owner: { of: 'person', answeredBy: 'the person owns the connection or the time record' },
  administrator: {
    of: 'person',
    answeredBy: 'role CRM-JIRA Integration Administrator, or System Administrator by its template id',
  },
  'linkable-project': {
    of: 'person',
    answeredBy:
      'an administrator asks; or the project is this opportunity’s own; or `crmjira_LinkableProjects` names its category or name; or its property `crmjira.linkable` is true; or Jira says that the person may administer it',
  },
  approver: { of: 'person', answeredBy: 'role CRM-JIRA Budget Approver, or member of `crmjira_ApproverTeam`' },
  available: { of: 'record', answeredBy: 'this version carries the wish out' },
  'switched-on': { of: 'record', answeredBy: '`crmjira_Capabilities` names the capability that carries the wish out' },
  'other-person': { of: 'record', answeredBy: 'whoever decides is not who asked' },
  'within-limit': { of: 'record', answeredBy: '`crmjira_ApprovalLimits` of the roles of whoever approves' },
  'approved-budget': {
    of: 'record',
    answeredBy: 'a budget that is Active or Over Budget, or a grant that is about to make it so',
  },
  'open-opportunity': {
    of: 'record',
    answeredBy: 'the opportunity is open, or shows the outcome of the request already',
  },
  'undecided-row': {
    of: 'record',
    answeredBy: 'nobody but the service has filled in the columns of the request that tell of its decision',
  },
  'amount-above-zero': { of: 'record', answeredBy: 'the requested amount' },
  'amount-of-row': {
    of: 'record',
    answeredBy: 'the requested amount is that of the opportunity at the moment it is read, until it is decided',
  },
  'stage-conditions': {
    of: 'record',
    answeredBy: 'entry and exit conditions of the stages (`domain/src/budget/stage-gate.ts`)',
  },
  'snooze-reason': { of: 'record', answeredBy: 'a reason stands beside the date' },
  'snooze-not-past': { of: 'record', answeredBy: 'the last day of the snooze is today (UTC) or later' },
} as const satisfies Readonly<Record<string, { readonly of: 'person' | 'record'; readonly answeredBy: string }>>;

/** What is known of the conditions; one that nobody has answered does not hold. */
export type Evidence = Readonly<Partial<Record<Need, boolean>>>;

/** The first condition that does not hold; null: the wish is carried out. */
export function unmetNeed(needs: readonly Need[], evidence: Evidence): Need | null {
  const holds = (need: Need): boolean =>
    evidence[need] === true || (NEEDS[need].of === 'person' && evidence.service === true);
  return needs.find((need) => !holds(need)) ?? null;
}
