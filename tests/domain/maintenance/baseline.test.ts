import { addHistograms, compareWithBaseline, percentile, stepOf } from '@crmjira/domain';
import fc from 'fast-check';

const days = (n: number, p95Ms: number | null = 1_000, throughput: number | null = 10) =>
  Array.from({ length: n }, () => ({ p95Ms, throughput }));

describe('R-1111 the last 24 hours against the seven days before', () => {
  test.each([
    ['as always', { p95Ms: 1_000, throughput: 10 }, days(7), 'usual'],
    ['exactly 20 % slower', { p95Ms: 1_200, throughput: 10 }, days(7), 'usual'],
    ['more than 20 % slower', { p95Ms: 1_201, throughput: 10 }, days(7), 'worse'],
    ['exactly 20 % less', { p95Ms: 1_000, throughput: 8 }, days(7), 'usual'],
    ['more than 20 % less', { p95Ms: 1_000, throughput: 7.9 }, days(7), 'worse'],
    ['faster and more', { p95Ms: 100, throughput: 100 }, days(7), 'usual'],
    ['two days of history', { p95Ms: 9_000, throughput: 1 }, days(2), 'unknown'],
    ['three days of history', { p95Ms: 9_000, throughput: 1 }, days(3), 'worse'],
    [
      'seven days of which two were measured',
      { p95Ms: 9_000, throughput: 1 },
      [...days(2), ...days(5, null, null)],
      'unknown',
    ],
    ['nothing measured in the last 24 hours', { p95Ms: null, throughput: null }, days(7), 'unknown'],
    ['no history', { p95Ms: 1, throughput: 1 }, [], 'unknown'],
  ] as const)('%s', (_name, last, before, verdict) => {
    expect(compareWithBaseline(last, before).verdict).toBe(verdict);
  });

  test('only the seven days before count, and the mean is theirs', () => {
    const before = [...days(6, 1_000), ...days(1, 8_000), ...days(7, 100_000)];
    expect(compareWithBaseline({ p95Ms: 2_500, throughput: 10 }, before)).toEqual({
      verdict: 'worse',
      days: 7,
      slowerPercent: 25,
      lessPercent: 0,
    });
  });
});

test('R-1111 percentiles of summed histograms are those of all durations, to 2 %', () => {
  const durations = fc.array(fc.integer({ min: 2, max: 600_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(durations, durations, (one, other) => {
      const histogram = (all: readonly number[]) => addHistograms(all.map((ms) => ({ [stepOf(ms)]: 1 })));
      const sorted = [...one, ...other].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
      const found = percentile(addHistograms([histogram(one), histogram(other)]), 0.95) ?? 0;
      return found >= exact * 0.97 && found <= exact * 1.03 + 0.1;
    }),
  );
  expect(percentile({}, 0.95)).toBeNull();
});
