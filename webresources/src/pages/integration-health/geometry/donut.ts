/** Geometry of the distribution: ring segments from the top, clockwise. Pure, in pixels. */

export interface DonutInput {
  /** parts of any sum; 0 draws nothing */
  readonly parts: readonly number[];
  readonly size: number;
  readonly hole: number;
}

/** SVG path of each part, empty for a part of nothing. One part alone is a whole ring. */
export function donut({ parts, size, hole }: DonutInput): readonly string[] {
  const all = parts.reduce((sum, part) => sum + part, 0);
  const centre = size / 2;
  const outer = centre - 1;
  let from = 0;
  return parts.map((part) => {
    if (part <= 0) return '';
    const to = from + part / all;
    const path = segment(centre, outer, hole, from, to);
    from = to;
    return path;
  });
}

function segment(centre: number, outer: number, hole: number, from: number, to: number): string {
  // An arc that ends where it begins is drawn as nothing: a whole ring is two halves.
  if (to - from >= 1 - 1e-9) {
    const half = (from + to) / 2;
    return segment(centre, outer, hole, from, half) + segment(centre, outer, hole, half, to - 1e-6);
  }
  const point = (share: number, radius: number): string => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${round(centre + radius * Math.cos(angle))} ${round(centre + radius * Math.sin(angle))}`;
  };
  const large = to - from > 0.5 ? 1 : 0;
  return (
    `M${point(from, outer)}A${outer} ${outer} 0 ${large} 1 ${point(to, outer)}` +
    `L${point(to, hole)}A${hole} ${hole} 0 ${large} 0 ${point(from, hole)}Z`
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
