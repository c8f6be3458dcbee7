import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { keepPicture } from '../end-to-end/keep-picture';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pictures-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A grey square of 20 by 20 with one pixel of another shade. */
function square(shade: number, pixel = shade, size = 20): Buffer {
  const png = new PNG({ width: size, height: size });
  png.data.fill(shade);
  png.data.fill(pixel, 0, 3);
  return PNG.sync.write(png);
}

test('R-1936 a picture of the documents is written anew when something is seen to differ, and left alone when nothing is', () => {
  const file = join(folder, 'form.png');
  const first = square(251);
  expect(keepPicture(file, first)).toBe(true);
  expect(keepPicture(file, square(252))).toBe(false);
  expect(readFileSync(file)).toEqual(first);
  const moved = square(251, 20);
  expect(keepPicture(file, moved)).toBe(true);
  expect(readFileSync(file)).toEqual(moved);
  expect(keepPicture(file, square(251, 20, 21))).toBe(true);
});
