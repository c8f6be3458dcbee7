/** Geometry of bars by day: pure, in pixels of the picture, y from 0. */

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly value: number;
  /** empty: it has no name below it */
  readonly name: string;
}

export interface BarPicture {
  readonly width: number;
  readonly bottom: number;
  readonly left: number;
  readonly barWidth: number;
  readonly bars: readonly Bar[];
  readonly rows: readonly { readonly value: number; readonly at: number }[];
}

const TOP = 20;
const AXIS = 26;
const GAP = 8;
const STEPS = [1, 2, 5, 10];
/** Least pixels of a bar whose neighbour has a name too, and of one whose gap is whole. */
const NARROW = 20;

/** Values of the lines behind the bars: round, three or four, the last at or below the highest bar. */
export function gridValues(highest: number): readonly number[] {
  const least = Math.max(highest, 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, (STEPS.find((one) => one * magnitude >= least) ?? 10) * magnitude);
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step);
}

/** @param names of the bars @param left room for the numbers of the lines */
export function barChart(
  values: readonly number[],
  names: readonly string[],
  { width, height, left }: { readonly width: number; readonly height: number; readonly left: number },
): BarPicture {
  const bottom = height - AXIS;
  const highest = Math.max(1, ...values);
  const pitch = (width - left) / values.length;
  const barWidth = pitch - (pitch < NARROW + GAP ? GAP / 2 : GAP);
  const y = (value: number): number => bottom - ((bottom - TOP) * value) / highest;
  return {
    width,
    bottom,
    left,
    barWidth,
    rows: gridValues(highest).map((value) => ({ value, at: y(value) })),
    bars: values.map((value, index) => ({
      x: left + index * pitch + (pitch - barWidth) / 2,
      y: y(value),
      height: bottom - y(value),
      value,
      name: names[index] ?? '',
    })),
  };
}

/**
 * Names below the days: the first of each period with its month, then every second one by its day alone. On little room only the first
 * ones.
 */
export function dayNames(days: readonly string[], day: (day: string) => string, isNarrow: boolean): readonly string[] {
  return days.map((one, index) => {
    const inPeriod = index % 7;
    if (inPeriod === 0)
      return index === 0 || isNarrow || days[0]?.slice(5, 7) !== one.slice(5, 7)
        ? day(one)
        : String(Number(one.slice(8)));
    if (isNarrow || inPeriod % 2 === 1) return '';
    return one.slice(8) === '01' ? day(one) : String(Number(one.slice(8)));
  });
}
