/** Padding and border of the control on both sides, pixels. */
const FRAME = 26;

/** Gap between the columns of the wide form, pixels. */
const GAP = 37;

export interface ChartWidths {
  readonly bullet: number;
  readonly burnUp: number;
  readonly burnUpHeight: number;
}

/** @param width allocated to the control; @param wide whether the burn-up stands beside the bar (40 % and 56 %) */
export function chartWidths(width: number, wide: boolean): ChartWidths {
  const inner = Math.max(120, width - FRAME);
  if (!wide) return { bullet: inner, burnUp: inner, burnUpHeight: width < 420 ? 132 : 168 };
  const left = Math.floor(inner * 0.4);
  return { bullet: left, burnUp: inner - left - GAP, burnUpHeight: 250 };
}
