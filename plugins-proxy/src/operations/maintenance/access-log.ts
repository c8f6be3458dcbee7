import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { limitLines } from '../../platform/log/limit-lines';
import { callerOf } from '../../platform/log/caller';
import { afterAnswersOf } from '../metrics/after-answers-of';
import type { Archive } from '../retention/archive/archive';

const hourMs = 3_600_000;
const keepMs = 400 * 24 * hourMs;

/** Entry points, by the beginning of their routes. Health and readiness tell nothing about anybody. */
const entryPoints = {
  '/api/jira/': 'api',
  '/rest/': 'connector',
  '/connector/': 'connector',
  '/relay/': 'relay',
  '/webhooks/': 'webhooks',
  '/metrics': 'metrics',
} as const;
type EntryPoint = (typeof entryPoints)[keyof typeof entryPoints];

const counts = z.object({ reads: z.number(), writes: z.number(), refused: z.number() });
const hourOfAccess = z.partialRecord(z.enum(['api', 'connector', 'relay', 'webhooks', 'metrics']), counts);
/** What came through each entry point: reads, writes, and callers that were refused. */
export type AccessCounts = z.output<typeof hourOfAccess>;

/** Counts who came and who was refused, kept by the hour for the compliance report (R-1231). */
export interface AccessRecorder {
  count(entryPoint: EntryPoint, what: 'reads' | 'writes' | 'refused'): void;
  write(): Promise<void>;
}

export function createAccessRecorder(archive: Archive, replica: string, now: () => Date): AccessRecorder {
  const hours = new Map<number, AccessCounts>();
  const hourOf = (): number => Math.floor(now().getTime() / hourMs) * hourMs;
  return {
    count: (entryPoint, what) => {
      const at = hourOf();
      let hour = hours.get(at);
      if (hour === undefined) hours.set(at, (hour = {}));
      (hour[entryPoint] ??= { reads: 0, writes: 0, refused: 0 })[what] += 1;
    },
    write: async () => {
      // Also an hour in which nobody came: that nothing is known and that nobody came are two things.
      if (!hours.has(hourOf())) hours.set(hourOf(), {});
      for (const [hour, content] of hours) {
        await archive.record({ kind: 'access', id: `${new Date(hour).toISOString()} ${replica}`, at: hour, content });
        if (hour !== hourOf()) hours.delete(hour);
      }
      await archive.dropRecords('access', hourOf() - keepMs);
    },
  };
}

/** Sums of all replicas; null when nothing was recorded in that time. */
export async function readAccess(archive: Archive, from: number, to: number): Promise<AccessCounts | null> {
  const hours = await archive.records('access', from, to);
  if (hours.length === 0) return null;
  const sums: AccessCounts = {};
  for (const { content } of hours)
    for (const [entryPoint, { reads, writes, refused }] of Object.entries(hourOfAccess.parse(content)) as [
      EntryPoint,
      z.output<typeof counts>,
    ][]) {
      const known = sums[entryPoint] ?? { reads: 0, writes: 0, refused: 0 };
      sums[entryPoint] = {
        reads: known.reads + reads,
        writes: known.writes + writes,
        refused: known.refused + refused,
      };
    }
  return sums;
}

const entryPointOf = (url: string): EntryPoint | null =>
  Object.entries(entryPoints).find(([prefix]) => url.startsWith(prefix))?.[1] ?? null;

/** Counts one answered request. */
export function countAccess(
  recorder: Pick<AccessRecorder, 'count'>,
  entryPoint: EntryPoint,
  method: string,
  status: number,
): void {
  const refused = status === 401 || status === 403;
  const reads = method === 'GET' || method === 'HEAD';
  recorder.count(entryPoint, refused ? 'refused' : reads ? 'reads' : 'writes');
}

/**
 * One log line for every request of connector and API: who, which operation, which record, how it ended (R-1230); no query, no body.
 * The relay writes its own. Everything is counted. To be called before the routes are registered.
 */
export function logAccess(app: FastifyInstance, recorder: Pick<AccessRecorder, 'count'>): void {
  const refusedLines = limitLines();
  afterAnswersOf(app, (url) => {
    const entryPoint = entryPointOf(url);
    if (entryPoint === null) return null;
    return (request, reply) => {
      const status = reply.statusCode;
      countAccess(recorder, entryPoint, request.method, status);
      if (entryPoint !== 'connector' && entryPoint !== 'api') return;
      const caller = callerOf(request);
      // Who was let in always has a line.
      const line = caller === null ? refusedLines('refused') : {};
      if (line !== null)
        request.log.info(
          { caller, method: request.method, route: url, record: request.params, status, ...line },
          'access',
        );
    };
  });
}
