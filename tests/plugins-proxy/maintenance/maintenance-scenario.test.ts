import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checklist } from '@crmjira/domain';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { secretsOf } from '../../../plugins-proxy/src/config/secrets-of';
import { readConfig } from '../../../plugins-proxy/src/config/read-config';
import type { MaintenanceResult } from '../../../plugins-proxy/src/maintenance/finding';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { variable } from '../stand-ins';
import { startWorld, stopWorlds, type World } from '../world';

let world: World;
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-maintenance-'));
  world = await startWorld('2025-01-15T15:00:00Z');
  const { REGISTRATION_CLIENT_ID, REGISTRATION_CLIENT_SECRET } = world.standIns.environment;
  environment = {
    ...world.standIns.environment,
    STORE_FILE: join(folder, 'proxy.sqlite'),
    RETENTION_CLIENT_ID: REGISTRATION_CLIENT_ID ?? '',
    RETENTION_CLIENT_SECRET: REGISTRATION_CLIENT_SECRET ?? '',
    JIRA_TOKEN_EXPIRES_ON: '2025-01-20',
    DATAVERSE_SECRET_EXPIRES_ON: '2025-12-31',
  };
}, 60_000);
afterEach(async () => {
  await stopWorlds();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

const run = (...args: string[]): Promise<Run> => crmjira(environment, args, world.clock);
const resultsOf = (outcome: Run): Record<string, MaintenanceResult> =>
  Object.fromEntries((jsonOf(outcome)['results'] as MaintenanceResult[]).map((result) => [result.item, result]));
const resultRows = async () => {
  const rows = await world.rows('crmjira_integration_logs', "startswith(crmjira_event_type,'maintenance.')");
  return rows.map((row) => String(row['crmjira_event_type']).slice('maintenance.'.length));
};
const itemsOf = (rhythm: string): string[] => checklist.filter((item) => item.rhythm === rhythm).map(({ id }) => id);
const failure = (n: number, createdon: string, message: string) => ({
  table: 'crmjira_integration_log',
  row: {
    crmjira_integration_logid: guidOf(`failure ${n}`),
    crmjira_name: `LOG-9${n}`,
    crmjira_operation_type: 2,
    crmjira_source_system: 2,
    crmjira_source_record_id: 'CRMABC',
    crmjira_integration_status: 3,
    crmjira_error_message: message,
    crmjira_correlation_id: `c-${n}`,
    createdon,
  },
});

test('R-1501 R-1502 R-1505 the daily plan finds what differs and what failed, each item with its row and its action', async () => {
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.logHours(issue, 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
  await world.stopProxy();
  const first = await run('maintenance', 'daily', '--json');
  expect(Object.values(resultsOf(first)).map(({ item, outcome }) => [item, outcome])).toEqual(
    itemsOf('daily').map((item) => [item, 'fine']),
  );
  expect(first.code).toBe(0);
  expect((await resultRows()).sort()).toEqual(itemsOf('daily').sort());
  expect(resultsOf(first)['performance']?.says).toContain('No verdict');

  await world.logHours(issue, 8);
  await world.standIns.dataverse.seed([
    failure(1, '2025-01-15T09:00:00Z', 'Jira refused project CRMABC: field "Team" is missing.'),
    failure(2, '2025-01-14T09:00:00Z', 'Jira refused project CRMXYZ: field "Cost" is missing.'),
    failure(3, '2025-01-13T09:00:00Z', 'Jira refused project CRMQRS: field "Team" is missing.'),
    failure(4, '2025-01-15T09:00:00Z', 'Something else.'),
  ]);
  const second = await run('maintenance', 'daily', '--json');
  expect(second.code).toBe(3);
  const results = resultsOf(second);
  expect(results['budget-accuracy']).toMatchObject({
    outcome: 'finding',
    says: '1 mappings compared: 1 differ, 0 could not be read.',
    figures: { differing: [{ projectKey: 'CRMWYVLZZJ', fields: ['spent', 'remaining'] }] },
    action: expect.stringContaining('crmjira drift'),
  });
  expect(results['flow-health']).toMatchObject({ outcome: 'finding', figures: { failed: 2, dead: 0 } });
  expect(results['flow-health']?.action).toContain('dead-letters');
  expect(results['error-log']?.says).toMatch(/^2 errors in 24 hours/);

  // R-1508: three days running become one task, however often the plan runs.
  const escalations = () => world.rows('tasks', "startswith(subject,'Escalation')");
  expect(await escalations()).toMatchObject([{ description: expect.stringContaining('Jira refused project') }]);
  await run('maintenance', 'daily');
  expect(await escalations()).toHaveLength(1);
  expect(await resultRows()).toHaveLength(15);
}, 120_000);

test('R-1501 a gateway that does not answer is a finding with its guide, and stops no other item', async () => {
  await world.stopProxy();
  environment['JIRA_URL'] = 'http://127.0.0.1:1';
  const outcome = await run('maintenance', 'daily', '--json');
  expect(resultsOf(outcome)['gateway-status']).toMatchObject({
    outcome: 'finding',
    action: expect.stringContaining('troubleshooting'),
  });
  expect((await resultRows()).sort()).toEqual(itemsOf('daily').sort());
}, 90_000);

test('R-1503 R-1508 the weekly plan makes renewal tasks, archives, and refuses to remove test records in production', async () => {
  await world.stopProxy();
  await world.standIns.dataverse.seed([
    { table: 'opportunity', row: { opportunityid: guidOf('test'), name: 'Test', statecode: 0 } },
    {
      table: 'crmjira_budget_mapping',
      row: {
        crmjira_budget_mappingid: guidOf('test mapping'),
        crmjira_name: 'TEST-2025-001',
        crmjira_opportunity_id: { table: 'opportunity', id: guidOf('test') },
        crmjira_jira_project_key: 'TESTKEY',
        crmjira_integration_reference: 'TEST-2025-001',
        crmjira_approved_budget: 10_000,
        crmjira_spent_amount: 0,
        crmjira_remaining_budget: 10_000,
        crmjira_budget_status: 3,
        crmjira_mapping_status: 1,
      },
    },
    failure(1, '2024-01-01T00:00:00Z', 'Old.'),
  ]);
  const outcome = await run('maintenance', 'weekly', '--json');
  expect(outcome.code).toBe(3);
  expect(resultsOf(outcome)).toMatchObject({
    certificates: { outcome: 'fine' },
    'token-rotation': { outcome: 'finding', figures: { jira: 5, dataverse: 350 } },
    'log-archive': { outcome: 'fine', figures: { archived: 1, deleted: 1, left: 0 } },
    'test-records': { outcome: 'finding', says: expect.stringContaining('Refused, as this is production') },
  });
  await run('maintenance', 'weekly');
  expect(await world.rows('tasks')).toMatchObject([{ subject: 'Renew the token of jira: 5 days left' }]);
  expect(await world.rows('crmjira_budget_mappings')).toHaveLength(1);
  environment['ENVIRONMENT'] = 'qa';
  expect(resultsOf(await run('maintenance', 'weekly', '--json'))['test-records']).toMatchObject({
    outcome: 'fine',
    figures: { removed: 1 },
  });
  expect(await world.rows('crmjira_budget_mappings')).toEqual([]);
}, 90_000);

test('R-1504 R-1505 the monthly plan tests the backup and waits for signatures', async () => {
  await world.provision();
  await world.stopProxy();
  const open = resultsOf(await run('maintenance', 'monthly', '--json'));
  expect(open).toMatchObject({
    growth: { outcome: 'fine', figures: { mappings: 1 } },
    tuning: { outcome: 'fine' },
    'backup-restore': { outcome: 'fine', figures: { apart: 0 } },
    'gateway-failover': { outcome: 'finding', action: expect.stringContaining('update the recovery document') },
    'disaster-recovery': { outcome: 'finding' },
  });
  const usage = await run('sign-off', 'growth', '--by', 'Ann', '--note', 'done');
  expect(usage.code).toBe(2);
  for (const item of ['gateway-failover', 'disaster-recovery'])
    expect((await run('sign-off', item, '--by', 'Ann Smith', '--note', 'Second node took over in 40 s.')).code).toBe(0);
  const signed = await run('maintenance', 'monthly', '--json');
  expect(signed.code).toBe(0);
  expect(resultsOf(signed)['gateway-failover']?.says).toBe(
    'Signed by Ann Smith on 2025-01-15: Second node took over in 40 s.',
  );
  world.setClock('2025-02-15T15:00:00Z');
  expect(resultsOf(await run('maintenance', 'monthly', '--json'))['gateway-failover']).toMatchObject({
    outcome: 'finding',
    says: 'Nobody has signed for 2025-02 yet.',
  });
}, 120_000);

test('R-1507 connections, mappings and variables come back as they were, and no secret is in the file', async () => {
  const mapping = await world.provision();
  await world.stopProxy();
  const connection = environment['CONNECTION_ID'] ?? '';
  const config = JSON.stringify({ board: 7, webhook: { secret: 'hidden-in-json-0001', retries: 3 } });
  await world.write('crmjira_integrations', connection, { crmjira_config: config, crmjira_username: 'integration' });
  await world.standIns.dataverse.seed([variable('crmjira_JiraApiToken', 'vault-reference-of-the-token')]);
  const file = join(folder, 'backup.json');
  expect((await run('backup', '--file', file)).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  for (const secret of [...secretsOf(readConfig(environment)), 'hidden-in-json-0001', 'vault-reference-of-the-token'])
    expect(text).not.toContain(secret);
  expect(text).toContain('"crmjira_DefaultHourlyRate": "125.00"');
  expect(await run('restore', '--file', file, '--dry-run')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^0 to be/),
  });

  // Lost and changed, as after a failed import.
  const before = await world.one('crmjira_budget_mappings', mapping);
  await world.standIns.admin.remove('crmjira_budget_mappings', mapping);
  await world.write('crmjira_integrations', connection, { crmjira_username: 'somebody else' });
  await world.standIns.dataverse.seed([variable('crmjira_DefaultHourlyRate', '1.00')]);
  const dry = await run('restore', '--file', file, '--dry-run');
  expect(dry.code).toBe(3);
  expect(dry.out).toContain(`create crmjira_budget_mappings ${mapping}`);
  expect(dry.out).toContain('crmjira_username: somebody else → integration');
  expect(dry.out).toContain('crmjira_DefaultHourlyRate: 1.00 → 125.00');
  expect(await world.rows('crmjira_budget_mappings')).toEqual([]);

  expect((await run('restore', '--file', file)).code).toBe(0);
  expect((await run('restore', '--file', file, '--dry-run')).code).toBe(0);
  const after = await world.one('crmjira_budget_mappings', mapping);
  for (const name of ['jira_project_id', 'jira_project_key', 'approved_budget', 'provisioning_state', 'period_from'])
    expect(after[`crmjira_${name}`]).toEqual(before[`crmjira_${name}`]);
  expect(after['_crmjira_opportunity_id_value']).toBe(before['_crmjira_opportunity_id_value']);
}, 120_000);

test('R-1507 what is no whole backup, or of another organization, is refused and nothing is written', async () => {
  await world.stopProxy();
  const file = join(folder, 'backup.json');
  await run('backup', '--file', file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, text.length / 2));
  expect(await run('restore', '--file', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('not a whole backup'),
  });
  writeFileSync(file, text.replace(/"organizationId": "[^"]+"/, `"organizationId": "${guidOf('another')}"`));
  expect(await run('restore', '--file', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('of organization'),
  });
  expect(await run('restore', '--file', join(folder, 'none.json'))).toMatchObject({ code: 1 });
}, 60_000);
