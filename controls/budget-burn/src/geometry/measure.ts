/** Width in pixels of a text on one line. Geometry takes it as a parameter, so that it stays pure. */
export type Measure = (text: string, font: LabelFont) => number;

/** Two kinds of label in the charts: 11 px, and 12 px semibold for what is spent. */
export type LabelFont = 'label' | 'strong';

const FAMILY = "'Segoe UI', 'Open Sans', 'Noto Sans', sans-serif";

/** Widest plausible width of a character in pixels, where the browser cannot measure. */
const GUESS = 7;

/** Measures with the browser's own fonts on a canvas that is never shown. */
export function browserMeasure(): Measure {
  const canvas = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (canvas === null) return text.length * GUESS;
    canvas.font = (font === 'strong' ? '600 12px ' : '11px ') + FAMILY;
    return canvas.measureText(text).width;
  };
}
