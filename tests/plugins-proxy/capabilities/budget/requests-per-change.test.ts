import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { readConfig } from '../../../../plugins-proxy/src/platform/config/read-config';
import { connect, type Connections } from '../../../../plugins-proxy/src/capabilities/connect';
import { jobKey } from '../../../../plugins-proxy/src/queue/job-key';
import {
  budgetModule,
  type Reconciler,
} from '../../../../plugins-proxy/src/capabilities/budget/reconcile/budget-module';
import { reconcileOpportunity } from '../../../../plugins-proxy/src/capabilities/budget/reconcile/reconcile-opportunity';
import { handlerOf } from '../../../../plugins-proxy/src/reconciler/module-handler';
import { byKind, runJob } from '../../../../plugins-proxy/src/reconciler/run-job';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import {
  requestsOfAQuietDay,
  requestsPerProject,
} from '../../../../plugins-proxy/src/platform/http-client/request-estimate';
import { type SeededWorld, startSeededWorld } from '../../../bench/seeded-world';
import { logHour } from '../../../bench/watch-hours';

let world: SeededWorld;
let connections: Connections;
beforeAll(async () => {
  world = await startSeededWorld({ projects: 3 });
  connections = connect(readConfig({ ...world.environment, STORE_FILE: ':memory:' }), () => new Date());
  // Settings, currencies and the worklogs of issues at rest are remembered from here on.
  for (const project of world.projects) await run(project.opportunityId);
});
afterAll(async () => {
  await connections.close();
  await world.close();
});

const run = (opportunityId: string) =>
  reconcileOpportunity(connections.reconciler, {
    id: opportunityId,
    correlationId: 'test',
    logger: pino({ level: 'silent' }),
  });

/** One run and what it asked for. */
async function counted(opportunityId: string) {
  for (const side of Object.values(world.counts)) side.reset();
  const { rounds } = await run(opportunityId);
  const { http, writes, rowsWritten, operations } = world.counts.dataverse;
  return { rounds, reads: http - writes, writes, rowsWritten, operations, jira: world.counts.jira.http };
}
const opportunityOf = (n: number): string => world.projects[n]?.opportunityId ?? '';

test('an unchanged mapping costs two requests to each side and no write (R-607, R-1307, R-2307)', async () => {
  const { unchanged } = requestsPerProject;
  expect(await counted(opportunityOf(0))).toEqual({
    rounds: 1,
    reads: unchanged.dataverse,
    writes: 0,
    rowsWritten: 0,
    operations: unchanged.dataverseOperations,
    jira: 1,
  });
  // The project's head is remembered for a minute; a daily sync finds it forgotten.
  const projectId = world.projects[0]?.projectId ?? '';
  connections.jira.first.site.projects?.forget(projectId);
  expect(await counted(opportunityOf(0))).toMatchObject({ jira: unchanged.jira });
});

test('an applied change is one change set, and two requests a round are all that it reads (R-1307, R-2307)', async () => {
  const project = world.projects[1];
  if (project === undefined) throw new Error('not seeded');
  await logHour(world, project);
  connections.jira.first.site.projects?.forget(project.projectId);
  const { change } = requestsPerProject;
  const figures = await counted(project.opportunityId);
  expect(figures).toMatchObject({ rounds: 2, reads: 2 * 2, writes: 1, jira: change.jira });
  expect(figures.reads + figures.writes).toBe(change.dataverse);
  expect(figures.operations).toBe(change.dataverseOperations);
  // Mapping, opportunity, snapshot, log and applied change in one request: far below one a row.
  expect(figures.rowsWritten).toBe(change.rowsWritten);
  expect(figures.writes / figures.rowsWritten).toBeLessThanOrEqual(1.1);
});

test('R-1307 a run that ends tells the version of the row after its own writes, one that fails tells none', async () => {
  const project = world.projects[0];
  if (project === undefined) throw new Error('not seeded');
  const store = openSqliteStore(':memory:');
  const told: number[] = [];
  const runOnce = async (reconciler: Reconciler): Promise<boolean> => {
    const key = jobKey('opportunity', project.opportunityId);
    await store.enqueue([{ key, at: 1, correlationId: 'test', urgent: true }]);
    const claim = await store.claim(Date.now(), 60_000);
    if (claim === null) throw new Error('nothing is due');
    const { done } = await runJob(
      {
        store,
        handlers: byKind([
          handlerOf(budgetModule(reconciler), {
            dataverse: reconciler.dataverse,
            environmentSettings: reconciler.environmentSettings,
            now: () => new Date(),
            onReconciled: () => undefined,
            onSettled: (_id, version) => told.push(version),
          }),
        ]),
        logger: pino({ level: 'silent' }),
        now: () => new Date(),
        random: () => 0,
      },
      claim,
    );
    await store.complete(claim, Date.now());
    return done;
  };
  const row = z.object({ versionnumber: z.number() });
  const version = async (): Promise<number | undefined> =>
    (await world.admin.one('opportunities', project.opportunityId, ['versionnumber'], row))?.versionnumber;

  await logHour(world, project);
  const before = await version();
  const cut = { ...connections.jira.first, fields: () => Promise.reject(new Error('cut off')) };
  const cutOff: Reconciler = { ...connections.reconciler, jira: { ...connections.jira, of: async () => cut } };
  expect(await runOnce(cutOff)).toBe(false);
  expect(told).toEqual([]);
  expect(await runOnce(connections.reconciler)).toBe(true);
  const after = await version();
  expect(after).toBeGreaterThan(before ?? Infinity);
  expect(told).toEqual([after]);
  await store.close();
});

test('F-206 what undoes each write ends in a failure of its own that names the write, never in runs without end', async () => {
  const project = world.projects[1];
  if (project === undefined) throw new Error('not seeded');
  await logHour(world, project);
  const { reconciler } = connections;
  const undone = { ...reconciler, dataverse: { ...reconciler.dataverse, changeSet: async () => undefined } };
  const logger = pino({ level: 'silent' });
  await expect(
    reconcileOpportunity(undone, { id: project.opportunityId, correlationId: 'test', logger }),
  ).rejects.toMatchObject({ code: 'plan-does-not-settle', errorClass: 'permanent' });
});

test('a person who asks gets every worklog read anew (R-605)', async () => {
  const id = opportunityOf(2);
  await world.admin.changeSet([
    {
      op: 'upsert',
      collection: 'crmjira_commands',
      id: 'c0ffee00-0000-4000-8000-000000000001',
      columns: {
        crmjira_command_type: 3,
        crmjira_command_state: 1,
        'crmjira_opportunity_id@odata.bind': `/opportunities(${id})`,
      },
    },
  ]);
  const asked = await counted(id);
  expect(asked.jira).toBeGreaterThan(requestsPerProject.unchanged.jira);
});

test('a quiet day is polls, health with settings, the watch of webhooks and one look at each project (R-2307, F-502)', () => {
  const minute = { mappings: 1_000, trackedTables: 4, pollIntervalMs: 60_000 };
  expect(requestsOfAQuietDay(minute)).toEqual({ dataverse: 5_760 + 1_440 + 288 + 2_000, jira: 288 + 2_000 });
  expect(requestsOfAQuietDay({ ...minute, mappings: 0, pollIntervalMs: 120_000 })).toEqual({
    dataverse: 2_880 + 1_440 + 288,
    jira: 0,
  });
  // Every ten minutes who takes worklogs and which records have changed; the feed, and a thousand worklogs a request (R-1829).
  const worklogs = { sites: 2, records: 1_001 };
  expect(requestsOfAQuietDay({ ...minute, worklogs })).toEqual({
    dataverse: 5_760 + 1_440 + 288 + 2_000 + 144 * 4,
    jira: 288 + 2_000 + 144 * (2 + 2),
  });
  const many = requestsOfAQuietDay({ ...minute, worklogs: { sites: 1, records: 1_000_000 } });
  expect(many.jira).toBe(288 + 2_000 + 144 * 11);
});

test('the documents state the same numbers (R-2307)', () => {
  const text = readFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'performance.md'), 'utf8');
  for (const { dataverse, dataverseOperations, rowsWritten, jira } of Object.values(requestsPerProject))
    expect(text).toMatch(new RegExp(`\\| ${[dataverse, dataverseOperations, rowsWritten, jira].join(' +\\| ')} +\\|`));
});
