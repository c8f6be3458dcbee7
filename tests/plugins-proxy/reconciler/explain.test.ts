import { randomUUID } from 'node:crypto';
import {
  AlertLevel,
  BudgetSource,
  BudgetStatus,
  CommandState,
  type ExplainAnswer,
  explainedTables,
  MappingStatus,
  ProvisioningState,
  wholeSecond,
} from '@crmjira/domain';
import pino from 'pino';
import { noRecentIssues } from '../../../plugins-proxy/src/capabilities/budget/source/computed/recent-issues';
import { openAll } from '../../../plugins-proxy/src/capabilities/register';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import type { Store } from '../../../plugins-proxy/src/queue/store/store';
import { explainCommand } from '../../../plugins-proxy/src/reconciler/explain-command';
import type { CommandAnswer } from '../../../plugins-proxy/src/reconciler/commands';
import { profileMember, rootBusinessUnitId } from '../../../sandbox/src/dataverse';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { startLinkedWorld, stopLinkedWorlds, type LinkedWorld } from '../capabilities/issues/linked-world';
import { acme, people } from '../stand-ins';

/** Reads what sales people read, and holds no column security profile. */
const newcomer = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a77';
const logger = pino({ level: 'silent' });

let world: LinkedWorld;
let store: Store;
/** One record of each table that is kept in agreement. */
let records: Record<(typeof explainedTables)[number], string>;

async function addNewcomer(): Promise<void> {
  const { dataverse } = world.standIns;
  const role = (name: string) => ({
    table: 'systemuserroles',
    row: {
      systemuserroleid: guidOf(`role:newcomer:${name}`),
      systemuserid: newcomer,
      roleid: dataverse.roleId(name),
    },
  });
  await dataverse.seed([
    {
      table: 'systemuser',
      row: {
        systemuserid: newcomer,
        firstname: 'Nia',
        lastname: 'New',
        domainname: 'nia.new@company.com',
        businessunitid: { table: 'businessunit', id: rootBusinessUnitId },
        isdisabled: false,
      },
    },
    role('Salesperson'),
    role('CRM-JIRA Integration User'),
  ]);
}

async function addRecords(): Promise<typeof records> {
  const { admin } = world.standIns;
  const incident = await world.addCase('Printer on fire');
  const link = await world.addLink(incident, { issueId: await world.addIssue('Printer on fire') });
  await world.run(link);
  const create = (collection: string, id: string, columns: Record<string, unknown>) =>
    admin.changeSet([{ op: 'create', collection, id, columns }]);
  const [opportunity, time] = [randomUUID(), randomUUID()];
  await create('opportunities', opportunity, {
    name: 'Acme rollout',
    'customerid_account@odata.bind': `/accounts(${acme})`,
    'ownerid@odata.bind': `/systemusers(${people.owner})`,
  });
  await create('crmjira_budget_mappings', randomUUID(), {
    crmjira_name: 'ACME',
    crmjira_jira_project_key: 'ACME',
    crmjira_jira_project_id: '10500',
    crmjira_integration_reference: 'CRM-ACME',
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount: 46_000,
    crmjira_remaining_budget: 204_000,
    crmjira_budget_status: BudgetStatus.Active,
    crmjira_mapping_status: MappingStatus.Active,
    crmjira_provisioning_state: ProvisioningState.Linked,
    crmjira_budget_source: BudgetSource.ComputedWorklogsRate,
    crmjira_last_alert_level: AlertLevel.None,
    crmjira_last_error: 'Jira is not answering (503).',
    crmjira_last_error_code: 'jira-unavailable',
    crmjira_failing_since: wholeSecond(world.now().toISOString()),
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunity})`,
    'ownerid@odata.bind': `/systemusers(${people.owner})`,
  });
  await create('crmjira_time_records', time, {
    crmjira_subject: 'Printer',
    crmjira_time_in: '2025-05-16T13:00:00Z',
    crmjira_time_out: '2025-05-16T14:00:00Z',
    crmjira_jira_issue_key: 'ACME-1',
    crmjira_sync_requested: true,
    'ownerid@odata.bind': `/systemusers(${newcomer})`,
  });
  return { opportunity, incident, crmjira_issue_link: link, crmjira_time_record: time };
}

beforeAll(async () => {
  world = await startLinkedWorld();
  store = openSqliteStore(':memory:');
  await addNewcomer();
  records = await addRecords();
}, 60_000);
afterAll(async () => {
  await store?.close();
  await stopLinkedWorlds();
}, 30_000);

/** The modules as the service opens them. @param hung told when Jira, or a person's connection to it, is asked: it never answers */
function explainers(hung?: () => void) {
  const { connections } = world;
  const forEver = (): Promise<never> => {
    hung?.();
    return new Promise(() => undefined);
  };
  const jira = { ...connections.jira, of: forEver };
  const silent = {
    ...connections,
    jira,
    reconciler: { ...connections.reconciler, jira },
    personal: { ...connections.personal, of: forEver },
  };
  const parts = { recentIssues: noRecentIssues, store, logger, now: world.now };
  return openAll({ ...(hung === undefined ? connections : silent), ...parts }).explainers;
}

type Rights = Parameters<typeof explainCommand>[0]['dataverse']['rights'];

/** Asks as somebody. @param without the sets whose rows nobody may read */
async function ask(
  table: string,
  who: string,
  { hangs = false, without = [] }: { readonly hangs?: boolean; readonly without?: readonly string[] } = {},
): Promise<{ readonly state: CommandState; readonly result: string; readonly answer: ExplainAnswer }> {
  const { dataverse, environmentSettings } = world.connections;
  const rights: Rights = async (userId, record) =>
    without.includes(record.collection) ? new Set() : dataverse.rights(userId, record);
  let isAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const command = explainCommand({
    dataverse: { ...dataverse, rights, batched: { ...dataverse.batched, rights } },
    environmentSettings,
    explainers: explainers(hangs ? isAsked : undefined),
    jobs: (keys) => store.jobs(keys),
    logger,
    now: world.now,
    // The wait is over as soon as Jira has been asked; without that nobody gives up.
    wait: () => (hangs ? asked : new Promise(() => undefined)),
  });
  const given = await command.answer({
    id: randomUUID(),
    regarding: { table, id: records[table as keyof typeof records] ?? randomUUID() },
    argument: null,
    payload: null,
    requestedById: who,
    createdOn: world.now().toISOString(),
    correlationId: 'c',
    progress: null,
  });
  // As a page reads it.
  return JSON.parse(JSON.stringify(given as CommandAnswer));
}

test('point 8: every module explains, and its table is one that the forms offer it on', () => {
  expect(
    explainers()
      .map(({ table }) => table)
      .sort(),
  ).toEqual([...explainedTables].sort());
});

test.each(explainedTables)('of a record of %s nobody learns anything who may not read it', async (table) => {
  expect(await ask(table, people.finance)).toEqual({
    state: CommandState.Refused,
    result: expect.stringMatching(/permission/),
  });
});

test('time is private: a manager who reads every case of the unit is told nothing of it', async () => {
  expect(await ask('crmjira_time_record', people.manager)).toEqual({
    state: CommandState.Refused,
    result: expect.any(String),
  });
});

test.each([
  ['opportunity', people.owner, { field: 'key', dynamics: 'ACME' }],
  ['incident', people.manager, { field: 'resolution', dynamics: 'open', as: 'word' }],
  ['crmjira_issue_link', people.manager, { field: 'summary', dynamics: 'Printer on fire' }],
] as const)('a Jira that hangs leaves the side of Dynamics of %s, and says so', async (table, who, field) => {
  const { answer, state } = await ask(table, who, { hangs: true });
  expect(state).toBe(CommandState.Done);
  expect(answer).toMatchObject({
    steps: null,
    hidden: 0,
    trouble: {
      code: 'jira-unavailable',
      says: 'Jira did not answer within 3 s.',
      remedy: expect.stringMatching(/JIRA_URL/),
      silent: { side: 'jira', seconds: 3 },
    },
  });
  expect(answer.fields).toContainEqual({ ...field, jira: null, differs: false });
});

test('what failed last is told with its remedy and the next try, in words of the one table of faults', async () => {
  const { answer, result } = await ask('opportunity', people.owner, { hangs: true });
  expect(result).toMatch(/^The last sync failed\. /);
  expect(answer).toMatchObject({
    standing: 'failed',
    lastFailure: {
      code: 'jira-unavailable',
      says: "Jira is not responding. We'll retry automatically.",
      remedy: expect.stringMatching(/JIRA_URL/),
      since: expect.any(String),
      nextRetryOn: null,
    },
  });
});

test('a link in agreement says so, side by side', async () => {
  const { answer, result } = await ask('crmjira_issue_link', people.manager);
  expect(result).toBe('This record is in sync. Both sides agree; nothing is left to do.');
  expect(answer).toMatchObject({ kind: 'issue-link', standing: 'in-sync', steps: [], trouble: null, hidden: 0 });
  expect(answer.fields).toContainEqual({
    field: 'summary',
    dynamics: 'Printer on fire',
    jira: 'Printer on fire',
    differs: false,
  });
});

test.each([
  ['opportunity', 'crmjira_budget_mappings'],
  ['incident', 'crmjira_issue_links'],
  ['crmjira_issue_link', 'incidents'],
  ['crmjira_issue_link', 'crmjira_jira_issues'],
] as const)('of %s nobody is shown what stands in a row of %s that they may not read', async (table, set) => {
  const who = table === 'opportunity' ? people.owner : people.manager;
  const { answer } = await ask(table, who, { without: [set], hangs: table === 'opportunity' });
  expect(answer.fields).toEqual([]);
  expect(answer.hidden).toBeGreaterThan(0);
  expect(JSON.stringify(answer)).not.toMatch(/Printer on fire|46,000|\(503\)/);
});

test('what is kept of a worklog stands in secured columns: without a profile not even the owner sees it', async () => {
  const { answer } = await ask('crmjira_time_record', newcomer);
  expect(answer).toMatchObject({ kind: 'time-record', fields: [], hidden: 3 });
  const { dataverse } = world.standIns;
  const profile = dataverse.profileId('CRM-JIRA Integration Columns: Readers') ?? '';
  await dataverse.seed([profileMember(profile, { table: 'systemuser', id: newcomer })]);
  const { answer: whole } = await ask('crmjira_time_record', newcomer);
  expect(whole.hidden).toBe(0);
  expect(whole.fields).toContainEqual({
    field: 'duration',
    dynamics: '3600',
    jira: null,
    differs: false,
    as: 'seconds',
  });
});
