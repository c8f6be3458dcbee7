import { jobsOf, today } from '../../../webresources/src/pages/integration-health/health-figures';
import { type RetryState, progressOf } from '../../../webresources/src/pages/integration-health/retry-progress';
import { integrationHealthTexts } from '../../../webresources/src/strings/generated/integration-health';
import { sayIn } from '../../../webresources/src/pages/platform/page-words';

const say = sayIn(integrationHealthTexts, 1033);
const states = (kinds: Readonly<Record<string, RetryState['kind']>>) =>
  new Map(Object.entries(kinds).map(([id, kind]) => [id, { kind, text: '' }]));

test.each([
  [{ a: 'running', b: 'waiting' }, 'Retrying: 0 of 2 answered.'],
  [{ a: 'done', b: 'running' }, 'Retrying: 1 of 2 answered.'],
  [{ a: 'done', b: 'refused' }, 'Retried: 1 of 2 succeeded.'],
] as const)('R-1104 how far "Retry all" is: %j', (kinds, words) => {
  expect(progressOf(['a', 'b'], states(kinds), say)).toBe(words);
});

test('R-1104 the tiles: unknown is not 0, and several connections are one figure', () => {
  expect(jobsOf([])).toEqual({ waiting: null, dead: null });
  expect(jobsOf([{ waiting: null, dead: null }])).toEqual({ waiting: null, dead: null });
  expect(
    jobsOf([
      { waiting: 2, dead: 0 },
      { waiting: 3, dead: null },
    ]),
  ).toEqual({ waiting: 5, dead: 0 });
  const volume = [
    { day: '2025-05-15', operation: 1, rows: 7 },
    { day: '2025-05-16', operation: 1, rows: 2 },
    { day: '2025-05-16', operation: 2, rows: 3 },
  ] as const;
  expect(today(volume, '2025-05-16T00:00:00Z')).toBe(5);
});
