import { scale } from './axis';
import type { ChartData } from './chart-data';
import { type Cone, coneOf } from './cone';
import type { Measure } from './measure';

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Pixel positions of the burn-up over time. */
export interface BurnUpLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly grid: readonly { readonly y: number; readonly label: Label | null }[];
  readonly months: readonly { readonly x: number; readonly label: Label | null }[];
  readonly approvedPath: string;
  readonly spentPath: string;
  readonly todayX: number;
  readonly today: { readonly x: number; readonly y: number };
  readonly cone: Cone | null;
  readonly bracket: { readonly x: number; readonly y: number; readonly height: number } | null;
  readonly milestones: readonly {
    readonly x: number;
    readonly y: number;
    readonly released: boolean;
    readonly label: Label;
  }[];
  readonly todayLabel: Label;
  readonly spentLabel: Label;
  readonly approvedLabels: readonly Label[];
  readonly forecastLabels: readonly Label[];
  readonly runOutLabel: Label | null;
}

const TOP = 16;

/** Smallest height in pixels of the forecast bracket at the right edge. */
const SMALLEST_BRACKET = 8;

/** Pixels between the baselines of two labels. */
const LINE = 14;

/** @param narrow one column: no axis texts, no milestones, every second month */
export function layoutBurnUp(
  data: ChartData,
  width: number,
  height: number,
  narrow: boolean,
  measure: Measure,
): BurnUpLayout {
  const forecastTexts = [data.labels.forecastTitle, data.labels.forecastHigh, data.labels.forecastLow];
  const shown = data.milestones.filter(({ day }) => day >= data.range[0] && day <= data.range[1]);
  const withMilestones = !narrow && shown.length > 0;
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => measure(text, 'label')));
  const left = narrow ? 0 : Math.ceil(widest(data.grid.map(({ label }) => label))) + 6;
  const bracketed = !narrow && data.forecast !== null;
  const right = width - (narrow ? 6 : bracketed ? Math.ceil(widest(forecastTexts)) + 14 : 12);
  const bottom = height - (withMilestones ? 36 : 22);
  const x = scale(data.range[0], data.range[1], left, right);
  const y = scale(0, data.maximum, bottom, TOP);
  const today = { x: x(data.today), y: y(data.spent) };
  const cone = data.paces === null || data.forecast === null ? null : coneOf(data, data.paces, x, y, right);
  const bracket = bracketed && data.forecast !== null ? bracketOf(data.forecast, y, right) : null;

  return {
    width,
    height,
    left,
    right,
    bottom,
    grid: data.grid.map(({ amount, label }) => ({
      y: y(amount),
      label: narrow ? null : { x: left - 6, y: y(amount) + 4, text: label, anchor: 'end' },
    })),
    months: data.months.map(({ day, label }, index) => ({
      x: x(day),
      label: narrow && index % 2 === 1 ? null : { x: x(day), y: bottom + 16, text: label, anchor: 'middle' },
    })),
    approvedPath: steppedPath(data, x, y, right),
    spentPath: data.history
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${at(x(point.day), y(point.spent))}`)
      .join(''),
    todayX: today.x,
    today,
    cone,
    bracket,
    milestones: withMilestones ? milestoneMarks(shown, x, bottom, width, measure) : [],
    todayLabel: inside({ x: today.x, y: 10, text: data.labels.today, anchor: 'middle' }, width, measure),
    spentLabel: spentLabel(data, today, left, x, y),
    approvedLabels: approvedLabels(data, x, y, narrow),
    forecastLabels: bracket === null ? [] : forecastLabels(data, forecastTexts, y, right),
    runOutLabel:
      cone === null || data.labels.runOut === null ? null : runOutLabel(data.labels.runOut, cone, width, measure),
  };
}

function at(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function steppedPath(
  data: ChartData,
  x: (day: number) => number,
  y: (amount: number) => number,
  right: number,
): string {
  const path = data.steps.map(({ day, amount }, index) =>
    index === 0 ? `M${at(x(data.range[0]), y(amount))}` : `H${x(day).toFixed(1)}V${y(amount).toFixed(1)}`,
  );
  return `${path.join('')}H${right.toFixed(1)}`;
}

function bracketOf(
  forecast: { readonly low: number; readonly high: number },
  y: (amount: number) => number,
  x: number,
): NonNullable<BurnUpLayout['bracket']> {
  const height = Math.max(SMALLEST_BRACKET, y(forecast.low) - y(forecast.high));
  return { x, y: (y(forecast.low) + y(forecast.high)) / 2 - height / 2, height };
}

/** Three lines beside the bracket; the two amounts keep a line's distance, and the first stays inside the picture. */
function forecastLabels(
  data: ChartData,
  texts: readonly string[],
  y: (amount: number) => number,
  right: number,
): readonly Label[] {
  let high = y(data.forecast?.high ?? 0) + 4;
  let low = y(data.forecast?.low ?? 0) + 4;
  const lacking = LINE - (low - high);
  if (lacking > 0) {
    high -= lacking / 2;
    low += lacking / 2;
  }
  const down = Math.max(0, 10 - (high - LINE - 1));
  return [high - LINE - 1, high, low].map((line, index) => ({
    x: right + 13,
    y: line + down,
    text: texts[index] ?? '',
    anchor: 'start',
  }));
}

function approvedLabels(
  data: ChartData,
  x: (day: number) => number,
  y: (amount: number) => number,
  narrow: boolean,
): readonly Label[] {
  const last = data.steps[data.steps.length - 1];
  if (narrow && last) {
    const start = data.steps.length === 1 ? data.range[0] : last.day;
    return [{ x: x(start) + 3, y: y(last.amount) - 6, text: data.labels.approvedShort, anchor: 'start' }];
  }
  return data.steps.map(({ day, amount, label }, index) => ({
    x: x(index === 0 ? data.range[0] : day) + 6,
    y: y(amount) - 6,
    text: label,
    anchor: 'start',
  }));
}

/** Under the line a little past its middle; beside the last point while the line is short. */
function spentLabel(
  data: ChartData,
  today: { readonly x: number; readonly y: number },
  left: number,
  x: (day: number) => number,
  y: (amount: number) => number,
): Label {
  const text = data.labels.spent;
  if (today.x - left < 120) return { x: today.x + 10, y: today.y + LINE, text, anchor: 'start' };
  const wanted = data.range[0] + (data.today - data.range[0]) * 0.57;
  const next = data.history.find(({ day }) => day >= wanted);
  return { x: x(wanted) + 8, y: Math.min(y(next?.spent ?? 0) + 22, y(0) - 4), text, anchor: 'start' };
}

function runOutLabel(text: string, cone: Cone, width: number, measure: Measure): Label {
  const fits = cone.runOut.x + 6 + measure(text, 'label') <= width;
  return { x: cone.runOut.x + (fits ? 6 : -6), y: cone.runOut.y + 17, text, anchor: fits ? 'start' : 'end' };
}

/** Moves a centred label so far that it is not cut off at either side. */
function inside(label: Label, width: number, measure: Measure): Label {
  const half = measure(label.text, 'label') / 2;
  return { ...label, x: Math.max(half, Math.min(width - half, label.x)) };
}

/** Diamonds under the axis; a name that would run into the one before it is left out, its diamond stays. */
function milestoneMarks(
  milestones: ChartData['milestones'],
  x: (day: number) => number,
  bottom: number,
  width: number,
  measure: Measure,
): BurnUpLayout['milestones'] {
  let free = 0;
  return milestones.map(({ day, name, released }) => {
    const mark = x(day);
    const labelWidth = measure(name, 'label');
    const fits = mark + 8 >= free && mark + 8 + labelWidth <= width;
    if (fits) free = mark + 8 + labelWidth + 14;
    return {
      x: mark,
      y: bottom + 31,
      released,
      label: { x: mark + 8, y: bottom + 35, text: fits ? name : '', anchor: 'start' },
    };
  });
}
