import type { QueuedJob } from '../../../plugins-proxy/src/queue/store/store';
import { type SyncRun, summarize } from '../../../plugins-proxy/src/inbound/polling/sync-run';
import { readSyncedMappings } from '../../../plugins-proxy/src/inbound/polling/synced-mappings';
import { guidOf } from '../../../sandbox/src/dataverse/guid';
import { eventually } from '../eventually';
import { startWorld, stopWorlds } from '../world';

afterEach(stopWorlds);

const run: SyncRun = {
  day: '2025-01-20',
  correlationId: 'daily-sync-1',
  startedAt: 1_000,
  figures: { a: '100 10  3', b: '100 20  3', c: '100 30 120 3', d: '100 40  3' },
};
const mapping = (opportunityId: string, figures: string, differs = false) => ({ opportunityId, figures, differs });
const after = [
  mapping('a', '100 10  3'),
  mapping('b', '100 25  3'),
  mapping('c', '100 30 120 3', true),
  mapping('d', '100 40  3'),
  mapping('another', '1 1 2 3', true),
];
const job = (key: string, state: QueuedJob['state'], at = 2_000) => ({ key, state, at });
const within = (now: number, limitMs = 600_000) => ({ now, limitMs });
const done = [job('a', 'done', 2_000), job('b', 'done', 4_500), job('c', 'done', 3_000)];

describe('the summary of a daily sync (R-607)', () => {
  test('counts checked, changed, differing and failed; the duration ends with the last job', () => {
    expect(summarize(run, [...done, job('d', 'failing', 90_000)], after, within(9_000))).toEqual({
      checked: 4,
      changed: 1,
      discrepancies: 1,
      failed: 1,
      durationMs: 3_500,
    });
  });

  test('waits for jobs that have not run, but no longer than the settings say (R-604)', () => {
    const jobs = [...done, job('d', 'waiting')];
    expect(summarize(run, jobs, after, within(600_999))).toBeNull();
    expect(summarize(run, jobs, after, within(601_000))).toMatchObject({ checked: 4, failed: 1 });
    expect(summarize(run, jobs, after, within(61_000, 60_000))).toMatchObject({ checked: 4, failed: 1 });
    expect(summarize(run, jobs, after, within(601_000, 1_200_000))).toBeNull();
  });

  test('a run over nothing has a summary too', () => {
    const nothing = { ...run, figures: {} };
    expect(summarize(nothing, [], after, within(1_001))).toEqual({
      checked: 0,
      changed: 0,
      discrepancies: 0,
      failed: 0,
      durationMs: 0,
    });
  });
});

test('a day’s sync finds work that no event told of, calls it Sync and leaves one summary row (R-601, R-603, R-607, R-608)', async () => {
  const world = await startWorld('2025-01-16T15:00:00Z', { POLL_INTERVAL_MS: '200' });
  const mappingId = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.settled();
  // Deliveries are lost from here on: the webhook of Jira is gone.
  for (const webhook of world.standIns.jira.site.webhooks.all()) world.standIns.jira.site.webhooks.delete(webhook.id);
  await world.logHours(issue, 8);
  await world.settled();
  expect(await world.one('crmjira_budget_mappings', mappingId)).toMatchObject({ crmjira_spent_amount: 0 });
  const rowsBefore = await world.rows('crmjira_integration_logs');
  world.setClock('2025-01-17T11:00:30Z');
  const summary = await eventually(async () => {
    const logs = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'daily_sync'");
    const found = logs.find((row) => String(row['crmjira_error_message']).includes('2025-01-17'));
    if (found === undefined) throw new Error(`no summary: ${world.lines.slice(-5).join('')}`);
    return found;
  });
  expect(summary).toMatchObject({
    crmjira_operation_type: 4,
    crmjira_source_system: 2,
    crmjira_source_record_id: world.config.connectionId,
    crmjira_integration_status: 2,
    crmjira_records_processed: 1,
    crmjira_error_message: 'Daily sync 2025-01-17: 1 checked, 1 changed, 0 discrepancies, 0 failed.',
    crmjira_correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    crmjira_duration_ms: expect.any(Number),
  });
  expect(await world.one('crmjira_budget_mappings', mappingId)).toMatchObject({ crmjira_spent_amount: 1_000 });
  const sync = await world.rows('crmjira_integration_logs');
  const fresh = sync.filter(
    (row) => !rowsBefore.some((old) => old['crmjira_integration_logid'] === row['crmjira_integration_logid']),
  );
  expect(fresh).toHaveLength(2);
  expect(fresh.find((row) => row['crmjira_event_type'] !== 'daily_sync')).toMatchObject({
    crmjira_source_system: 2,
    crmjira_integration_status: 2,
  });
  // A row that the run itself wrote says so; an echo from Dataverse that comes in at that moment may have been first.
  for (const row of fresh.filter((one) => one['crmjira_operation_type'] === 4))
    expect(row['crmjira_correlation_id']).toBe(summary['crmjira_correlation_id']);
});

test('R-601 R-404 the sync comes at the time and in the zone that the settings name, and keys are of their pattern', async () => {
  const world = await startWorld(
    '2025-01-16T15:00:00Z',
    { POLL_INTERVAL_MS: '200' },
    {
      crmjira_DailySyncTime: '22:15',
      crmjira_DailySyncTimeZone: 'Pacific Standard Time',
      crmjira_ProjectKeyPattern: 'OPP[A-Z]{5}',
    },
  );
  const mappingId = await world.provision();
  expect((await world.one('crmjira_budget_mappings', mappingId))['crmjira_jira_project_key']).toMatch(/^OPP[A-Z]{5}$/);
  await world.approve();
  await world.settled();
  const synced = (): string[] =>
    world.lines
      .join('')
      .match(/"day":"[\d-]+"[^\n]*"msg":"daily sync queued"/g)
      ?.map((line) => line.slice(7, 17)) ?? [];
  // It is ten in Toronto: by the default the sync of the 16th would have run.
  await eventually(async () => expect(synced()).toEqual(['2025-01-15']));
  world.setClock('2025-01-17T06:16:00Z');
  await eventually(async () => expect(synced()).toEqual(['2025-01-15', '2025-01-16']));
});

test('only active mappings that are approved, active or over budget are synced (E5, R-602)', async () => {
  const world = await startWorld('2025-01-16T15:00:00Z', { POLL_INTERVAL_MS: '200' });
  await world.settled();
  const mappingOf = (n: number, status: number, mappingStatus: number, amountInJira: number) => ({
    table: 'crmjira_budget_mapping',
    row: {
      crmjira_budget_mappingid: guidOf(`mapping ${n}`),
      crmjira_name: `Mapping ${n}`,
      crmjira_opportunity_id: { table: 'opportunity', id: guidOf(`opportunity ${n}`) },
      crmjira_jira_project_key: `CRM${n}`,
      crmjira_integration_reference: `REF-${n}`,
      crmjira_approved_budget: 250_000,
      crmjira_jira_amount: amountInJira,
      crmjira_spent_amount: 0,
      crmjira_remaining_budget: 250_000,
      crmjira_budget_status: status,
      crmjira_mapping_status: mappingStatus,
    },
  });
  const opportunityOf = (n: number) => ({
    table: 'opportunity',
    row: { opportunityid: guidOf(`opportunity ${n}`), name: `Opportunity ${n}`, statecode: 0 },
  });
  const numbers = [1, 2, 3, 4, 5, 6];
  await world.standIns.dataverse.seed([
    ...numbers.map(opportunityOf),
    ...numbers.map((n) => mappingOf(n, n === 6 ? 3 : n, n === 6 ? 2 : 1, n === 3 ? 260_000 : 250_000)),
    // Another connection's mapping is another service's business.
    { table: 'crmjira_integration', row: { crmjira_integrationid: guidOf('other'), crmjira_name: 'Other' } },
    opportunityOf(7),
    {
      table: 'crmjira_budget_mapping',
      row: {
        ...mappingOf(7, 3, 1, 250_000).row,
        crmjira_integration_id: { table: 'crmjira_integration', id: guidOf('other') },
      },
    },
  ]);
  const synced = await readSyncedMappings(world.standIns.admin, [world.config.connectionId]);
  expect(synced.map((one) => one.opportunityId).sort()).toEqual(
    [2, 3, 4].map((n) => guidOf(`opportunity ${n}`)).sort(),
  );
  expect(synced.filter((one) => one.differs).map((one) => one.opportunityId)).toEqual([guidOf('opportunity 3')]);
});
