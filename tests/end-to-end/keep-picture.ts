import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { compare } from '../visual/compare';

/**
 * Writes a picture unless the one that is there looks the same: Chromium blends an edge one shade lighter or darker from run to run, and
 * a file that only differs in that is no news to anybody.
 * @returns whether it was written
 */
export function keepPicture(file: string, picture: Buffer): boolean {
  if (existsSync(file) && compare(readFileSync(file), picture).pixels === 0) return false;
  writeFileSync(file, picture);
  return true;
}
