import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether what came is what is expected, in a time that tells nothing. */
export const isSame = (came: string | undefined, expected: string): boolean =>
  timingSafeEqual(digest(came ?? ''), digest(expected));
