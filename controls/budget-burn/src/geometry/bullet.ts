import { scale } from './axis';
import type { ChartData } from './chart-data';
import type { Measure } from './measure';
import { type Picture, type Shape, box, label, line } from './shapes';

/** Heights in pixels (mockups "Chart geometry"). */
const HEIGHT = 63;
const TRACK = { top: 22, height: 20, foot: 42 } as const;
const BAR = { top: 26, height: 12 } as const;
/** the warning tick begins 5 above the track, the approved marker reaches 6 above and 5 below it */
const TICK_TOP = 17;
const MARKER = { top: 16, bottom: 47 } as const;
const ABOVE = 13;
const BELOW = 58;

/** Smallest widths in pixels at which a bar and the forecast band can still be seen. */
const SMALLEST_BAR = 2;
const SMALLEST_BAND = 8;

/** Pixels between two labels on one line. */
const GAP = 12;

/** @param long whether there is room for amounts in the labels (from 420 px, and not beside the burn-up) */
export function bullet(data: ChartData, width: number, long: boolean, measure: Measure): Picture {
  const { labels, tone } = data;
  const x = scale(0, data.maximum, 1, width - 1);
  const approved = x(data.approved);
  const warning = x(data.approved * data.warningShare);
  const bar = data.spent > 0 ? Math.max(SMALLEST_BAR, x(data.spent) - 1) : 0;
  const shapes: Shape[] = [
    box('track', 1, TRACK.top, approved - 1, TRACK.height),
    line('base', 'M', approved, TRACK.foot - 0.5, 'H', width - 1),
  ];
  if (bar > 0) shapes.push(box(`bar crmjira-fill-${tone}`, 1, BAR.top, bar, BAR.height));

  const spentWidth = measure(labels.spentShare, 'strong');
  let spentEnd = 1 + bar;
  const { forecast } = data;
  if (forecast !== null) {
    const [low, high] = [x(forecast.low), x(forecast.high)];
    const text = long ? forecast.label : forecast.short;
    const band = Math.max(SMALLEST_BAND, high - low);
    shapes.push(box('band', (low + high - band) / 2, TRACK.top, band, TRACK.height));
    // Around its band, inside the picture, right of what is spent: that one moves left as far as it has to.
    const room = measure(text, 'label');
    const left = Math.min(width - room, Math.max((low + high - room) / 2, spentWidth + GAP));
    shapes.push(label('main', left, BELOW, text));
    spentEnd = Math.min(spentEnd, left - GAP);
  }

  const full = long && fits(labels, warning, approved, width, measure) ? labels.fullLong : labels.full;
  shapes.push(
    line('halo', 'M', warning, TICK_TOP, 'V', TRACK.foot - 0.5),
    line('tick', 'M', warning, TICK_TOP, 'V', TRACK.foot),
    line('halo crmjira-wide', 'M', approved, MARKER.top, 'V', MARKER.bottom),
    line('marker', 'M', approved, MARKER.top, 'V', MARKER.bottom),
    label('axis', warning, ABOVE, labels.warning, 'middle'),
    label('main', centred(full, approved, width, measure), ABOVE, full, 'middle'),
    label('figure', Math.max(0, spentEnd - spentWidth), BELOW, labels.spentShare),
  );
  return { width, height: HEIGHT, shapes };
}

/** Middle of a label that stands on a mark and is not cut off at the right. */
function centred(text: string, at: number, width: number, measure: Measure): number {
  return Math.min(at, width - measure(text, 'label') / 2);
}

/** Whether the long label of the approved marker leaves the warning's label alone. */
function fits(
  labels: ChartData['labels'],
  warning: number,
  approved: number,
  width: number,
  measure: Measure,
): boolean {
  const half = (text: string): number => measure(text, 'label') / 2;
  const left = centred(labels.fullLong, approved, width, measure) - half(labels.fullLong);
  return left >= warning + half(labels.warning) + GAP / 2;
}
