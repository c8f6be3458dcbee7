import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** Pictures that were looked at and approved. */
export const baselines = join(__dirname, 'baseline');

/** A folder for each picture that differs, with what was approved, what is drawn now and where they differ. */
export const differences = join(__dirname, '..', '..', '.visual');

/**
 * Pixels that may differ although nothing moved. Two runs of the same Chromium differ in none; a label that moved by two
 * pixels differs in more than a hundred.
 */
export const MOST_PIXELS = 40;

/** How far a colour may be off, 0…1: a rounding of blended edges, not another shade. */
const THRESHOLD = 0.1;

interface Comparison {
  readonly pixels: number;
  /** Where they differ, as a picture; drawn when it is asked for, as that takes seconds. */
  readonly difference: () => Buffer;
}

/** Pixels in which two pictures differ; what only one of them has counts as different. */
export function compare(before: Buffer, after: Buffer): Comparison {
  if (before.equals(after)) return { pixels: 0, difference: () => after };
  const [a, b] = [PNG.sync.read(before), PNG.sync.read(after)];
  const size = { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) };
  const picture = new PNG(size);
  const pixels = pixelmatch(within(a, size).data, within(b, size).data, picture.data, size.width, size.height, {
    threshold: THRESHOLD,
  });
  const sameSize = a.width === b.width && a.height === b.height;
  // quick rather than small: it is looked at once
  const difference = (): Buffer => PNG.sync.write(picture, { deflateLevel: 1, filterType: 0 });
  return { pixels: sameSize ? pixels : Math.max(pixels, MOST_PIXELS + 1), difference };
}

/** The picture on a ground that no control has. */
function within(picture: PNG, size: { readonly width: number; readonly height: number }): PNG {
  const { width, height } = picture;
  if (width === size.width && height === size.height) return picture;
  const ground = new PNG(size);
  for (let at = 0; at < ground.data.length; at += 4) ground.data.writeUInt32BE(0xff00ffff, at);
  PNG.bitblt(picture, ground, 0, 0, width, height, 0, 0);
  return ground;
}

/** The approved picture; null: none yet. */
export function baselineOf(name: string): Buffer | null {
  const file = join(baselines, `${name}.png`);
  return existsSync(file) ? readFileSync(file) : null;
}

/** Approves a picture as it came: what is drawn the same again is then the same bytes, and seen to be so at once. */
export function keepBaseline(name: string, picture: Buffer): void {
  writeFileSync(join(baselines, `${name}.png`), picture);
}

/** Leaves what differs where it can be looked at. @returns the folder */
export function showDifference(name: string, now: Buffer, before: Buffer | null): string {
  const folder = join(differences, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'now.png'), now);
  if (before) {
    writeFileSync(join(folder, 'before.png'), before);
    writeFileSync(join(folder, 'difference.png'), compare(before, now).difference());
  }
  return `.visual/${name}`;
}
