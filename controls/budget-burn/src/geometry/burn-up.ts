import { scale } from './axis';
import type { ChartData, ChartForecast } from './chart-data';
import { cone } from './cone';
import type { Measure } from './measure';
import { milestones } from './milestone-marks';
import { type Picture, type Shape, box, dot, label, line } from './shapes';

type Scale = (value: number) => number;

const TOP = 16;

/** Smallest height in pixels of the forecast bracket at the right edge. */
const SMALLEST_BRACKET = 8;

/** Pixels between the baselines of two labels. */
const LINE = 14;

/** @param narrow one column: no axis texts, no bracket, no milestones, every second month at most */
export function burnUp(data: ChartData, width: number, height: number, narrow: boolean, measure: Measure): Picture {
  const { labels, tone, forecast } = data;
  const widest = (...texts: readonly string[]): number => Math.max(0, ...texts.map((text) => measure(text, 'label')));
  const left = narrow ? 0 : widest(...data.grid.map((amount) => amount.label)) + 6;
  const bracket = narrow || forecast === null ? null : forecast;
  const beside = bracket ? widest(...bracket.lines) + 14 : 12;
  const right = width - (narrow ? 6 : beside);
  const marks = narrow ? [] : data.milestones.filter(({ day }) => day >= data.range[0] && day <= data.range[1]);
  const bottom = height - (marks.length > 0 ? 36 : 22);
  const x = scale(data.range[0], data.range[1], left, right);
  const y = scale(0, data.maximum, bottom, TOP);
  const [todayX, todayY] = [x(data.today), y(data.spent)];
  const half = measure(labels.today, 'label') / 2;

  const shapes: Shape[] = [];
  for (const { amount, label: text } of data.grid) {
    shapes.push(line(amount === 0 ? 'base' : 'grid', 'M', left, y(amount), 'H', right));
    if (!narrow) shapes.push(label('axis', left - 6, y(amount) + 4, text, 'end'));
  }
  // As many months between two labels as the widest of them needs.
  const room = data.months.length * (widest(...data.months.map((month) => month.label)) + 8);
  const every = Math.max(narrow ? 2 : 1, Math.ceil(room / (right - left)));
  data.months.forEach(({ day, label: text }, index) => {
    shapes.push(line('base', 'M', x(day), bottom, 'v', 4));
    if (index % every === 0) shapes.push(label('axis', x(day), bottom + 16, text, 'middle'));
  });
  const [first, ...changes] = data.steps;
  const stepped = changes.flatMap(({ day, amount }) => ['H', x(day), 'V', y(amount)]);
  shapes.push(
    line('approved', 'M', left, y(first?.amount ?? data.approved), ...stepped, 'H', right),
    ...cone(data, x, y, right, width, measure(labels.runOut, 'label')),
    ...(bracket ? bracketShapes(bracket, y, right) : []),
    line(
      `line crmjira-stroke-${tone}`,
      ...data.history.flatMap(({ day, spent }, index) => [index === 0 ? 'M' : 'L', x(day), y(spent)]),
    ),
    line('today', 'M', todayX, 14, 'V', bottom),
    dot(`dot crmjira-fill-${tone}`, todayX, todayY, 4),
    ...milestones(marks, x, bottom, width, measure),
    label('axis', Math.max(half, Math.min(width - half, todayX)), 10, labels.today, 'middle'),
    ...approvedLabels(data, x, y, narrow),
    spentLabel(data, left, x, y),
  );
  return { width, height, shapes };
}

/** Bracket and three lines beside it; the two amounts keep a line's distance, and the first stays inside the picture. */
function bracketShapes({ low, high: top, lines }: ChartForecast, y: Scale, right: number): Shape[] {
  const middle = (y(low) + y(top)) / 2;
  const gap = y(low) - y(top);
  const tall = Math.max(SMALLEST_BRACKET, gap);
  const apart = Math.max(LINE, gap);
  const high = Math.max(middle + 4 - apart / 2, 11 + LINE);
  return [
    box('band', right, middle - tall / 2, 8, tall),
    label('axis', right + 13, high - LINE - 1, lines[0]),
    label('main', right + 13, high, lines[1]),
    label('main', right + 13, high + apart, lines[2]),
  ];
}

/** At the start and at each change; without an axis only the last one, with its amount. */
function approvedLabels(data: ChartData, x: Scale, y: Scale, narrow: boolean): Shape[] {
  const last = data.steps.length - 1;
  return data.steps.flatMap(({ day, amount, label: text }, index) => {
    if (narrow && index < last) return [];
    return label('main', x(day) + (narrow ? 3 : 6), y(amount) - 6, narrow ? data.labels.approvedShort : text);
  });
}

/** Under the line a little past its middle, beside the last point while the line is short; above the axis and its names. */
function spentLabel(data: ChartData, left: number, x: Scale, y: Scale): Shape {
  const isShort = x(data.today) - left < 120;
  const wanted = isShort ? data.today : data.range[0] + (data.today - data.range[0]) * 0.57;
  const next = data.history.find(({ day }) => day >= wanted);
  const below = isShort ? y(data.spent) + LINE : y(next?.spent ?? 0) + 22;
  return label(
    `figure crmjira-text-${data.tone}`,
    x(wanted) + (isShort ? 10 : 8),
    Math.min(below, y(0) - 4),
    data.labels.spent,
  );
}
