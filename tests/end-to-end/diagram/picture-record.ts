import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readParts } from './read-parts';
import { writePage } from './write-page';

const root = join(__dirname, '..', '..', '..');

export const pictureFile = join(root, 'docs', 'architecture-diagram.png');
/** What the picture was made from, and which picture that is: a font of another machine would draw other pixels. */
export const recordFile = join(root, 'docs', 'architecture-diagram.json');

export interface PictureRecord {
  /** SHA-256 of the page, in hexadecimal. */
  readonly page: string;
  /** SHA-256 of the PNG. */
  readonly picture: string;
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The page as ARCHITECTURE.md asks for it now. */
export const currentPage = (): string => writePage(readParts(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')));
