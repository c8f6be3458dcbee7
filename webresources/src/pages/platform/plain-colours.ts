/** A colour as far as contrast asks for it: red, green, blue from 0 to 255. */
interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** `#rrggbb`; undefined for anything else. */
export function getColorFromString(text: string): Colour | undefined {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text);
  if (parts === null) return undefined;
  const [r = 0, g = 0, b = 0] = parts.slice(1).map((part) => parseInt(part, 16));
  return { r, g, b };
}

/** Relative luminance, 0…1 (WCAG 2.2). */
function luminance({ r, g, b }: Colour): number {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((channel) => {
    const share = channel / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1…21 (WCAG 2.2). */
export function getContrastRatio(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
