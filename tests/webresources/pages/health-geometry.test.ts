import { donut } from '../../../webresources/src/pages/integration-health/geometry/donut';
import { lineChart, niceTop } from '../../../webresources/src/pages/integration-health/geometry/line-chart';

const base = {
  days: ['2025-05-14', '2025-05-15', '2025-05-16'],
  width: 560,
  height: 216,
  left: 40,
  right: 120,
  number: String,
  day: (day: string) => day,
};

test.each([
  [0, 4],
  [1, 4],
  [3, 4],
  [11, 20],
  [100, 200],
  [1_588, 2_000],
  [2_001, 4_000],
])('the axis for %i ends at %i: four round steps', (value, top) => {
  expect(niceTop(value)).toBe(top);
  expect(niceTop(value)).toBeGreaterThanOrEqual(value);
});

test('y starts at 0 and a line runs from the first day to the last', () => {
  const { plot, rows, paths } = lineChart({ ...base, lines: [[0, 10, 20]] });
  expect(rows[0]).toMatchObject({ value: 0, at: plot.bottom });
  expect(rows.at(-1)).toMatchObject({ value: 20, at: plot.top });
  expect(paths[0]).toBe(`M${plot.left} ${plot.bottom}L240 102L${plot.right} ${plot.top}`);
});

test('labels of lines that end at the same value do not meet', () => {
  const { ends } = lineChart({ ...base, lines: [[0], [0], [0]].map(([end]) => [1, 1, end ?? 0]) });
  const [first = 0, second = 0, third = 0] = [...ends].sort((one, other) => other - one);
  expect(first - second).toBeGreaterThanOrEqual(16);
  expect(second - third).toBeGreaterThanOrEqual(16);
});

test('the newest day is always named', () => {
  const days = Array.from({ length: 30 }, (_, index) => `day ${index}`);
  const { days: named } = lineChart({ ...base, days, lines: [] });
  expect(named.map(({ text }) => text)).toEqual(['day 1', 'day 8', 'day 15', 'day 22', 'day 29']);
});

test('one day alone stands at the right edge, and no line at all is no NaN', () => {
  const { paths, plot } = lineChart({ ...base, days: ['2025-05-16'], lines: [[7]] });
  expect(paths[0]).toMatch(new RegExp(`^M${plot.right} `));
  expect(JSON.stringify(lineChart({ ...base, days: [], lines: [] }))).not.toMatch(/null|NaN/);
});

test('a ring begins at the top; a part of nothing is not drawn; one part alone is whole', () => {
  const [half, nothing, other] = donut({ parts: [1, 0, 1], size: 100, hole: 30 });
  expect(half).toBe('M50 1A49 49 0 0 1 50 99L50 80A30 30 0 0 0 50 20Z');
  expect(nothing).toBe('');
  expect(other).toMatch(/^M50 99A49 49 0 0 1 50 1L50 20/);
  const [whole] = donut({ parts: [5], size: 100, hole: 30 });
  expect(whole?.match(/M/g)).toHaveLength(2);
  expect(donut({ parts: [0, 0], size: 100, hole: 30 }).join('')).toBe('');
});
