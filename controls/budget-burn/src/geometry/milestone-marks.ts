import type { ChartMilestone } from './chart-data';
import type { Measure } from './measure';
import { type Shape, label, line } from './shapes';

/** Pixels between a diamond's middle and its name. */
const ASIDE = 8;

/** Pixels from the end of a name, or from a diamond's middle, to what comes next. */
const GAP = 12;

/** Fewest characters of a shortened name that are worth showing, its ellipsis among them. */
const FEWEST = 4;

/**
 * Diamonds under the axis, filled when released. A name stands right of its diamond where it fits before the next one and the
 * picture's edge, else left of it; where neither is free, as much of it as the larger side holds. All of it is in the title.
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
    const right = (next ? Math.min(width, x(next.day) - GAP) : width) - at - ASIDE;
    const left = at - ASIDE - free;
    const whole = measure(name, 'label');
    const after = right >= Math.min(whole, left);
    const text = shortened(name, after ? right : left, measure);
    free = at + GAP + (after ? measure(text, 'label') + ASIDE : 0);
    return [
      { ...line(released ? 'released' : 'planned', 'M', at, bottom + 27, 'l 4 4 -4 4 -4 -4 z'), title },
      { ...label('axis', at + (after ? ASIDE : -ASIDE), bottom + 35, text, after ? 'start' : 'end'), title },
    ];
  });
}

/** As much of a text as the room in pixels holds; empty where that is next to nothing. */
function shortened(text: string, room: number, measure: Measure): string {
  let shown = text;
  while (shown && measure(shown, 'label') > room) shown = shown.length > FEWEST ? shown.replace(/.…?$/su, '…') : '';
  return shown;
}
