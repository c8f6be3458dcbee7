import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { jiraProjectRowId } from '@crmjira/domain';
import { z } from 'zod';
import { platformLimits } from '../../sandbox/src/dataverse';
import { CONNECTION_ID } from '../../sandbox/src/run/directory';
import { crmjira } from '../plugins-proxy/cli-terminal';
import { issueRow, projectRow } from '../plugins-proxy/jira-rows';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';
import { type SeededWorld, startSeededWorld } from './seeded-world';
import { startMeasuredProxy } from './start-proxy';
import { watchHours } from './watch-hours';

/** Issues of one project: as many as a run reads of one unless its connection says otherwise. */
const perProject = 1_000;
const longAgo = '2025-05-02T00:00:00.000Z';
/** Held back by both sides, for every answer. */
const latency = 50;
const linkedProjects = 20;
const perSecond = 5;
const settledMs = 120_000;

const document = z.object({
  organizations: z
    .array(
      z.object({
        mirrored: z.object({ processed: z.number(), changed: z.number(), failed: z.number() }),
        cost: z.object({ jiraRequests: z.number(), jiraPoints: z.number(), dataverseRequests: z.number() }),
      }),
    )
    .min(1),
});

/** What one run of `sync_jira` took, without its rests, and what it asked. */
async function run(world: SeededWorld) {
  const began = performance.now();
  const asked = ['sync_jira', '--json', '--org', CONNECTION_ID];
  const done = await crmjira(
    world.environment,
    asked,
    () => new Date(),
    async () => undefined,
  );
  const [first] = document.parse(JSON.parse(done.out)).organizations;
  if (first === undefined || done.code !== 0) throw new Error(`sync_jira ended with ${done.code}: ${done.out}`);
  return { ms: performance.now() - began, ...first.mirrored, ...first.cost };
}

/** Reads everything again in a process of its own, with its rests, as an administrator has it done: the stand-ins stand in this one. */
async function fillBeside(world: SeededWorld): Promise<void> {
  const cli = join(__dirname, '..', '..', 'plugins-proxy', 'src', 'cli.ts');
  const child = fork(cli, ['sync_jira', '--json', '--org', CONNECTION_ID, '--force'], {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'] ?? '', ...world.environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`sync_jira ended with ${String(code)}`);
}

/** Makes projects with issues, has them discovered and offers them. @returns their ids in Jira */
async function offer(world: SeededWorld, first: number, issues: number): Promise<readonly number[]> {
  const ids = Array.from({ length: Math.ceil(issues / perProject) }, (_, n) => first + n);
  world.jira.site.together(() => {
    for (const [n, id] of ids.entries()) {
      world.jira.site.projects.put(projectRow(id));
      for (let issue = 0; issue < Math.min(perProject, issues - n * perProject); issue += 1)
        world.jira.site.issues.put(issueRow(id * 10_000 + issue, id, { updatedOn: longAgo }));
    }
  });
  await run(world);
  await world.admin.changeSet(
    ids.map((id) => ({
      op: 'update' as const,
      collection: 'crmjira_jira_projects',
      id: jiraProjectRowId(CONNECTION_ID, String(id)),
      columns: { crmjira_is_offered: true },
    })),
  );
  return ids;
}

type Ran = Awaited<ReturnType<typeof run>>;

const costs = ({ jiraRequests, jiraPoints, dataverseRequests }: Ran): string =>
  `${jiraRequests} Jira requests (${jiraPoints} points), ${dataverseRequests} Dataverse requests`;

const row = (what: string, ran: Ran, reference: string, requests: number): BenchRow => ({
  what,
  measured: `${(ran.ms / 1_000).toFixed(1)} s, ${costs(ran)}; ${ran.changed} rows written, ${ran.failed} failed`,
  reference,
  referenceMeasured: `${requests} Jira requests`,
  ratio: rounded(ran.jiraRequests / requests),
  aim: '≤ 1.5',
});

/** First fill and incremental sync, nothing beside them. */
async function measureCosts(issues: number): Promise<BenchRow[]> {
  const world = await startSeededWorld({ projects: 0 });
  try {
    const ids = await offer(world, 50_000, issues);
    await world.slowDown(latency);
    const filled = await run(world);
    const changed = Math.ceil(issues / 100);
    const updatedOn = new Date().toISOString();
    for (let n = 0; n < changed; n += 1) {
      const id = ids[n % ids.length] ?? 0;
      const number = id * 10_000 + Math.floor(n / ids.length);
      world.jira.site.issues.put(issueRow(number, id, { summary: `Changed ${n}`, updatedOn }));
    }
    const followed = await run(world);
    if (filled.changed !== issues || followed.changed !== changed)
      throw new Error(`mirrored ${filled.changed} of ${issues}, then ${followed.changed} of ${changed}`);
    return [
      row(
        `first fill of ${issues} issues of ${ids.length} projects, ${latency} ms on both sides`,
        filled,
        'pages of 100 issues',
        Math.ceil(issues / 100),
      ),
      row(
        `the same, incrementally: ${changed} of them have changed`,
        followed,
        'who, projects, a count, a search of pages',
        3 + Math.ceil(changed / 100),
      ),
    ];
  } finally {
    await world.close();
  }
}

/** Events while nothing is filled, and while issues are, again and again. */
async function measureEventsBeside(issues: number, seconds: number): Promise<BenchRow> {
  const world = await startSeededWorld({ projects: linkedProjects, serviceProtection: platformLimits });
  const proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true' });
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(linkedProjects)]);
    const during = async (beside: () => Promise<void>): Promise<number> => {
      const watch = await watchHours(world);
      const began = performance.now();
      const rest = beside();
      const sent: Promise<void>[] = [];
      for (let n = 0; n < seconds * perSecond; n += 1) {
        const due = began + (1_000 * n) / perSecond - performance.now();
        if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
        const project = world.projects[n % world.projects.length];
        if (project !== undefined) sent.push(watch.log(project));
      }
      await Promise.all(sent);
      await watch.settled(settledMs);
      watch.stop();
      await rest;
      return percentile(watch.times, 0.95);
    };
    const alone = await during(async () => undefined);
    await offer(world, 50_000, issues);
    const until = performance.now() + seconds * 1_000;
    const filling = await during(async () => {
      do await fillBeside(world);
      while (performance.now() < until);
    });
    return {
      what: `worklog → Dataverse row while ${issues} issues are filled, ${perSecond}/s, p95 of ${seconds * perSecond}`,
      measured: milliseconds(filling),
      reference: 'the same while nothing is filled',
      referenceMeasured: milliseconds(alone),
      ratio: rounded(filling / alone),
      aim: '≤ 1.2',
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}

/** The mirror of issues: what it asks of both sides, and what events notice of it. */
export async function measureMirror(size = { issues: 10_000, seconds: 60 }): Promise<BenchRow[]> {
  return [...(await measureCosts(size.issues)), await measureEventsBeside(size.issues, size.seconds)];
}
