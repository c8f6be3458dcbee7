import type { StormResult } from './storm';

/** A storm small enough for the suite; the whole one is `npm run storm`. */
export const smallStorm = {
  projects: 6,
  deliveries: 240,
  kills: 3,
  settleWithinMs: 120_000,
  report: () => undefined,
};

/** What every storm has to end with, whatever its size. */
export function judgeStorm(result: StormResult, projects: number): void {
  expect(result.observed).toEqual(result.expected);
  // The oracle has something to say: all three kinds of project, and each crossing once.
  expect(new Set(result.expected.map(({ alerts }) => alerts.join()))).toEqual(new Set(['', '1', '1,2']));
  expect(result.made).toEqual({ projects, mappings: projects });
  expect(result.dead).toBe(0);
  // Acknowledged means kept: each delivery once, its repeats counted to it.
  expect(result.stored).toBe(result.deliveries.distinct);
  expect(result.deliveries.sent).toBeGreaterThan(result.deliveries.distinct);
  expect(result.overlaps).toEqual([]);
  expect(result.judged).toBeGreaterThan(projects * 10);
  expect(new Set(result.dailySyncs).size).toBe(result.dailySyncs.length);
  expect(result.dailySyncs.length).toBeGreaterThan(0);
}
