import { randomBytes, randomUUID } from 'node:crypto';
import type { Jira } from '../../sandbox/src/jira';
import pino from 'pino';
import { z } from 'zod';
import { connect } from '../../plugins-proxy/src/capabilities/connect';
import { followWorklogs } from '../../plugins-proxy/src/capabilities/time/inbound';
import { pointsOf } from '../../plugins-proxy/src/clients/jira/points';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { platformLimits } from '../../sandbox/src/dataverse';
import { CONNECTION_ID } from '../../sandbox/src/run/directory';
import { SALES_REP } from '../../sandbox/src/seed/people';
import { connectPerson } from '../plugins-proxy/connect-person';
import { issueRow, projectRow } from '../plugins-proxy/jira-rows';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';
import { type SeededWorld, startSeededWorld } from './seeded-world';
import { startMeasuredProxy } from './start-proxy';

const projectId = 61_000;
const issueCount = 20;
const records = 'crmjira_time_records';
/** As in measure-issues.ts: burst limits of Jira Cloud. */
const jiraLimits = { cloud: { capacity: 100, perSecond: 100 }, dc: { capacity: 100, perSecond: 100 } };
const lookEveryMs = 50;
const withinMs = 300_000;
/** A record syncs within this (R-1815). */
const aimMs = 3_000;
const perSecond = 2;
const seconds = 30;
const bulk = 200;

const syncedRow = z.object({ crmjira_time_recordid: z.string() });

/** What Jira was asked by people's clients and the service's, and what it would cost of the hourly quota. */
function createCount() {
  const none = { requests: 0, points: 0, refused: 0 };
  const counts = { ...none };
  return {
    counts,
    reset: (): void => void Object.assign(counts, none),
    watch: ({ app }: Jira): void =>
      void app.addHook('onSend', async (request, reply, payload) => {
        const path = request.url.split('?')[0] ?? '';
        if (!path.startsWith('/rest')) return payload;
        const answer: unknown = typeof payload === 'string' && /^[[{]/.test(payload) ? JSON.parse(payload) : null;
        counts.requests += 1;
        counts.points += pointsOf(
          { method: request.method === 'GET' ? 'GET' : 'POST', path, reads: path.endsWith('/list') },
          answer,
        );
        if (reply.statusCode === 429) counts.refused += 1;
        return payload;
      }),
  };
}

/** A record each minute, which its owner wants in Jira at once. */
const recordWrite = (id: string, n: number) => ({
  ...{ op: 'create' as const, collection: records, id },
  columns: {
    crmjira_subject: `Work ${n}`,
    crmjira_time_in: new Date(Date.UTC(2026, 9, 1) + n * 3_600_000).toISOString(),
    crmjira_time_out: new Date(Date.UTC(2026, 9, 1) + n * 3_600_000 + 1_800_000).toISOString(),
    crmjira_jira_issue_key: issueRow(projectId * 10_000 + (n % issueCount), projectId).key,
    crmjira_sync_requested: true,
    'ownerid@odata.bind': `/systemusers(${SALES_REP.id})`,
  },
});

/** When each record was in Jira, in milliseconds from its beginning. */
async function watch({ admin }: SeededWorld, begun: ReadonlyMap<string, number>, count: number): Promise<number[]> {
  const times = new Map<string, number>();
  const until = performance.now() + withinMs;
  while (times.size < count) {
    if (performance.now() > until) throw new Error(`${times.size} of ${count} records were synced in time`);
    const filter = 'crmjira_jira_synced eq true and crmjira_sync_requested eq false';
    const rows = await admin.many(records, { select: ['crmjira_time_recordid'], filter }, syncedRow);
    for (const { crmjira_time_recordid: id } of rows) {
      const from = begun.get(id);
      if (from !== undefined && !times.has(id)) times.set(id, performance.now() - from);
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return [...times.values()];
}

const atAim = (what: string, measured: string, ms: number, aim: number): BenchRow => ({
  ...{ what, measured, reference: 'the aim', referenceMeasured: milliseconds(aim) },
  ...{ ratio: rounded(ms / aim), aim: '≤ 1' },
});

/** Records of one person: one after another, two hundred at once, and the look for what Jira tells nobody. */
export async function measureTime(): Promise<BenchRow[]> {
  const asked = createCount();
  const limits = { serviceProtection: platformLimits, rateLimits: jiraLimits };
  const world = await startSeededWorld({ projects: 0, ...limits, prepare: asked.watch });
  const SECRETS_KEY = randomBytes(32).toString('base64url');
  const environment: Record<string, string> = { ...world.environment, SECRETS_KEY, REGISTER_STEPS: 'true' };
  const { jira, admin } = world;
  const cost = (of: number): string =>
    `${rounded(asked.counts.requests / of)} requests to Jira and ${rounded(asked.counts.points / of)} points`;
  const places = { admin, jira, jiraUrl: environment['JIRA_URL'] ?? '', siteId: CONNECTION_ID };
  await connectPerson(places, { userId: SALES_REP.id, upn: SALES_REP.upn }, SECRETS_KEY);
  jira.site.projects.put(projectRow(projectId));
  for (let n = 0; n < issueCount; n += 1) jira.site.issues.put(issueRow(projectId * 10_000 + n, projectId));
  const proxy = await startMeasuredProxy(environment);
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(0)]);
    const begun = new Map<string, number>();
    const enter = async (from: number, count: number): Promise<void> => {
      const some = Array.from({ length: count }, (_, n) => recordWrite(randomUUID(), from + n));
      for (const { id } of some) begun.set(id, performance.now());
      await admin.changeSet(some);
    };
    asked.reset();
    const single = perSecond * seconds;
    const watching = watch(world, begun, single);
    const began = performance.now();
    for (let n = 0; n < single; n += 1) {
      const due = began + (1_000 * n) / perSecond - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      await enter(n, 1);
    }
    const times = await watching;
    await proxy.quiet(0);
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
    const rows = [
      atAim(
        `a time record is entered → its worklog is in Jira: ${perSecond}/s for ${seconds} s, p95 of ${single}`,
        `${milliseconds(p95)}, p50 ${milliseconds(p50)}; a record ${cost(single)}`,
        p95,
        aimMs,
      ),
    ];

    asked.reset();
    const bulkBegan = performance.now();
    for (let n = 0; n < bulk; n += 50) await enter(single + n, 50);
    await watch(world, begun, single + bulk);
    const took = performance.now() - bulkBegan;
    await proxy.quiet(0);
    rows.push({
      what: `${bulk} time records at once, ${issueCount} issues`,
      measured: `${asked.counts.refused} answers of 429, ${(took / 1_000).toFixed(1)} s; a record ${cost(bulk)}`,
      ...{ reference: 'the aim', referenceMeasured: 'no answer of 429', ratio: asked.counts.refused, aim: '0' },
    });

    const connections = connect(readConfig(environment), () => new Date());
    try {
      const cursors = new Map<string, string>();
      const store = {
        enqueue: async () => undefined,
        readCursor: async (name: string) => cursors.get(name) ?? null,
        writeCursor: async (name: string, value: string) => void cursors.set(name, value),
      };
      const parts = { ...connections, store, now: () => new Date(), wake: () => undefined };
      const follow = followWorklogs({ ...parts, logger: pino({ level: 'silent' }) }, connections.jira.first);
      await follow();
      asked.reset();
      const lookBegan = performance.now();
      await follow();
      const { requests, points } = asked.counts;
      rows.push({
        what: `the look for what Jira tells nobody, of ${single + bulk} worklogs: every ten minutes`,
        measured: `${milliseconds(performance.now() - lookBegan)}, ${requests} requests to Jira, ${points} points`,
        reference: 'the feed, and a list of a thousand',
        referenceMeasured: '2 requests',
        ratio: rounded(requests / 2),
        aim: '≤ 1',
      });
    } finally {
      await connections.close();
    }
    return rows;
  } finally {
    await proxy.stop();
    await world.close();
  }
}
