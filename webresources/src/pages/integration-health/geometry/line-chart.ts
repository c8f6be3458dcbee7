/** Geometry of the daily volume: pure, in pixels of the picture, y from 0 (mockups "Never": an axis not from 0). */

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface LinePicture {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly rows: readonly (Tick & { readonly value: number })[];
  readonly days: readonly Tick[];
  /** SVG path of each line, in the order given */
  readonly paths: readonly string[];
  /** y of each line's last value, moved apart so that labels do not meet */
  readonly ends: readonly number[];
}

const TOP = 12;
const AXIS = 24;
/** Least distance between two labels at the right edge. */
const LABEL_PITCH = 16;
const STEPS = [1, 2, 5];

/** Least round number of four steps that reaches a value; 4 for nothing at all. */
export function niceTop(value: number): number {
  const least = Math.max(value, 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = [...STEPS, 10].map((one) => one * magnitude).find((one) => one >= least) ?? 10 * magnitude;
  return 4 * Math.max(1, step);
}

export interface LineChartInput {
  readonly lines: readonly (readonly number[])[];
  readonly days: readonly string[];
  readonly width: number;
  readonly height: number;
  /** room for the labels of the y axis, and of the lines at the right */
  readonly left: number;
  readonly right: number;
  readonly number: (value: number) => string;
  readonly day: (day: string) => string;
}

export function lineChart(input: LineChartInput): LinePicture {
  const { lines, days, width, height, left } = input;
  const plot = { left, right: width - input.right, top: TOP, bottom: height - AXIS };
  const top = niceTop(Math.max(0, ...lines.flat()));
  const x = (index: number): number =>
    days.length < 2 ? plot.right : plot.left + ((plot.right - plot.left) * index) / (days.length - 1);
  const y = (value: number): number => plot.bottom - ((plot.bottom - plot.top) * value) / top;
  const every = plot.right - plot.left < 300 ? 14 : 7;
  return {
    width,
    height,
    plot,
    rows: [0, 1, 2, 3, 4].map((quarter) => {
      const value = (top * quarter) / 4;
      return { value, at: y(value), text: input.number(value) };
    }),
    // Counted from the newest day, which is always named.
    days: days.flatMap((day, index) =>
      (days.length - 1 - index) % every === 0 ? [{ at: x(index), text: input.day(day) }] : [],
    ),
    paths: lines.map((line) =>
      line.map((value, index) => `${index === 0 ? 'M' : 'L'}${round(x(index))} ${round(y(value))}`).join(''),
    ),
    ends: apart(lines.map((line) => y(line.at(-1) ?? 0))),
  };
}

/** Pushes labels up from the lowest one until none meets the next. */
function apart(wanted: readonly number[]): readonly number[] {
  const order = wanted.map((_, index) => index).sort((one, other) => (wanted[other] ?? 0) - (wanted[one] ?? 0));
  const placed: number[] = [...wanted];
  let last = Infinity;
  for (const index of order) {
    last = Math.min(wanted[index] ?? 0, last - LABEL_PITCH);
    placed[index] = last;
  }
  return placed;
}

const round = (value: number): number => Math.round(value * 10) / 10;
