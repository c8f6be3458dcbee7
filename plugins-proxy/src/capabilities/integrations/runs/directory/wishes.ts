import { createHash } from 'node:crypto';
import { type DirectoryFacts, type DirectoryWish, wishKey } from '@crmjira/domain';
import { z } from 'zod';

const signs = 8;
/** So many are confirmed at once; beyond it the brake counts on. */
const most = 5000;

/** 48 bits tell a few thousand wishes apart, and thousands of them fit the answer to a command. */
const fingerprint = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, signs);

/** What *Confirm run* confirms, as the preview of a dry run carries it. */
export const wishesText = (wishes: readonly DirectoryWish[]): string =>
  wishes
    .slice(0, most)
    .map((wish) => fingerprint(wishKey(wish)))
    .join('');

const confirmedPreview = z.object({ wishes: z.string().max(signs * most) });

/** What an administrator has confirmed of the preview of a dry run; null: nothing was. */
export function confirmedWishes(preview: unknown): DirectoryFacts['confirmed'] | null {
  const { data } = confirmedPreview.safeParse(preview);
  if (data === undefined) return null;
  const known = new Set(data.wishes.match(/.{8}/gu));
  return { has: (key) => known.has(fingerprint(key)) };
}
