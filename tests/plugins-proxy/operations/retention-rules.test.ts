import { CommandState, CommandType, defaultRetention, jiraIssueRowId, jiraProjectRowId } from '@crmjira/domain';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { dueBefore, retentionRules } from '../../../plugins-proxy/src/operations/retention/retention-rules';
import { mostCounted, runRetention } from '../../../plugins-proxy/src/operations/retention/run-retention';
import { openSqliteStore } from '../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { rootBusinessUnitId, type SeedRow, userRole } from '../../../sandbox/src/dataverse';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { privilegeId } from '../../../sandbox/src/dataverse/security/access';
import { keepLines } from '../log-lines';
import { people } from '../stand-ins';
import { opportunityId, startWorld, stopWorlds } from '../world';

afterEach(stopWorlds);

const dayMs = 86_400_000;
const now = new Date('2025-06-01T12:00:00Z');

test('R-1107 searches are kept for an hour, deliveries for 30 days, commands and hot logs for 90, business records are active for 12 months', () => {
  const before = Object.fromEntries(
    retentionRules.map((rule) => [rule.what, dueBefore(rule, now, defaultRetention).toISOString().slice(0, 16)]),
  );
  expect(before).toMatchObject({
    searches: '2025-06-01T11:00',
    deliveries: '2025-05-02T12:00',
    crmjira_command: '2025-03-03T12:00',
    crmjira_integration_log: '2025-03-03T12:00',
    crmjira_sync_log: '2025-03-03T12:00',
    crmjira_jira_issue: '2024-06-01T12:00',
    crmjira_budget_mapping: '2024-06-01T12:00',
    crmjira_final_report: '2024-06-01T12:00',
    crmjira_admin_audit: '2024-06-01T12:00',
  });
});

test('forgets old deliveries and ended jobs, keeps new ones, waiting ones and dead letters', async () => {
  const store = openSqliteStore(':memory:');
  const receive = (id: string, key: string, receivedAt: number) =>
    store.receive({
      id,
      source: 'jira',
      event: 'worklog_created',
      keys: [key],
      ignoredBecause: null,
      bodyHash: 'ab',
      correlationId: 'c',
      receivedAt,
    });
  const old = now.getTime() - 31 * dayMs;
  await receive('1', 'jira-issue:ended', old);
  const ended = await store.claim(old, 1_000);
  if (ended !== null) await store.complete(ended, old);
  await receive('2', 'jira-issue:dead', old);
  const dead = await store.claim(old, 1_000);
  if (dead !== null) await store.fail(dead, { code: 'x', message: 'No.', retryAt: null }, old);
  await receive('3', 'jira-issue:waiting', old);
  await receive('4', 'jira-issue:new', now.getTime() - 29 * dayMs);
  const asked: unknown[] = [];
  const { stream, lines } = keepLines();
  const results = await runRetention({
    store,
    archive: null,
    remover: null,
    policy: defaultRetention,
    now: () => now,
    logger: createLogger('info', [], stream),
    dataverse: {
      many: async (collection, query, schema) => {
        asked.push([collection, query.filter]);
        if (collection === 'crmjira_commands') throw new Error('away');
        if (collection !== 'crmjira_integration_logs') return [];
        return Array.from({ length: mostCounted }, () => schema.parse({}));
      },
    },
  });
  expect(results).toMatchObject([
    { what: 'searches', due: null },
    { what: 'deliveries', deleted: 3 },
    { what: 'crmjira_command', due: null },
    { what: 'crmjira_integration_log', due: mostCounted, atLeast: true },
    ...Array.from({ length: 9 }, () => ({ due: 0 })),
  ]);
  expect(asked[2]).toEqual(['crmjira_integration_logs', 'createdon lt 2025-03-03T12:00:00.000Z']);
  const keys = ['ended', 'dead', 'waiting', 'new'].map((name) => `jira-issue:${name}`);
  const states = await store.jobs(keys);
  expect(Object.fromEntries(states.map(({ key, state }) => [key.slice(11), state]))).toEqual({
    dead: 'dead',
    waiting: 'waiting',
    new: 'waiting',
  });
  expect(lines.join('')).toContain('retention applied');
  await store.close();
});

const readAndDelete = ['prvReadcrmjira_command', 'prvDeletecrmjira_command'];

/** Gives somebody a role that may read and delete commands, and nothing else. */
function commandRemover(user: string): SeedRow[] {
  const roleid = guidOf('role of the test');
  const grants = readAndDelete.map((name) => ({
    table: 'roleprivileges',
    row: { roleprivilegeid: guidOf(name), roleid, privilegeid: privilegeId(name), privilegedepthmask: 8 },
  }));
  const role = { roleid, name: 'Remover', businessunitid: { table: 'businessunit', id: rootBusinessUnitId } };
  return [{ table: 'role', row: role }, ...grants, userRole(user, roleid)];
}

test('R-1107 searches leave after an hour by the account that may delete commands alone; without it they are counted', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  await world.provision();
  const { dataverse: signIn } = world.config;
  const tokens = createTokenSource(signIn, 10_000);
  const service = createDataverseClient({ url: signIn.url, timeoutMs: 10_000, tokens });
  const synced = await world.command(CommandType.SyncNow);
  await world.command(CommandType.FindProjects, 'opportunity.owner', 'CRM');
  await world.settled();
  const waiting = await world.command(CommandType.FindIssues);
  const state = { crmjira_command_state: CommandState.Running, crmjira_finished_on: null };
  await world.settled();
  await world.write('crmjira_commands', waiting, state);
  const retention = async (remover: DataverseClient | null) => {
    const results = await runRetention({
      store: null,
      archive: null,
      remover,
      policy: defaultRetention,
      dataverse: service,
      now: world.clock,
      logger: createLogger('silent', [], keepLines().stream),
    });
    return results[0];
  };
  const left = async (): Promise<unknown[]> =>
    (await world.rows('crmjira_commands')).map((row) => row['crmjira_commandid']).sort();
  expect(await retention(null)).toMatchObject({ what: 'searches', due: 0 });
  world.setClock('2025-01-15T16:30:00Z');
  expect(await retention(null)).toMatchObject({ due: 1, deleted: 0, error: null });
  expect(await retention(service)).toMatchObject({ deleted: 0, error: expect.stringContaining('prvDelete') });
  expect(await left()).toHaveLength(3);
  await world.standIns.dataverse.seed(commandRemover(people.finance));
  const remover = world.standIns.as('finance.controller@company.com');
  expect(await retention(remover)).toMatchObject({ due: 0, deleted: 1, error: null });
  expect(await left()).toEqual([synced, waiting].sort());
});

test('counts what is past its time in Dataverse and deletes none of it while nobody may (R-1107)', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  await world.provision();
  await world.command(3);
  await world.settled();
  const census = await world.census();
  world.setClock('2025-05-01T15:00:00Z');
  const results = await runRetention({
    store: { prune: async () => 0 },
    archive: null,
    remover: null,
    policy: defaultRetention,
    dataverse: world.standIns.admin,
    now: world.clock,
    logger: createLogger('silent', [], keepLines().stream),
  });
  expect(results).toMatchObject([
    { what: 'searches', due: 0 },
    { what: 'deliveries' },
    { what: 'crmjira_command', due: 1, deleted: 0, atLeast: false },
    { what: 'crmjira_integration_log', due: Number(census['logs']), deleted: 0 },
    ...Array.from({ length: 9 }, () => ({ deleted: 0 })),
  ]);
  expect(await world.rows('crmjira_commands', `_crmjira_opportunity_id_value eq ${opportunityId}`)).toHaveLength(1);
});

test('R-1702 R-1107 issues that were resolved long ago and that nothing is linked to leave the mirror; linked ones stay', async () => {
  const world = await startWorld('2025-01-15T15:00:00Z');
  const { admin } = world.standIns;
  const connection = '5a8d2c1e-0000-4000-8000-000000000c01';
  const at = (set: string, id: string): string => `/${set}(${id})`;
  const project = jiraProjectRowId(connection, '10150');
  const issue = (id: string, columns: Readonly<Record<string, unknown>>) => ({
    op: 'upsert' as const,
    collection: 'crmjira_jira_issues',
    id: jiraIssueRowId(connection, id),
    columns: {
      'crmjira_integration_id@odata.bind': at('crmjira_integrations', connection),
      'crmjira_project@odata.bind': at('crmjira_jira_projects', project),
      crmjira_issue_id: id,
      crmjira_status: 'Done',
      ...columns,
    },
  });
  await admin.changeSet([
    {
      op: 'upsert',
      collection: 'crmjira_jira_projects',
      id: project,
      columns: {
        'crmjira_integration_id@odata.bind': at('crmjira_integrations', connection),
        crmjira_project_id: '10150',
      },
    },
    issue('old', { crmjira_resolved_on: '2024-01-14T00:00:00Z' }),
    issue('linked', { crmjira_resolved_on: '2024-01-14T00:00:00Z' }),
    issue('recent', { crmjira_resolved_on: '2024-01-16T00:00:00Z' }),
    issue('open', {}),
    issue('deleted', { crmjira_is_deleted: true }),
    issue('secret', { crmjira_is_deleted: true, crmjira_status: null }),
    {
      op: 'upsert',
      collection: 'crmjira_issue_links',
      id: guidOf('link'),
      columns: {
        'crmjira_jira_issue@odata.bind': at('crmjira_jira_issues', jiraIssueRowId(connection, 'linked')),
        crmjira_regarding_table: 'account',
        crmjira_regarding_id: guidOf('account'),
      },
    },
  ]);
  const retention = async (remover: DataverseClient | null, dryRun = false) => {
    const results = await runRetention({
      store: null,
      archive: null,
      remover,
      policy: defaultRetention,
      dataverse: admin,
      now: world.clock,
      logger: createLogger('silent', [], keepLines().stream),
      dryRun,
    });
    return results.find(({ what }) => what === 'crmjira_jira_issue');
  };
  const left = async (): Promise<unknown[]> =>
    (await world.rows('crmjira_jira_issues')).map((row) => row['crmjira_issue_id']).sort();
  expect(await retention(null)).toMatchObject({ due: 2, deleted: 0, error: null });
  expect(await retention(admin, true)).toMatchObject({ due: 2, deleted: 0 });
  expect(await left()).toHaveLength(6);
  expect(await retention(admin)).toMatchObject({ due: 0, deleted: 2 });
  expect(await left()).toEqual(['deleted', 'linked', 'open', 'recent']);
});
