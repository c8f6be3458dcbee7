import { dueTimes, loadSizes } from '../../bench/load-profile';
import { exitCodeOf, judge, type LoadReport, specifiedLimits } from '../../bench/load-report';

/** As `npm run load` measures it; the profiles themselves take minutes and are commands of their own. */
const report: LoadReport = {
  profile: 'updates',
  length: 'short',
  seconds: 3,
  actions: 30,
  failedActions: 0,
  responses: { count: 30, p50: 3, p95: 9, p99: 20 },
  failedResponses: 0,
  endToEnd: { count: 30, p50: 300, p95: 400, p99: 500 },
  jira: { count: 60, p50: 2, p95: 5, p99: 9 },
  pool: { mostInUse: 4, size: 16 },
  runs: 6,
};

test('every specified limit is judged, and one that is broken ends the command with 1 (R-1301, R-1306)', () => {
  const generous = { p50: Infinity, p95: Infinity, p99: Infinity, errors: 0.01, endToEnd: Infinity };
  expect(exitCodeOf(judge(report, generous))).toBe(0);
  for (const limit of ['p50', 'p95', 'p99', 'errors', 'endToEnd'] as const) {
    const verdicts = judge(report, { ...generous, [limit]: 0 });
    expect([limit, verdicts.filter(({ kept }) => !kept).length, exitCodeOf(verdicts)]).toEqual([limit, 1, 1]);
  }
  expect(judge(report).map(({ limit }) => limit)).toEqual([2_000, 5_000, 10_000, 0.01, 30_000]);
  expect(specifiedLimits.opportunities.endToEnd).toBe(120_000);
});

test('a profile that has measured nothing keeps no limit', () => {
  const none = { count: 0, p50: 0, p95: 0, p99: 0 };
  const empty = { ...report, actions: 0, responses: none, endToEnd: none, failedActions: 0, failedResponses: 0 };
  expect(judge(empty).every(({ kept }) => !kept)).toBe(true);
});

test('ten users make 20 opportunities a minute for half an hour after rising for five minutes (R-1303)', () => {
  const { full, short } = loadSizes.opportunities;
  expect(full).toMatchObject({ seconds: 1_800, rampUp: 300, users: 10, perSecond: 1 / 3 });
  const due = dueTimes(full);
  expect(due).toHaveLength(550);
  const inMinute = (from: number): number => due.filter((at) => at >= from * 60_000 && at < (from + 1) * 60_000).length;
  expect([0, 1, 2, 3, 4, 5, 20].map(inMinute)).toEqual([2, 6, 10, 14, 18, 20, 20]);
  expect(short.seconds).toBeLessThanOrEqual(60);
});

test('fifty events a second go to a hundred projects for a quarter of an hour (R-1304)', () => {
  const { full, short } = loadSizes.updates;
  expect(full).toMatchObject({ seconds: 900, perSecond: 50, projects: 100 });
  const due = dueTimes(short);
  expect(due).toHaveLength(50 * short.seconds);
  expect(due[50]).toBe(1_000);
  expect(short.seconds).toBeLessThanOrEqual(60);
});
