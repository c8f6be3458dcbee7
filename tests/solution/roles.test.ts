import { solution } from './solution-folder';

/** DATA-MODEL section 9: C create, R read, W write, D delete, A append, T append to. */
const VERBS: Readonly<Record<string, string>> = {
  C: 'Create',
  R: 'Read',
  W: 'Write',
  D: 'Delete',
  A: 'Append',
  T: 'AppendTo',
};

const ADMINISTRATOR = 'CRM-JIRA Integration Administrator';
const USER = 'CRM-JIRA Integration User';
const APPROVER = 'CRM-JIRA Budget Approver';
const SERVICE = 'CRM-JIRA Integration Service';
const PROCESS = 'crmjira_opportunitytojiraproject';

const MATRIX = [
  [ADMINISTRATOR, 'crmjira_budget_mapping', 'CRWDAT', 'Global'],
  [ADMINISTRATOR, 'crmjira_integration_log', 'CRWAT', 'Global'],
  [ADMINISTRATOR, 'Opportunity', 'RWAT', 'Global'],
  [ADMINISTRATOR, 'crmjira_command', 'CRA', 'Global'],
  [ADMINISTRATOR, 'crmjira_budget_approval', 'CRAT', 'Global'],
  [ADMINISTRATOR, 'crmjira_budget_alert', 'R', 'Global'],
  [ADMINISTRATOR, 'crmjira_budget_snapshot', 'R', 'Global'],
  [ADMINISTRATOR, 'crmjira_budget_category', 'R', 'Global'],
  [ADMINISTRATOR, 'crmjira_final_report', 'R', 'Global'],
  // A connection names its provider and a mapping its connection: append and append to, beyond the matrix.
  [ADMINISTRATOR, 'crmjira_integration', 'CRWDAT', 'Global'],
  [ADMINISTRATOR, 'crmjira_integration_provider', 'CRWDAT', 'Global'],
  [USER, 'crmjira_budget_mapping', 'R', 'Local'],
  [USER, 'Opportunity', 'R', 'Local'],
  [USER, 'crmjira_integration_log', '', 'Local'],
  [USER, 'crmjira_command', 'CRA', 'Basic'],
  [USER, 'crmjira_budget_approval', 'CRAT', 'Local'],
  [USER, 'crmjira_budget_alert', 'R', 'Local'],
  [USER, 'crmjira_budget_snapshot', 'R', 'Local'],
  [USER, 'crmjira_budget_category', 'R', 'Local'],
  [USER, 'crmjira_final_report', 'R', 'Local'],
  [APPROVER, 'crmjira_budget_decision', 'CRA', 'Local'],
  [SERVICE, 'crmjira_budget_mapping', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_integration_log', 'CRAT', 'Global'],
  [SERVICE, 'Opportunity', 'RWAT', 'Global'],
  [SERVICE, 'Activity', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_budget_alert', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_final_report', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_inbound_event', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_budget_snapshot', 'CRWAT', 'Global'],
  [SERVICE, 'crmjira_command', 'CRWAT', 'Global'],
  // Write beyond the matrix: health and last sync stand on the connection's row.
  [SERVICE, 'crmjira_integration', 'RWT', 'Global'],
  [SERVICE, 'crmjira_budget_approval', 'CRAT', 'Global'],
  [SERVICE, 'crmjira_budget_decision', 'CRAT', 'Global'],
  // Append beyond the matrix: an instance names its opportunity.
  [SERVICE, PROCESS, 'CRWA', 'Global'],
  [SERVICE, 'Queue', 'RAT', 'Global'],
  [SERVICE, 'Team', 'R', 'Global'],
  [SERVICE, 'Account', 'R', 'Global'],
  // Append to beyond the matrix: rows name users and currencies.
  [SERVICE, 'User', 'RT', 'Global'],
  [SERVICE, 'TransactionCurrency', 'RT', 'Global'],
] as const;

const VERB_PATTERN = /^prv(Create|Read|Write|Delete|AppendTo|Append|Assign|Share)(.+)$/;

function privilegesOf(name: string) {
  const role = solution.roles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`There is no role ${name}.`);
  return role.privileges.map((privilege) => {
    const [, verb, table] = VERB_PATTERN.exec(privilege.name) ?? [];
    return { ...privilege, verb, table };
  });
}

test.each(MATRIX)('%s on %s: %s at %s', (role, table, verbs, depth) => {
  const actual = privilegesOf(role).filter((privilege) => privilege.table === table);
  expect(actual.map(({ verb }) => verb).sort()).toEqual([...verbs].map((letter) => VERBS[letter]).sort());
  for (const privilege of actual) expect(privilege.depth).toBe(depth);
});

test('nobody may change or delete a request or a decision, or delete a log row', () => {
  const forbidden = /^prv(Write|Delete)crmjira_budget_(approval|decision)$|^prvDeletecrmjira_integration_log$/;
  for (const { name, privileges } of solution.roles) {
    expect([name, privileges.map((privilege) => privilege.name).filter((text) => forbidden.test(text))]).toEqual([
      name,
      [],
    ]);
  }
});

test('no role may share or assign', () => {
  const names = solution.roles.flatMap(({ name }) => privilegesOf(name)).map(({ verb }) => verb);
  expect(names).not.toContain('Share');
  expect(names).not.toContain('Assign');
});

test('the service may send mail as the sender queue', () => {
  expect(privilegesOf(SERVICE)).toContainEqual(expect.objectContaining({ name: 'prvSendAsUser', depth: 'Global' }));
});

test.each([ADMINISTRATOR, USER])('%s may go through the process', (role) => {
  const verbs = privilegesOf(role)
    .filter(({ table }) => table === PROCESS)
    .map(({ verb }) => verb);
  expect(verbs).toEqual(expect.arrayContaining(['Create', 'Read', 'Write']));
});

test('only the five roles of the data model exist', () => {
  expect(solution.roles.map(({ name }) => name)).toEqual(
    [ADMINISTRATOR, USER, APPROVER, SERVICE, 'CRM-JIRA Worklog Viewer'].sort(),
  );
});
