import type { Entry } from 'ldapts';
import { DirectoryError } from './directory-error';
import { valuesOf } from './entries';

const rangeOf = (attribute: string, wanted: string): { readonly last: number | null } | null => {
  const found = /^([^;]+);range=([0-9]+)-([0-9]+|\*)$/iu.exec(attribute);
  if (found?.[1]?.toLowerCase() !== wanted.toLowerCase()) return null;
  return { last: found[3] === '*' ? null : Number(found[3]) };
};

/** A guard against a server that always names one more range. */
const rangesAtMost = 10_000;

/**
 * All values of an attribute of an entry. Active Directory gives 1,500 at once and calls them `member;range=0-1499`: the
 * rest is asked for until an answer ends with `*`.
 * @param read reads one attribute of the same entry; null: it is gone
 * @throws DirectoryError
 */
export async function allValues(
  entry: Entry,
  attribute: string,
  read: (attribute: string) => Promise<Entry | null>,
): Promise<readonly string[]> {
  const values = [...valuesOf(entry, attribute)];
  let current = entry;
  for (let count = 0; count < rangesAtMost; count += 1) {
    const key = Object.keys(current).find((one) => rangeOf(one, attribute) !== null);
    if (key === undefined) {
      if (count === 0) return values;
      throw new DirectoryError('cut-off', `The directory did not go on with ${attribute} of ${entry.dn}.`);
    }
    values.push(...valuesOf(current, key));
    const last = rangeOf(key, attribute)?.last ?? null;
    if (last === null) return values;
    const next = await read(`${attribute};range=${last + 1}-*`);
    if (next === null) throw new DirectoryError('cut-off', `${entry.dn} went while it was read.`);
    current = next;
  }
  throw new DirectoryError('answer-too-large', `${attribute} of ${entry.dn} has no end.`);
}
