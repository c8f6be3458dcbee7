import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { baselines } from './compare';

/** Where Debian's fonts-noto-core and other systems put the one font of the pictures; `NOTO_SANS` names another place. */
const PLACES = ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf', '/usr/share/fonts/noto/NotoSans-Regular.ttf'];

/** Path of the font, null when it is not installed. */
export function findNotoSans(): string | null {
  const named = process.env['NOTO_SANS'];
  return [...(named ? [named] : []), ...PLACES].find((place) => existsSync(place)) ?? null;
}

const schema = z.object({ chromium: z.string(), font: z.string() });

/** What draws the pictures besides the product: glyphs are a matter of these two. */
export type MadeWith = z.infer<typeof schema>;

const file = join(baselines, 'made-with.json');

/** @param chromium `browser.version()` */
export function madeWithHere(chromium: string): MadeWith {
  const font = findNotoSans();
  if (font === null) throw new Error('The pictures need Noto Sans (Debian: apt-get install fonts-noto-core).');
  return { chromium, font: createHash('sha256').update(readFileSync(font)).digest('hex').slice(0, 16) };
}

export function keepMadeWith(chromium: string): void {
  writeFileSync(file, `${JSON.stringify(madeWithHere(chromium), null, 2)}\n`);
}

/** What to think of a difference where another Chromium or font draws than drew the approved pictures; empty where they are the same. */
export function otherwiseMade(chromium: string): string {
  const then = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const now = madeWithHere(chromium);
  const other = [
    ...(then.chromium === now.chromium ? [] : [`Chromium ${then.chromium}, this is ${now.chromium}`]),
    ...(then.font === now.font ? [] : ['another version of Noto Sans']),
  ];
  return other.length === 0
    ? ''
    : ` The approved pictures were made with ${other.join(' and ')}: that alone may be the difference. ` +
        'When `main` as it was differs too, renew them by `npm run visual -- --update` in a commit of its own.';
}
