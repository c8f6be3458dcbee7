import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checklist, Direction } from '@crmjira/domain';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { secretsOf } from '../../../../plugins-proxy/src/platform/config/secrets-of';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import type { MaintenanceResult } from '../../../../plugins-proxy/src/operations/maintenance/finding';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { crmjira, jsonOf, type Run } from '../../cli-terminal';
import { variable } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';

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
  // As the service has made it.
  await openSqliteStore(join(folder, 'proxy.sqlite')).close();
});
afterEach(async () => {
  await stopWorlds();
  rmSync(folder, { recursive: true, force: true });
});

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

const testMapping = (name: string, reference: string) => ({
  table: 'crmjira_budget_mapping',
  row: {
    crmjira_budget_mappingid: guidOf(`${name} mapping`),
    crmjira_name: reference,
    crmjira_opportunity_id: { table: 'opportunity', id: guidOf(name) },
    crmjira_jira_project_id: `10${name.length}`,
    crmjira_jira_project_key: 'TESTKEY',
    crmjira_integration_reference: reference,
    crmjira_approved_budget: 10_000,
    crmjira_spent_amount: 0,
    crmjira_remaining_budget: 10_000,
    crmjira_budget_status: 3,
    crmjira_mapping_status: 1,
  },
});
/** An opportunity with all that the integration keeps about it. */
function withEverything(name: string, reference: string) {
  const opportunity = { table: 'opportunity', id: guidOf(name) };
  const mapping = { table: 'crmjira_budget_mapping', id: guidOf(`${name} mapping`) };
  const approval = { table: 'crmjira_budget_approval', id: guidOf(`${name} approval`) };
  return [
    {
      table: 'opportunity',
      row: { opportunityid: opportunity.id, name, statecode: 0, crmjira_integration_reference: reference },
    },
    testMapping(name, reference),
    {
      table: 'crmjira_budget_alert',
      row: {
        crmjira_budget_alertid: guidOf(`${name} alert`),
        crmjira_budget_mapping_id: mapping,
        crmjira_alert_level: 1,
        crmjira_crossing_no: 1,
      },
    },
    {
      table: 'crmjira_budget_snapshot',
      row: {
        crmjira_budget_snapshotid: guidOf(`${name} snapshot`),
        crmjira_budget_mapping_id: mapping,
        crmjira_snapshot_date: '2025-01-14',
      },
    },
    {
      table: 'crmjira_budget_approval',
      row: { crmjira_budget_approvalid: approval.id, crmjira_opportunity_id: opportunity, crmjira_amount: 10_000 },
    },
    {
      table: 'crmjira_budget_decision',
      row: {
        crmjira_budget_decisionid: guidOf(`${name} decision`),
        crmjira_budget_approval_id: approval,
        crmjira_decision: 3,
      },
    },
    {
      table: 'crmjira_command',
      row: {
        crmjira_commandid: guidOf(`${name} command`),
        crmjira_opportunity_id: opportunity,
        crmjira_command_type: 3,
        crmjira_command_state: 3,
      },
    },
    {
      table: 'crmjira_inbound_event',
      row: {
        crmjira_inbound_eventid: guidOf(`${name} event`),
        crmjira_event_id: `event of ${name}`,
        crmjira_project_id: `10${name.length}`,
      },
    },
    {
      table: 'crmjira_integration_log',
      row: {
        ...failure(1, '2025-01-14T00:00:00Z', name).row,
        crmjira_integration_logid: guidOf(`${name} log`),
        crmjira_budget_mapping_id: mapping,
      },
    },
  ];
}

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
  // There are no dead letters to retry (F-206).
  expect(results['flow-health']?.action).toContain('rows of the integration log with status Failed');
  expect(results['error-log']?.says).toMatch(/^2 errors in 24 hours/);

  // R-1508: three days running become one task, however often the plan runs.
  const escalations = () => world.rows('tasks', "startswith(subject,'Escalation')");
  expect(await escalations()).toMatchObject([{ description: expect.stringContaining('Jira refused project') }]);
  await run('maintenance', 'daily');
  expect(await escalations()).toHaveLength(1);
  expect(await resultRows()).toHaveLength(18);
});

test('R-1501 a gateway that does not answer is a finding with its guide, and stops no other item', async () => {
  await world.stopProxy();
  environment['JIRA_URL'] = 'http://127.0.0.1:1';
  const outcome = await run('maintenance', 'daily', '--json');
  expect(resultsOf(outcome)['gateway-status']).toMatchObject({
    outcome: 'finding',
    // Chosen from what was observed: nobody has a gateway here (F-206).
    action: expect.stringMatching(/^Check the firewall and the connectivity from this service to the host of JIRA_URL/),
  });
  expect((await resultRows()).sort()).toEqual(itemsOf('daily').sort());
});

test('R-1503 R-1508 the weekly plan makes renewal tasks, archives, and refuses to remove test records in production', async () => {
  await world.stopProxy();
  await world.standIns.dataverse.seed([
    { table: 'opportunity', row: { opportunityid: guidOf('test'), name: 'Test', statecode: 0 } },
    testMapping('test', 'TEST-2025-001'),
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
  expect(await world.rows('tasks')).toMatchObject([
    {
      // F-117 an administrator reads either language.
      subject: 'Renew the token of jira: 5 days left / Renouveler le jeton de jira\u00a0: il reste 5 jours',
      description: expect.stringMatching(/Afterwards: crmjira doctor\.\n.* Ensuite\u00a0: crmjira doctor\.$/),
    },
  ]);
  expect(await world.rows('crmjira_budget_mappings')).toHaveLength(1);
  environment['ENVIRONMENT'] = 'qa';
  expect(resultsOf(await run('maintenance', 'weekly', '--json'))['test-records']).toMatchObject({
    outcome: 'fine',
    figures: { removed: 1 },
  });
  expect(await world.rows('crmjira_budget_mappings')).toEqual([]);
});

describe('R-1503 what tests have left', () => {
  const ours = [
    'crmjira_budget_mappings',
    'crmjira_budget_alerts',
    'crmjira_budget_snapshots',
    'crmjira_budget_approvals',
    'crmjira_budget_decisions',
    'crmjira_commands',
    'crmjira_inbound_events',
  ];
  const left = async (): Promise<Record<string, number>> =>
    Object.fromEntries(await Promise.all(ours.map(async (set) => [set, (await world.rows(set)).length])));
  const every = (count: number): Record<string, number> => Object.fromEntries(ours.map((set) => [set, count]));
  const found = {
    crmjira_budget_decision: 1,
    crmjira_budget_approval: 1,
    crmjira_command: 1,
    crmjira_inbound_event: 1,
    crmjira_budget_mapping: 1,
  };
  const weekly = async () => resultsOf(await run('maintenance', 'weekly', '--json'))['test-records'];

  beforeEach(async () => {
    await world.stopProxy();
    await world.standIns.dataverse.seed([
      ...withEverything('test', 'TEST-2025-001'),
      ...withEverything('genuine', 'CRM-202501-A1B2C3D4'),
    ]);
  });

  test('is told by table and stays in production, and where nobody may remove it', async () => {
    expect(await weekly()).toMatchObject({
      outcome: 'finding',
      says: expect.stringMatching(/^Refused, as this is production; 5 records.*1 crmjira_budget_decision, /),
      figures: { refused: true, found },
    });
    environment['ENVIRONMENT'] = 'qa';
    delete environment['RETENTION_CLIENT_ID'];
    delete environment['RETENTION_CLIENT_SECRET'];
    expect(await weekly()).toMatchObject({
      outcome: 'finding',
      says: expect.stringContaining('RETENTION_CLIENT_ID'),
      figures: { removed: 0, found },
    });
    expect(await left()).toEqual(every(2));
  });

  test('is removed elsewhere, and nothing of others; opportunity and log rows stay (R-1232)', async () => {
    environment['ENVIRONMENT'] = 'qa';
    expect(await weekly()).toMatchObject({ outcome: 'fine', figures: { removed: 5, done: found, left: {}, stays: 0 } });
    expect(await left()).toEqual(every(1));
    expect(await world.one('crmjira_budget_mappings', guidOf('genuine mapping'))).toBeDefined();
    expect(await world.one('opportunities', guidOf('test'))).toMatchObject({ name: 'test' });
    expect(await world.one('crmjira_integration_logs', guidOf('test log'))).toMatchObject({
      _crmjira_budget_mapping_id_value: null,
    });
    expect(await weekly()).toMatchObject({ outcome: 'fine', says: 'There are no test records to remove.' });
  });

  test('is found by its opportunity when the mapping went before', async () => {
    environment['ENVIRONMENT'] = 'dev';
    await world.standIns.admin.remove('crmjira_budget_mappings', guidOf('test mapping'));
    expect(await weekly()).toMatchObject({ outcome: 'fine', figures: { removed: 3 } });
    expect((await left())['crmjira_commands']).toBe(1);
  });

  test('stays with its final report, all of it (R-1232)', async () => {
    environment['ENVIRONMENT'] = 'qa';
    await world.standIns.dataverse.seed([
      {
        table: 'crmjira_final_report',
        row: {
          crmjira_final_reportid: guidOf('report'),
          crmjira_budget_mapping_id: { table: 'crmjira_budget_mapping', id: guidOf('test mapping') },
        },
      },
    ]);
    expect(await weekly()).toMatchObject({ outcome: 'fine', figures: { stays: 1 } });
    expect(await left()).toEqual(every(2));
  });

  test('what is refused is named and left to an administrator, and stops nothing else', async () => {
    environment['ENVIRONMENT'] = 'qa';
    // An account that may do what the service may, and delete nothing.
    environment['RETENTION_CLIENT_ID'] = environment['DATAVERSE_CLIENT_ID'] ?? '';
    environment['RETENTION_CLIENT_SECRET'] = environment['DATAVERSE_CLIENT_SECRET'] ?? '';
    expect(await weekly()).toMatchObject({
      outcome: 'finding',
      says: expect.stringMatching(
        /^0 test records removed\. Could not be removed: 1 crmjira_budget_decision, .*The application user may not/,
      ),
      figures: { removed: 0, left: found },
    });
    expect(await left()).toEqual(every(2));
  });
});

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
    'api-changes': { outcome: 'finding', action: expect.stringContaining('developer.atlassian.com/changelog') },
  });
  const usage = await run('sign-off', 'growth', '--by', 'Ann', '--note', 'done');
  expect(usage.code).toBe(2);
  for (const item of ['gateway-failover', 'disaster-recovery', 'api-changes'])
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
});

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
});

test('R-1507, R-1608 an integration comes back with its field mappings and webhooks, and with where its tokens are asked for', async () => {
  await world.stopProxy();
  const ids = Object.fromEntries(['provider', 'integration', 'mapping', 'webhook'].map((name) => [name, randomUUID()]));
  const { provider = '', integration = '', mapping = '', webhook = '' } = ids;
  const of = { 'crmjira_integration_id@odata.bind': `/crmjira_integrations(${integration})` };
  const tokenUrl = 'https://sign-in.example/token';
  const config = JSON.stringify({
    url: 'https://items.example',
    tokenUrl,
    parts: [{ isSecret: true }],
    token: 'hidden-0002',
  });
  await world.write('crmjira_integration_providers', provider, { crmjira_code: 'REST', crmjira_name: 'REST' });
  await world.write('crmjira_integrations', integration, {
    crmjira_name: 'Inventory',
    crmjira_config: config,
    crmjira_brake_percent: 7,
    'crmjira_provider@odata.bind': `/crmjira_integration_providers(${provider})`,
  });
  await world.write('crmjira_integration_mappings', mapping, {
    crmjira_name: 'name – label',
    crmjira_direction: Direction.Inbound,
    crmjira_source_table: 'product',
    crmjira_source_field: 'name',
    crmjira_target_object: 'Item',
    crmjira_target_field: 'label',
    crmjira_sequence: 2,
    ...of,
  });
  await world.write('crmjira_integration_webhooks', webhook, {
    crmjira_name: 'Events',
    crmjira_secret_name: 'row:x',
    ...of,
  });
  const file = join(folder, 'integration.json');
  expect((await run('backup', '--file', file)).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  for (const secret of ['hidden-0002', 'row:x']) expect(text).not.toContain(secret);

  const { admin } = world.standIns;
  await admin.remove('crmjira_integration_mappings', mapping);
  await admin.remove('crmjira_integration_webhooks', webhook);
  await admin.remove('crmjira_integrations', integration);
  await admin.remove('crmjira_integration_providers', provider);
  expect((await run('restore', '--file', file)).code).toBe(0);
  const row = await world.one('crmjira_integrations', integration);
  expect(row).toMatchObject({ crmjira_brake_percent: 7, _crmjira_provider_value: provider });
  expect(JSON.parse(String(row['crmjira_config']))).toMatchObject({ tokenUrl, parts: [{ isSecret: true }] });
  expect(await world.one('crmjira_integration_mappings', mapping)).toMatchObject({
    crmjira_target_field: 'label',
    crmjira_sequence: 2,
    _crmjira_integration_id_value: integration,
  });
  expect(await world.one('crmjira_integration_webhooks', webhook)).toMatchObject({ crmjira_name: 'Events' });
});

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
});
