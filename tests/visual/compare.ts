import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const folder = join(__dirname, 'baseline');

/** Where the picture of a difference goes, to be looked at. */
export const differences = join(__dirname, '..', '..', '.visual');

/**
 * Pixels that may differ although nothing moved. Two runs of the same Chromium differ in none; a label that moved by two
 * pixels differs in more than a hundred.
 */
export const MOST_PIXELS = 40;

/** How far a colour may be off, 0…1: a rounding of blended edges, not another shade. */
const THRESHOLD = 0.1;

/** Pixels in which two pictures differ; every pixel of both when their sizes differ. */
export function differing(before: Buffer, after: Buffer): { readonly pixels: number; readonly picture: Buffer } {
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(after)];
  if (a.width !== b.width || a.height !== b.height)
    return { pixels: a.width * a.height + b.width * b.height, picture: after };
  const { width, height } = a;
  const picture = new PNG({ width, height });
  const pixels = pixelmatch(a.data, b.data, picture.data, width, height, { threshold: THRESHOLD });
  return { pixels, picture: PNG.sync.write(picture) };
}

/** The picture that was looked at and kept; null: none yet. */
export function baseline(name: string): Buffer | null {
  const file = join(folder, `${name}.png`);
  return existsSync(file) ? readFileSync(file) : null;
}

/** Keeps a picture small: no alpha, best compression. */
export function keepBaseline(name: string, picture: Buffer): void {
  const small = PNG.sync.write(PNG.sync.read(picture), { colorType: 2, deflateLevel: 9, filterType: -1 });
  writeFileSync(join(folder, `${name}.png`), small);
}
