import type { ChartData } from './chart-data';
import { type Shape, dot, label, line } from './shapes';

type Scale = (value: number) => number;

/**
 * The fan from today's figures to the forecast's high end, and where it crosses the approved amount: bar between fastest and
 * slowest pace, circle at the centre.
 * @param right edge of the plot: the slowest pace may need longer than the picture shows
 * @param width of the picture, @param labelWidth of the run-out day
 */
export function cone(data: ChartData, x: Scale, y: Scale, right: number, width: number, labelWidth: number): Shape[] {
  const { paces, forecast, today, spent, approved, labels } = data;
  if (paces === null || forecast === null || spent > approved) return [];
  // Where the work is done before the money is gone, the fan ends at its cost.
  const top = labels.runOut ? Math.max(forecast.high, approved) : forecast.high;
  if (top <= spent) return [];
  const from = ['M', x(today), y(spent), 'L'];
  const end = (pace: number): readonly [number, number] => {
    const whole = x(today + (top - spent) / pace);
    if (whole <= right) return [whole, y(top)];
    const share = (right - x(today)) / (whole - x(today));
    return [right, y(spent + (top - spent) * share)];
  };
  const crossing = (pace: number): number => Math.min(right, x(today + (approved - spent) / pace));
  const fast = end(paces.fastest);
  const slow = end(paces.slowest);
  // Where the slow side leaves the picture, its upper corner belongs to the fan.
  const corner = slow[0] === right ? [right, fast[1]] : [];
  const middle = crossing(paces.centre);
  const fan = [line('cone', ...from, ...fast, ...corner, ...slow, 'Z'), line('centre', ...from, ...end(paces.centre))];
  if (!labels.runOut) return fan;
  const level = y(approved);
  const after = middle + 6 + labelWidth <= width;
  return [
    ...fan,
    line('runoutbar', 'M', crossing(paces.fastest), level, 'H', crossing(paces.slowest)),
    dot('runout', middle, level, 4.5),
    label('main', middle + (after ? 6 : -6), level + 17, labels.runOut, after ? 'start' : 'end'),
  ];
}
