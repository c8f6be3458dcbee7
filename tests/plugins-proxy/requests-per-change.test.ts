import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { readConfig } from '../../plugins-proxy/src/config/read-config';
import { connect, type Connections } from '../../plugins-proxy/src/connect';
import { reconcileOpportunity } from '../../plugins-proxy/src/reconcile/reconcile-opportunity';
import { requestsOfAQuietDay, requestsPerProject } from '../../plugins-proxy/src/outgoing/request-estimate';
import { type SeededWorld, startSeededWorld } from '../bench/seeded-world';
import { logHour } from '../bench/watch-hours';

let world: SeededWorld;
let connections: Connections;
beforeAll(async () => {
  world = await startSeededWorld({ projects: 3 });
  connections = connect(readConfig({ ...world.environment, STORE_FILE: ':memory:' }), () => new Date());
  // Settings, currencies and the worklogs of issues at rest are remembered from here on.
  for (const project of world.projects) await run(project.opportunityId);
}, 60_000);
afterAll(async () => {
  await connections.close();
  await world.close();
});

const run = (opportunityId: string) =>
  reconcileOpportunity(connections.reconciler, {
    opportunityId,
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
  connections.site.projects?.forget(projectId);
  expect(await counted(opportunityOf(0))).toMatchObject({ jira: unchanged.jira });
});

test('an applied change is one change set, and two requests a round are all that it reads (R-1307, R-2307)', async () => {
  const project = world.projects[1];
  if (project === undefined) throw new Error('not seeded');
  await logHour(world, project);
  connections.site.projects?.forget(project.projectId);
  const { change } = requestsPerProject;
  const figures = await counted(project.opportunityId);
  expect(figures).toMatchObject({ rounds: 2, reads: 2 * 2, writes: 1, jira: change.jira });
  expect(figures.reads + figures.writes).toBe(change.dataverse);
  expect(figures.operations).toBe(change.dataverseOperations);
  // Mapping, opportunity, snapshot, log and applied change in one request: far below one a row.
  expect(figures.rowsWritten).toBe(change.rowsWritten);
  expect(figures.writes / figures.rowsWritten).toBeLessThanOrEqual(1.1);
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

test('a quiet day is polls, health and one look at each project (R-2307)', () => {
  const minute = { mappings: 1_000, trackedTables: 4, pollIntervalMs: 60_000 };
  expect(requestsOfAQuietDay(minute)).toEqual({ dataverse: 5_760 + 864 + 2_000, jira: 2_000 });
  expect(requestsOfAQuietDay({ ...minute, mappings: 0, pollIntervalMs: 120_000 })).toEqual({
    dataverse: 2_880 + 864,
    jira: 0,
  });
});

test('the documents state the same numbers (R-2307)', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'performance.md'), 'utf8');
  for (const { dataverse, dataverseOperations, rowsWritten, jira } of Object.values(requestsPerProject))
    expect(text).toMatch(new RegExp(`\\| ${[dataverse, dataverseOperations, rowsWritten, jira].join(' +\\| ')} +\\|`));
});
