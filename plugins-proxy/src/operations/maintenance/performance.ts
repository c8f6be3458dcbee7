import {
  addHistograms,
  baselineDays,
  type BaselineVerdict,
  compareWithBaseline,
  degradationPercent,
  type PerformanceFigures,
  percentile,
  stepOf,
} from '@crmjira/domain';
import { z } from 'zod';
import type { OutgoingCall } from '../metrics/watch-outgoing';
import type { Archive } from '../retention/archive/archive';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Figures are compared over 8 days and summed over a month. */
const keepMs = 40 * dayMs;

const side = z.object({ calls: z.number(), errors: z.number(), seconds: z.number() });
/** What one replica saw in one hour. */
const hourFigures = z.object({
  /** Durations of calls to Jira, as a histogram of `@crmjira/domain`. */
  jira: z.record(z.string(), z.number()),
  /** Runs of jobs that ended well. */
  done: z.number(),
  sides: z.record(z.string(), side),
});
export type HourFigures = z.output<typeof hourFigures>;

/** Collects a replica's figures and keeps them by the hour, so that a restart or another replica loses nothing (R-1111). */
export interface PerformanceRecorder {
  call(call: OutgoingCall): void;
  done(): void;
  /** Writes the hours that have changed. */
  write(): Promise<void>;
}

/** @param replica tells the figures of replicas apart; a process that starts again is another one */
export function createPerformanceRecorder(archive: Archive, replica: string, now: () => Date): PerformanceRecorder {
  const hours = new Map<number, HourFigures>();
  const current = () => {
    const hour = Math.floor(now().getTime() / hourMs) * hourMs;
    const known = hours.get(hour);
    if (known !== undefined) return known;
    const begun: HourFigures = { jira: {}, done: 0, sides: {} };
    hours.set(hour, begun);
    return begun;
  };
  return {
    call: ({ side: name, status, seconds }) => {
      const { jira, sides } = current();
      const known = (sides[name] ??= { calls: 0, errors: 0, seconds: 0 });
      known.calls += 1;
      if (status === '5xx' || status === 'none') known.errors += 1;
      known.seconds += seconds;
      if (name !== 'jira') return;
      const step = stepOf(seconds * 1_000);
      jira[step] = (jira[step] ?? 0) + 1;
    },
    done: () => {
      current().done += 1;
    },
    write: async () => {
      const open = Math.floor(now().getTime() / hourMs) * hourMs;
      for (const [hour, content] of hours) {
        await archive.record({ kind: 'figures', id: `${new Date(hour).toISOString()} ${replica}`, at: hour, content });
        if (hour !== open) hours.delete(hour);
      }
      await archive.dropRecords('figures', open - keepMs);
    },
  };
}

/** Figures of all replicas from one moment to another. */
export async function readFigures(archive: Archive, from: number, to: number): Promise<HourFigures> {
  const hours = (await archive.records('figures', from, to)).map(({ content }) => hourFigures.parse(content));
  const sides: Record<string, z.output<typeof side>> = {};
  for (const hour of hours)
    for (const [name, { calls, errors, seconds }] of Object.entries(hour.sides)) {
      const known = sides[name] ?? { calls: 0, errors: 0, seconds: 0 };
      sides[name] = { calls: known.calls + calls, errors: known.errors + errors, seconds: known.seconds + seconds };
    }
  return {
    jira: addHistograms(hours.map(({ jira }) => jira)),
    done: hours.reduce((sum, { done }) => sum + done, 0),
    sides,
  };
}

/** Compares the last 24 whole hours with the seven days before (R-1111). */
export async function readBaselineVerdict(
  archive: Archive,
  now: Date,
  percent = degradationPercent,
): Promise<BaselineVerdict> {
  const end = Math.floor(now.getTime() / hourMs) * hourMs;
  const days = await Promise.all(
    Array.from({ length: baselineDays + 1 }, async (_, back): Promise<PerformanceFigures> => {
      const { jira, done, sides } = await readFigures(archive, end - (back + 1) * dayMs, end - back * dayMs);
      // No call at all: the service did not run, which is no slow day.
      const ran = Object.keys(sides).length > 0 || done > 0;
      return { p95Ms: percentile(jira, 0.95), throughput: ran ? done : null };
    }),
  );
  const [last, ...before] = days;
  return compareWithBaseline(last ?? { p95Ms: null, throughput: null }, before, percent);
}
