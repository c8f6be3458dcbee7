/**
 * Greatest amount of bullet and burn-up, in major units: room beyond the approved amount, and for everything that lies
 * beyond it (mockups "Chart geometry").
 */
export function axisMaximum(approved: number, forecastHigh: number, spent: number): number {
  return Math.max(1.15 * approved, 1.04 * forecastHigh, 1.04 * spent, 1);
}

/** Amounts to draw a grid line at: 0 and up to four round steps below the maximum. */
export function gridAmounts(maximum: number): readonly number[] {
  const raw = maximum / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= raw) ?? raw;
  const amounts: number[] = [];
  for (let amount = 0; amount <= maximum; amount += step) amounts.push(amount);
  return amounts;
}

/** Shortest range of the burn-up in days: a project of a few days is not stretched over the whole width. */
const SHORTEST_RANGE = 44;

/**
 * Day numbers at both ends of the burn-up: from the first day to a tenth of the range after the slowest run-out day, or
 * after today.
 */
export function dayRange(first: number, today: number, slowestRunOut: number): readonly [number, number] {
  const end = Math.max(today, slowestRunOut);
  return [first, first + Math.max(SHORTEST_RANGE, Math.ceil((end - first) * 1.1))];
}

/** milliseconds; UTC knows no day of another length */
const DAY = 86_400_000;

/** First days of the months that begin inside a range, as day numbers. */
export function monthStarts(from: number, to: number): readonly number[] {
  const start = new Date(from * DAY);
  const days: number[] = [];
  for (let month = 1; ; month += 1) {
    const day = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month) / DAY;
    if (day >= to) return days;
    days.push(day);
  }
}

/** A straight scale from values to pixels. */
export function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * factor;
}
