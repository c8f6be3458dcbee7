import { scale } from './axis';
import type { ChartData } from './chart-data';
import type { Measure } from './measure';

/** Pixel positions of the bullet bar; vertical ones are the constants below. */
export interface BulletLayout {
  readonly width: number;
  readonly height: number;
  readonly track: { readonly x: number; readonly width: number };
  readonly baseEnd: number;
  readonly spent: { readonly x: number; readonly width: number } | null;
  readonly forecast: { readonly x: number; readonly width: number } | null;
  readonly warningX: number;
  readonly approvedX: number;
  /** left ends of the labels */
  readonly labels: {
    readonly warning: BulletLabel;
    readonly full: BulletLabel;
    readonly spent: BulletLabel;
    readonly forecast: BulletLabel | null;
  };
}

export interface BulletLabel {
  readonly x: number;
  readonly text: string;
}

export const BULLET = {
  height: 63,
  trackTop: 22,
  trackHeight: 20,
  barTop: 26,
  barHeight: 12,
  /** the warning tick begins 5 above the track, the approved marker reaches 6 above and 5 below it */
  tickTop: 17,
  markerTop: 16,
  markerBottom: 47,
  labelAbove: 13,
  labelBelow: 58,
} as const;

/** Smallest widths in pixels at which a bar and the forecast band can still be seen. */
const SMALLEST_BAR = 2;
const SMALLEST_BAND = 8;

/** Pixels between two labels on one line. */
const LABEL_GAP = 12;

/** @param long whether there is room for amounts in the labels (from 420 px, and not beside the burn-up) */
export function layoutBullet(data: ChartData, width: number, long: boolean, measure: Measure): BulletLayout {
  const x = scale(0, data.maximum, 1, width - 1);
  const approvedX = x(data.approved);
  const warningX = x(data.approved * data.warningShare);
  const barWidth = data.spent > 0 ? Math.max(SMALLEST_BAR, x(data.spent) - x(0)) : 0;
  const band = data.forecast === null ? null : bandOf(x(data.forecast.low), x(data.forecast.high));
  const clamp = (left: number, labelWidth: number): number => Math.max(0, Math.min(left, width - labelWidth));

  const forecastText = long ? data.labels.forecast : data.labels.forecastShort;
  const forecastWidth = forecastText === null ? 0 : measure(forecastText, 'label');
  const spentWidth = measure(data.labels.spentShare, 'strong');
  let forecast: BulletLabel | null = null;
  let spentLimit = width;
  if (band !== null && forecastText !== null) {
    const centred = clamp(band.x + band.width / 2 - forecastWidth / 2, forecastWidth);
    // Both labels fit on the line or the forecast gives way to the right edge; then spent moves left.
    const left = Math.min(width - forecastWidth, Math.max(centred, spentWidth + LABEL_GAP));
    forecast = { x: left, text: forecastText };
    spentLimit = left - LABEL_GAP;
  }
  const spentX = Math.max(0, Math.min(1 + barWidth, spentLimit) - spentWidth);

  return {
    width,
    height: BULLET.height,
    track: { x: 1, width: approvedX - 1 },
    baseEnd: width - 1,
    spent: barWidth > 0 ? { x: 1, width: barWidth } : null,
    forecast: band,
    warningX,
    approvedX,
    labels: {
      ...marks(data, long, warningX, approvedX, measure, clamp),
      spent: { x: spentX, text: data.labels.spentShare },
      forecast,
    },
  };
}

function bandOf(low: number, high: number): { readonly x: number; readonly width: number } {
  const width = Math.max(SMALLEST_BAND, high - low);
  return { x: (low + high) / 2 - width / 2, width };
}

/** The two labels above: each centred on its mark; the longer text gives way when both do not fit. */
function marks(
  data: ChartData,
  long: boolean,
  warningX: number,
  approvedX: number,
  measure: Measure,
  clamp: (left: number, labelWidth: number) => number,
): { readonly warning: BulletLabel; readonly full: BulletLabel } {
  const place = (text: string, at: number): BulletLabel => {
    const labelWidth = measure(text, 'label');
    return { x: clamp(at - labelWidth / 2, labelWidth), text };
  };
  const warning = place(data.labels.warning, warningX);
  const wide = place(data.labels.fullLong, approvedX);
  const warningEnd = warning.x + measure(warning.text, 'label') + LABEL_GAP / 2;
  return { warning, full: long && wide.x >= warningEnd ? wide : place(data.labels.full, approvedX) };
}
