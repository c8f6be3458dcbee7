import fc from 'fast-check';
import {
  axisMaximum,
  dayRange,
  gridAmounts,
  monthStarts,
  scale,
} from '../../../controls/budget-burn/src/geometry/axis';
import { bullet } from '../../../controls/budget-burn/src/geometry/bullet';
import { burnUp } from '../../../controls/budget-burn/src/geometry/burn-up';
import type { ChartData, ChartForecast, ChartMilestone } from '../../../controls/budget-burn/src/geometry/chart-data';
import type { Measure } from '../../../controls/budget-burn/src/geometry/measure';
import { milestones } from '../../../controls/budget-burn/src/geometry/milestone-marks';
import type { Picture, Shape } from '../../../controls/budget-burn/src/geometry/shapes';
import { chartWidths } from '../../../controls/budget-burn/src/geometry/widths';
import { dayNumber } from '../../../domain/src/budget/forecast/days';

/** Six pixels a character: near to the real fonts, and the same on every machine. */
const measure: Measure = (text) => text.length * 6;

/** E3 as in the mockups: 212,500 of 250,000, forecast 238,750 to 259,146, 121 days. */
const first = dayNumber('2025-01-15');
const today = dayNumber('2025-05-16');
const forecast: ChartForecast = {
  low: 238_750,
  high: 259_146.34,
  label: 'Forecast $238,750 – $259,146',
  short: 'Forecast $239K–$259K',
  lines: ['Forecast', '$259,146', '$238,750'],
};
const e3: ChartData = {
  approved: 250_000,
  spent: 212_500,
  tone: 'warn',
  warningShare: 0.8,
  forecast,
  maximum: axisMaximum(250_000, 259_146.34, 212_500),
  grid: [
    { amount: 0, label: '$0' },
    { amount: 100_000, label: '$100K' },
    { amount: 200_000, label: '$200K' },
  ],
  range: dayRange(first, today, dayNumber('2025-06-19')),
  months: [dayNumber('2025-02-01'), dayNumber('2025-03-01'), dayNumber('2025-04-01')].map((day) => ({
    day,
    label: 'Mon',
  })),
  today,
  history: [
    { day: first, spent: 45_000 },
    { day: dayNumber('2025-04-16'), spent: 175_750 },
    { day: today, spent: 212_500 },
  ],
  steps: [{ day: first, amount: 250_000, label: 'Approved' }],
  paces: { slowest: 1_093.75, centre: 1_225, fastest: 1_535.71 },
  milestones: [
    { day: dayNumber('2025-03-28'), name: 'Release 1.0', title: 'Release 1.0 · Mar 28, 2025', released: true },
    { day: dayNumber('2025-06-13'), name: 'Release 2.0', title: 'Release 2.0 · Jun 13, 2025', released: false },
  ],
  labels: {
    warning: '80%',
    full: '100%',
    fullLong: '100% · Approved $250,000',
    spentShare: 'Spent 85.0%',
    spent: 'Spent',
    today: 'Today',
    approvedShort: 'Approved $250K',
    runOut: 'Jun 16',
  },
};

function planned(day: number, name: string): ChartMilestone {
  return { day, name, title: name, released: false };
}

function all<Tag extends Shape['tag']>(picture: Picture, tag: Tag, name: string): Extract<Shape, { tag: Tag }>[] {
  return picture.shapes.filter(
    (shape): shape is Extract<Shape, { tag: Tag }> =>
      shape.tag === tag && shape.className.split(' ')[0] === `crmjira-${name}`,
  );
}

function one<Tag extends Shape['tag']>(picture: Picture, tag: Tag, name: string): Extract<Shape, { tag: Tag }> {
  const found = all(picture, tag, name);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} shapes ${tag} ${name}`);
  return found[0];
}

function labelled(picture: Picture, text: string): Extract<Shape, { tag: 'text' }> {
  const found = picture.shapes.find((shape) => shape.tag === 'text' && shape.children === text);
  if (found?.tag !== 'text') throw new Error(`no label ${text}`);
  return found;
}

function ends(label: Extract<Shape, { tag: 'text' }>): readonly [number, number] {
  const width = measure(label.children, 'label');
  const left = { start: label.x, middle: label.x - width / 2, end: label.x - width }[label.textAnchor];
  return [left, left + width];
}

function numbers(path: { readonly d: string }): number[] {
  return (path.d.match(/-?[\d.]+/g) ?? []).map(Number);
}

describe('axis', () => {
  it('leaves room beyond the approved amount and for everything beyond it', () => {
    expect(axisMaximum(250_000, 0, 0)).toBeCloseTo(287_500);
    expect(axisMaximum(250_000, 288_462, 150_000)).toBeCloseTo(1.04 * 288_462);
    expect(axisMaximum(250_000, 0, 400_000)).toBeCloseTo(416_000);
    expect(axisMaximum(0, 0, 0)).toBe(1);
  });

  it('grid lines are round amounts from 0', () => {
    expect(gridAmounts(287_500)).toEqual([0, 100_000, 200_000]);
    expect(gridAmounts(1.04 * 288_462)).toEqual([0, 100_000, 200_000, 300_000]);
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), (maximum) => {
        const amounts = gridAmounts(maximum);
        expect(amounts[0]).toBe(0);
        expect(amounts.length).toBeGreaterThanOrEqual(2);
        expect(amounts.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('days run to a tenth after the slowest run-out, at least six weeks', () => {
    expect(dayRange(0, 121, 155)).toEqual([0, 171]);
    expect(dayRange(0, 5, 5)).toEqual([0, 44]);
  });

  it('months are marked where they begin', () => {
    const days = monthStarts(dayNumber('2024-12-15'), dayNumber('2025-03-01'));
    expect(days).toEqual([dayNumber('2025-01-01'), dayNumber('2025-02-01')]);
  });

  it('a scale of no length stays where it starts', () => expect(scale(5, 5, 10, 20)(7)).toBe(10));
});

describe('bullet', () => {
  it('stands as drawn in the mockup of E3', () => {
    const picture = bullet(e3, 614, true, measure);
    expect(one(picture, 'rect', 'track')).toMatchObject({ x: 1, y: 22, width: 532.2, height: 20 });
    expect(one(picture, 'rect', 'bar')).toMatchObject({
      x: 1,
      y: 26,
      width: 452.3,
      height: 12,
      className: 'crmjira-bar crmjira-fill-warn',
    });
    expect(one(picture, 'rect', 'band')).toMatchObject({ x: 509.2, y: 22, width: 43.4, height: 20 });
    expect(one(picture, 'path', 'tick').d).toBe('M 426.7 17 V 42');
    expect(one(picture, 'path', 'marker').d).toBe('M 533.2 16 V 47');
    expect(picture.height).toBe(63);
  });

  it('draws a bar that can be seen for the first cent, and none for nothing', () => {
    expect(one(bullet({ ...e3, spent: 0.01 }, 614, true, measure), 'rect', 'bar').width).toBe(2);
    expect(all(bullet({ ...e3, spent: 0 }, 614, true, measure), 'rect', 'bar')).toEqual([]);
  });

  it('keeps a narrow forecast at least 8 wide around its middle', () => {
    const picture = bullet({ ...e3, forecast: { ...forecast, low: 240_000, high: 240_001 } }, 614, true, measure);
    const band = one(picture, 'rect', 'band');
    expect(band.width).toBe(8);
    expect(band.x + 4).toBeCloseTo(1 + (240_000.5 / 287_500) * 612, 0);
  });

  it('ends the spent label at its bar; where labels meet, spent moves left', () => {
    const free = bullet({ ...e3, spent: 100_000 }, 614, true, measure);
    expect(ends(labelled(free, 'Spent 85.0%'))[1]).toBeCloseTo(1 + (100_000 / 287_500) * 612, 0);
    const tight = bullet(e3, 274, false, measure);
    const spent = ends(labelled(tight, 'Spent 85.0%'));
    const forecast = ends(labelled(tight, 'Forecast $239K–$259K'));
    expect(spent[1]).toBeLessThanOrEqual(forecast[0] - 12 + 0.1);
    expect(spent[0]).toBeGreaterThanOrEqual(0);
  });

  it('shortens the label of the approved amount where it would run into the warning', () => {
    expect(labelled(bullet(e3, 614, true, measure), '100% · Approved $250,000')).toBeDefined();
    expect(labelled(bullet({ ...e3, warningShare: 0.99 }, 614, true, measure), '100%')).toBeDefined();
  });

  it('never draws outside its width nor a number that is none', () => {
    const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.option(fc.tuple(amount, amount)),
        fc.integer({ min: 274, max: 1200 }),
        (approved, spent, range, width) => {
          const between = range && { ...forecast, low: Math.min(...range), high: Math.max(...range) };
          const maximum = axisMaximum(approved, between?.high ?? 0, spent);
          const picture = bullet({ ...e3, approved, spent, forecast: between, maximum }, width, width > 420, measure);
          for (const shape of picture.shapes) {
            if (shape.tag === 'rect') {
              expect(shape.width).toBeGreaterThanOrEqual(0);
              expect(shape.x).toBeGreaterThanOrEqual(-4);
              expect(shape.x + shape.width).toBeLessThanOrEqual(width + 4);
            }
            if (shape.tag === 'text') {
              const [left, right] = ends(shape);
              expect(Number.isFinite(left)).toBe(true);
              // The two labels that stand on marks near the left edge may be cut by half at most.
              if (shape.textAnchor === 'start') expect(left).toBeGreaterThanOrEqual(-0.1);
              expect(right).toBeLessThanOrEqual(width + 13);
            }
            if (shape.tag === 'path') for (const value of numbers(shape)) expect(Number.isFinite(value)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('burn-up', () => {
  const picture = burnUp(e3, 614, 168, false, measure);

  it('runs from 0 to the maximum and from the first day to the end', () => {
    const base = all(picture, 'path', 'base')[0];
    expect(base && numbers(base)).toEqual([36, 132, 614 - 62]);
    expect(labelled(picture, '$0').y).toBe(136);
    const [x, y] = [one(picture, 'circle', 'dot').cx, one(picture, 'circle', 'dot').cy];
    expect(x).toBeCloseTo(36 + (121 / 171) * (552 - 36), 0);
    expect(y).toBeCloseTo(132 - (212_500 / 287_500) * 116, 0);
  });

  it('the circle stands where the centre pace meets the approved amount, the bar between the crossings', () => {
    const circle = one(picture, 'circle', 'runout');
    const day = 121 + 37_500 / 1_225;
    expect(circle.cx).toBeCloseTo(36 + (day / 171) * 516, 0);
    const [from, , to] = numbers(one(picture, 'path', 'runoutbar'));
    expect(from).toBeLessThan(circle.cx);
    expect(to).toBeGreaterThan(circle.cx);
    expect(labelled(picture, 'Jun 16').x).toBe(circle.cx + 6);
  });

  it('the fan stops at the forecast’s high end, and at the edge when the slowest pace needs longer', () => {
    const top = 132 - (259_146.34 / e3.maximum) * 116;
    const tops = numbers(one(picture, 'path', 'cone')).filter((_, index) => index % 2 === 1);
    expect(Math.min(...tops)).toBeCloseTo(top, 0);
    const slow = burnUp({ ...e3, paces: { slowest: 10, centre: 1_225, fastest: 1_535 } }, 614, 168, false, measure);
    const xs = numbers(one(slow, 'path', 'cone')).filter((_, index) => index % 2 === 0);
    expect(Math.max(...xs)).toBeLessThanOrEqual(552.1);
  });

  it('draws no fan without a pace, when over budget or without a forecast', () => {
    for (const change of [{ paces: null }, { spent: 260_000 }, { forecast: null }])
      expect(all(burnUp({ ...e3, ...change }, 614, 168, false, measure), 'path', 'cone')).toEqual([]);
  });

  it('steps the approved line and labels each step', () => {
    const stepped = burnUp(
      {
        ...e3,
        steps: [
          { day: first, amount: 200_000, label: 'Approved $200K' },
          { day: first + 40, amount: 250_000, label: '+$50K' },
        ],
      },
      614,
      168,
      false,
      measure,
    );
    expect(one(stepped, 'path', 'approved').d).toMatch(/^M 36 [\d.]+ H [\d.]+ V [\d.]+ H 552$/);
    expect(labelled(stepped, '+$50K').y).toBeLessThan(labelled(stepped, 'Approved $200K').y);
  });

  it('keeps two amounts of the forecast a line apart and inside the picture', () => {
    const [title, high, low] = ['Forecast', '$259,146', '$238,750'].map((text) => labelled(picture, text).y);
    expect((low ?? 0) - (high ?? 0)).toBeGreaterThanOrEqual(14);
    expect(title).toBeGreaterThanOrEqual(10);
  });

  it('in one column: no axis texts, no milestones, every second month, the amount beside the line', () => {
    const narrow = burnUp(e3, 274, 132, true, measure);
    const texts = narrow.shapes.flatMap((shape) => (shape.tag === 'text' ? [shape.children] : []));
    expect(texts).toEqual(expect.arrayContaining(['Approved $250K', 'Today', 'Spent', 'Jun 16']));
    expect(texts).not.toEqual(expect.arrayContaining(['$100K']));
    expect(texts.filter((text) => text === 'Mon')).toHaveLength(2);
    expect(texts).not.toContain('Release 1.0');
  });

  it('fills the diamond of a released version, and leaves out a name that has no room between others', () => {
    expect(all(picture, 'path', 'released')).toHaveLength(1);
    expect(all(picture, 'path', 'planned')).toHaveLength(1);
    const close = {
      ...e3,
      milestones: [1, 2, 3].map((index) => planned(first + 30 + index, `Release ${index}`)),
    };
    const crowded = burnUp(close, 614, 168, false, measure);
    expect(all(crowded, 'path', 'planned')).toHaveLength(3);
    const names = crowded.shapes.filter((shape) => shape.tag === 'text' && shape.children.startsWith('Release'));
    expect(names.map((shape) => shape.tag === 'text' && shape.children)).toEqual(['Release 1', 'Release 3']);
  });

  it('puts what is spent beside the last point while the line is short', () => {
    const young = burnUp(
      { ...e3, today: first + 5, history: [{ day: first + 5, spent: 46_000 }], spent: 46_000, paces: null },
      614,
      168,
      false,
      measure,
    );
    expect(labelled(young, 'Spent').x).toBeCloseTo(one(young, 'circle', 'dot').cx + 10);
  });
});

describe('names of milestones', () => {
  const named = (marks: readonly ChartMilestone[], width = 614) =>
    milestones(marks, (day) => day, 100, width, measure).filter((shape) => shape.tag === 'text');

  it('stand right of their diamond, left of it where the right is taken, whole as long as one side is free', () => {
    const [left, right] = named([planned(200, 'Release 1'), planned(210, 'Release 2')]);
    expect(left).toMatchObject({ x: 192, textAnchor: 'end', children: 'Release 1' });
    expect(right).toMatchObject({ x: 218, textAnchor: 'start', children: 'Release 2' });
    expect(named([planned(590, 'Release 3')])[0]).toMatchObject({ textAnchor: 'end', children: 'Release 3' });
  });

  it('are left to the title of the diamond where neither side holds them', () => {
    expect(named([planned(20, 'Release 1'), planned(40, 'Release 2'), planned(60, 'Release 3')])).toHaveLength(1);
    expect(named([planned(100, 'A name that is wider than either side')], 200)).toEqual([]);
  });

  it('never overlap each other nor a diamond, stay inside the picture, and each diamond has its title', () => {
    const mark = fc.record({
      day: fc.integer({ min: 0, max: 600 }),
      name: fc.string({ unit: 'grapheme', maxLength: 100 }),
      released: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 20 }), fc.integer({ min: 600, max: 700 }), (marks, width) => {
        const sorted = marks
          .toSorted((a, b) => a.day - b.day)
          .map((each) => ({ ...each, title: `${each.name} · a day` }));
        const shapes = milestones(sorted, (day) => day, 100, width, measure);
        expect(shapes.flatMap(({ title }) => title ?? [])).toEqual(sorted.map(({ title }) => title));
        const shown = shapes.filter((shape) => shape.tag === 'text');
        const spans = shown
          .map((shape) => ends(shape as Extract<Shape, { tag: 'text' }>))
          .toSorted((a, b) => a[0] - b[0]);
        for (const [index, [left, right]] of spans.entries()) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(right).toBeLessThanOrEqual(width);
          expect(left).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0);
          for (const { day } of sorted) expect(right < day - 4 || left > day + 4).toBe(true);
        }
      }),
    );
  });
});

it('bar and line share the width as the form grows', () => {
  expect(chartWidths(300, false)).toEqual({ bullet: 274, burnUp: 274, burnUpHeight: 132 });
  expect(chartWidths(640, false)).toEqual({ bullet: 614, burnUp: 614, burnUpHeight: 168 });
  const wide = chartWidths(960, true);
  expect(wide.bullet + 37 + wide.burnUp).toBe(934);
  expect(wide.bullet).toBe(373);
});
