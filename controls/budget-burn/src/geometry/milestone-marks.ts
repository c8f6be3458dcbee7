import type { ChartData } from './chart-data';
import type { Measure } from './measure';
import { type Shape, label, line } from './shapes';

/**
 * Diamonds under the axis, filled when released. A name stands right of its diamond where it fits before the next one and the
 * picture's edge, else left of it, and is left out where neither is free.
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
    const next = marks[index + 1];
    const after = at + 8 + room <= (next ? Math.min(width, x(next.day) - 8) : width);
    const before = at - 8 - room >= free;
    free = after ? at + 16 + room : at + 12;
    return [
      line(released ? 'released' : 'planned', 'M', at, bottom + 27, 'l 4 4 -4 4 -4 -4 z'),
      ...(after || before ? [label('axis', at + (after ? 8 : -8), bottom + 35, name, after ? 'start' : 'end')] : []),
    ];
  });
}
