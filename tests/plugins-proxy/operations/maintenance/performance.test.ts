import {
  createPerformanceRecorder,
  readBaselineVerdict,
  readFigures,
} from '../../../../plugins-proxy/src/operations/maintenance/performance';
import { performance } from '../../../../plugins-proxy/src/operations/maintenance/checks/daily-checks';
import type { MaintenanceContext } from '../../../../plugins-proxy/src/operations/maintenance/maintenance-context';
import { defaultThresholds } from '../../../../plugins-proxy/src/platform/config/thresholds';
import { openArchive } from '../../../../plugins-proxy/src/operations/retention/archive/open-archive';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const end = Date.parse('2025-03-10T06:00:00Z');

/** Calls of 1 s and runs in each hour of the days before `end`, and others in the last 24 hours. */
async function history(days: number, last: { readonly seconds: number; readonly runs: number }) {
  const archive = await openArchive({ kind: 'sqlite', file: ':memory:' });
  let now = 0;
  const recorders = ['one', 'two'].map((name) => createPerformanceRecorder(archive, name, () => new Date(now)));
  for (now = end - (days + 1) * dayMs; now < end; now += hourMs) {
    const { seconds, runs } = now >= end - dayMs ? last : { seconds: 1, runs: 10 };
    for (const recorder of recorders) {
      recorder.call({ side: 'jira', status: '2xx', seconds });
      recorder.call({ side: 'dataverse', status: '5xx', seconds: 9 });
      for (let n = 0; n < runs; n += 1) recorder.done();
      await recorder.write();
    }
  }
  return archive;
}

test.each([
  [7, { seconds: 1, runs: 10 }, 'usual'],
  [7, { seconds: 1.3, runs: 10 }, 'worse'],
  [7, { seconds: 1, runs: 7 }, 'worse'],
  [2, { seconds: 5, runs: 1 }, 'unknown'],
  [3, { seconds: 5, runs: 1 }, 'worse'],
] as const)('R-1111 with %i days before and %j in the last: %s', async (days, last, verdict) => {
  const archive = await history(days, last);
  expect(await readBaselineVerdict(archive, new Date(end + 59_000))).toMatchObject({ verdict, days });
  await archive.close();
});

test('R-1111 crmjira_DegradationPercent decides what is worse', async () => {
  const archive = await history(7, { seconds: 1.3, runs: 10 });
  const now = new Date(end + 59_000);
  expect(await readBaselineVerdict(archive, now, 40)).toMatchObject({ verdict: 'usual' });
  expect(await readBaselineVerdict(archive, now, 10)).toMatchObject({ verdict: 'worse' });
  const found = async (DegradationPercent: number) =>
    // The check looks at nothing else.
    performance({
      archive,
      now: () => now,
      environmentSettings: { settings: async () => ({ thresholds: { ...defaultThresholds, DegradationPercent } }) },
    } as unknown as MaintenanceContext);
  expect(await found(40)).toMatchObject({ outcome: 'fine' });
  expect(await found(10)).toMatchObject({ outcome: 'finding' });
  await archive.close();
});

test('figures of two replicas and many hours add up, and what is old goes', async () => {
  const archive = await history(7, { seconds: 1, runs: 10 });
  const figures = await readFigures(archive, end - dayMs, end);
  expect(figures.done).toBe(24 * 2 * 10);
  expect(figures.sides).toEqual({
    jira: { calls: 48, errors: 0, seconds: 48 },
    dataverse: { calls: 48, errors: 48, seconds: 48 * 9 },
  });
  const later = createPerformanceRecorder(archive, 'later', () => new Date(end + 45 * dayMs));
  await later.write();
  expect(await archive.records('figures', 0, end + dayMs)).toEqual([]);
  await archive.close();
});

test('the open hour is written again and again and counts once', async () => {
  const archive = await openArchive({ kind: 'sqlite', file: ':memory:' });
  const recorder = createPerformanceRecorder(archive, 'one', () => new Date(end));
  for (let n = 0; n < 3; n += 1) {
    recorder.done();
    await recorder.write();
  }
  expect((await readFigures(archive, end, end + 1)).done).toBe(3);
  await archive.close();
});
