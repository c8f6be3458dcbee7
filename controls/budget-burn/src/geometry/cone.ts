import type { ChartData } from './chart-data';

/** The fan from today's figures to the forecast's high end, and where it crosses the approved amount. */
export interface Cone {
  readonly area: string;
  readonly centrePath: string;
  /** between the crossings of fastest and slowest pace with the approved amount */
  readonly bar: { readonly from: number; readonly to: number; readonly y: number };
  readonly runOut: { readonly x: number; readonly y: number };
}

/** @param right edge of the plot: the slowest pace may need longer than the picture shows */
export function coneOf(
  data: ChartData,
  paces: NonNullable<ChartData['paces']>,
  x: (day: number) => number,
  y: (amount: number) => number,
  right: number,
): Cone | null {
  const top = Math.max(data.forecast?.high ?? 0, data.approved);
  const left = data.approved - data.spent;
  if (left < 0 || top <= data.spent) return null;
  const start = `M${point(x(data.today), y(data.spent))}`;
  const end = (pace: number): { readonly x: number; readonly y: number } => {
    const whole = x(data.today + (top - data.spent) / pace);
    if (whole <= right) return { x: whole, y: y(top) };
    const share = (right - x(data.today)) / (whole - x(data.today));
    return { x: right, y: y(data.spent + (top - data.spent) * share) };
  };
  const crossing = (pace: number): number => Math.min(right, x(data.today + left / pace));
  const fast = end(paces.fastest);
  const slow = end(paces.slowest);
  const centre = end(paces.centre);
  const corner = slow.x === right && slow.y !== fast.y ? `L${point(right, fast.y)}` : '';
  return {
    area: `${start}L${point(fast.x, fast.y)}${corner}L${point(slow.x, slow.y)}Z`,
    centrePath: `${start}L${point(centre.x, centre.y)}`,
    bar: { from: crossing(paces.fastest), to: crossing(paces.slowest), y: y(data.approved) },
    runOut: { x: crossing(paces.centre), y: y(data.approved) },
  };
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
