import { writeFileSync } from 'node:fs';
import { ErrorClass, jiraProjectRowId, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { z } from 'zod';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { issueRow, projectRow } from '../jira-rows';
import { secondJira } from '../second-jira';
import { startStandIns, variable } from '../stand-ins';
import { stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

const connection = '5a8d2c1e-0000-4000-8000-000000000c01';
const now = (): Date => new Date('2025-05-16T17:00:00Z');
const row = z.record(z.string(), z.unknown());

/** Both sides without a service, the command line that works with them, and 130 issues of a project that is offered. */
async function start() {
  const standIns = await startStandIns(now);
  stopLater(() => standIns.close());
  const { dataverse, jira, admin } = standIns;
  await dataverse.seed([variable('crmjira_Capabilities', 'budget,issues')]);
  jira.site.projects.put(projectRow(30_001));
  jira.site.projects.put(projectRow(30_002));
  for (let n = 0; n < 130; n += 1) jira.site.issues.put(issueRow(40_000 + n, 30_001));
  const rested: number[] = [];
  const run = (args: readonly string[], over: Readonly<Record<string, string>> = {}): Promise<Run> =>
    crmjira({ ...standIns.environment, ...over }, ['sync_jira', ...args], now, async (ms) => void rested.push(ms));
  const rows = (collection: string) => admin.many(collection, { select: [] }, row);
  const offer = (): Promise<void> =>
    admin.changeSet([
      {
        op: 'update',
        collection: 'crmjira_jira_projects',
        id: jiraProjectRowId(connection, '30001'),
        columns: { crmjira_is_offered: true },
      },
    ]);
  return { standIns, run, rows, offer, rested };
}

test('R-1712 sync_jira says what a run will cost, does it with a bar, and says what it did cost', async () => {
  const { run, rows, offer, rested } = await start();
  const first = await run([]);
  expect(first.code).toBe(0);
  expect(first.out).toContain('  projects: 2 found, 2 new, 0 changed, 0 gone\n  issues: 0 read, 0 changed');
  await offer();

  const dry = await run(['--dry-run']);
  expect(dry.code).toBe(3);
  expect(dry.out).toContain('issues: 130 read, 130 to be changed, 0 to be removed, 0 failed');
  expect(await rows('crmjira_jira_issues')).toEqual([]);

  const done = await run([]);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out.split('\n')).toEqual([
    'Jira: about 130 issues of 1 whole project and of what has changed in 0 others; for about 4 requests (138 points) of Jira, 10 requests of Dataverse',
    'Jira  done',
    '  projects: 2 found, 0 new, 0 changed, 0 gone',
    '  issues: 130 read, 130 changed, 0 removed, 0 failed',
    // Counting has cost a request of Jira, and three of Dataverse.
    '  cost: 5 requests (139 points) of Jira, 13 requests of Dataverse',
    '1 organization, 0 failed',
  ]);
  expect(done.statuses).toContain(`Jira PRJ30001 [${'#'.repeat(23)}.......] 100 of 130`);
  expect(done.statuses.at(-1)).toBe('');
  expect(rested).not.toEqual([]);
  expect(await rows('crmjira_jira_issues')).toHaveLength(130);

  const nothing = jsonOf(await run(['--json']));
  expect(nothing).toMatchObject({
    dryRun: false,
    summary: { organizations: 1, failed: 0 },
    organizations: [
      {
        id: connection,
        name: 'Jira',
        estimate: { whole: 0, followed: 1, issues: 0 },
        discovered: { found: 2, added: 0 },
        mirrored: { projects: 1, processed: 0, changed: 0 },
        error: null,
      },
    ],
  });
  expect((await run(['--force'])).out).toContain('issues: 130 read, 0 changed');
  const logs = await rows('crmjira_sync_logs');
  const triggers = logs.map((log) => [log['crmjira_trigger'], log['crmjira_is_dry_run']]);
  expect(triggers.filter(([trigger]) => trigger === SyncTrigger.DryRun)).toEqual(
    Array(2).fill([SyncTrigger.DryRun, true]),
  );
  expect(triggers.filter(([trigger]) => trigger === SyncTrigger.Manual)).toHaveLength(8);
});

test('R-1701 R-1712 sync_jira tests and syncs one organization by name; one that fails ends with 1 and keeps no other back', async () => {
  const { standIns, run, rows } = await start();
  const europe = await secondJira();
  stopLater(() => europe.close());
  await standIns.dataverse.seed(europe.rows);
  const both = await run(['--test-connection'], europe.variables);
  expect(both.code).toBe(0);
  expect(both.out).toMatch(
    /^Jira {2}works: signed in as .+\nJira of Europe {2}works: signed in as .+\n2 organizations, 0 failed$/,
  );
  expect(await rows('crmjira_sync_logs')).toEqual([]);

  const named = await run(['--org', europe.name, '--json'], europe.variables);
  expect(jsonOf(named)).toMatchObject({ organizations: [{ id: europe.id, discovered: { found: 0 } }] });
  const unknown = await run(['--org', 'Nobody’s Jira'], europe.variables);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no active Jira connection') });

  writeFileSync(europe.secretFile, 'another-token-of-the-tests');
  const one = await run([], europe.variables);
  expect(one.code).toBe(1);
  expect(one.out).toMatch(/Jira {2}done\n[^]*Jira of Europe {2}failed: /);
  expect(one.out).toMatch(/2 organizations, 1 failed$/);
  const failed = (await rows('crmjira_sync_logs')).filter((log) => log['crmjira_status'] === SyncStatus.Failed);
  expect(failed.map((log) => [log['crmjira_name'], log['crmjira_error_class']])).toEqual([
    ['Discover projects: Jira of Europe', ErrorClass.Authentication],
  ]);
  expect((await run(['--org', europe.name, '--test-connection'], europe.variables)).code).toBe(1);
});
