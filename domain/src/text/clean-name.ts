/**
 * Characters that end a line, move a cursor or turn the direction of writing: of these a name has none, and mail subjects, project
 * names and summaries take none. Halves of surrogate pairs as well.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;

/** A name as it may go to another system, into one line: what is not printed is a blank there (F-317). Pure. */
export function cleanName(name: string): string {
  return name.replaceAll(unprintable, ' ').trim();
}
