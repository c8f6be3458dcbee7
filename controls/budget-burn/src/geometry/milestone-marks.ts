import type { ChartData } from './chart-data';
import type { Measure } from './measure';
import { type Shape, label, line } from './shapes';

/**
 * Diamonds under the axis, filled when released. A name stands right of its diamond, left of it at the picture's edge, and is
 * left out where it would run into the one before.
 */
export function milestones(
  marks: ChartData['milestones'],
  x: (day: number) => number,
  bottom: number,
  width: number,
  measure: Measure,
): Shape[] {
  let free = 0;
  return marks.flatMap(({ day, name, released }, index) => {
    const at = x(day);
    const room = measure(name, 'label');
    const after = at + 8 + room <= width;
    const from = after ? at + 8 : at - 8 - room;
    const next = marks[index + 1];
    const fits = from >= free && (!after || next === undefined || from + room + 8 <= x(next.day));
    free = fits ? Math.max(from + room, at + 4) + 8 : at + 6;
    return [
      line(released ? 'released' : 'planned', 'M', at, bottom + 27, 'l 4 4 -4 4 -4 -4 z'),
      ...(fits ? [label('axis', from, bottom + 35, name)] : []),
    ];
  });
}
