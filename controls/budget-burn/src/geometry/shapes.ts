/** One thing to draw: attributes of an SVG element, positions in pixels. What it looks like is its class's business. */
export type Shape = {
  readonly className: string;
  /** shown to a pointer that rests on it */
  readonly title?: string;
  readonly children?: string;
} & (
  | { readonly tag: 'path'; readonly d: string }
  | { readonly tag: 'rect'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | { readonly tag: 'circle'; readonly cx: number; readonly cy: number; readonly r: number }
  | {
      readonly tag: 'text';
      readonly x: number;
      readonly y: number;
      readonly textAnchor: Anchor;
      readonly children: string;
    }
);

export type Anchor = 'start' | 'middle' | 'end';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** A tenth of a pixel is as exact as a screen shows it. */
function short(value: number): number {
  return Math.round(value * 10) / 10;
}

/** @param commands letters of SVG paths and numbers: `line('grid', 'M', 0, 10, 'H', 50)` */
export function line(className: string, ...commands: readonly (string | number)[]): Shape {
  const d = commands.map((part) => (typeof part === 'number' ? short(part) : part)).join(' ');
  return { tag: 'path', className: `crmjira-${className}`, d };
}

export function box(className: string, x: number, y: number, width: number, height: number): Shape {
  return {
    tag: 'rect',
    className: `crmjira-${className}`,
    x: short(x),
    y: short(y),
    width: short(width),
    height: short(height),
  };
}

export function dot(className: string, cx: number, cy: number, r: number): Shape {
  return { tag: 'circle', className: `crmjira-${className}`, cx: short(cx), cy: short(cy), r };
}

export function label(className: string, x: number, y: number, children: string, textAnchor: Anchor = 'start'): Shape {
  return { tag: 'text', className: `crmjira-${className}`, x: short(x), y: short(y), textAnchor, children };
}
