import type { ChartMilestone } from './chart-data';
import type { Measure } from './measure';
import { type Shape, label, line } from './shapes';

/** Pixels between a diamond's middle and its name. */
const ASIDE = 8;

/** Pixels from the end of a name, or from a diamond's middle, to what comes next. */
const GAP = 7;

/**
 * Diamonds under the axis, filled when released. A name stands right of its diamond where it fits before the next one and the
 * picture's edge, else left of it. Where neither is free it is left to the diamond's title and the table of milestones.
 * @param marks ascending by day
 */
export function milestones(
  marks: readonly ChartMilestone[],
  x: (day: number) => number,
  bottom: number,
  width: number,
  measure: Measure,
): Shape[] {
  let free = 0;
  return marks.flatMap(({ day, name, title, released }, index) => {
    const at = x(day);
    const next = marks[index + 1];
    const room = measure(name, 'label') + ASIDE;
    const after = at + room <= (next ? Math.min(width, x(next.day) - GAP) : width);
    const before = at - room >= free;
    free = at + GAP + (after ? room : 0);
    const shapes: Shape[] = [
      { ...line(released ? 'released' : 'planned', 'M', at, bottom + 27, 'l 4 4 -4 4 -4 -4 z'), title },
    ];
    if (after || before)
      shapes.push(label('axis', at + (after ? ASIDE : -ASIDE), bottom + 35, name, after ? 'start' : 'end'));
    return shapes;
  });
}
