import type { Desk } from './desk';
import type { Held, Part } from './part';

/**
 * Reads parts side by side, each after those that it needs; a value that still stands is taken over.
 * @param last what was held before
 * @param known what has been read so far; filled with what is read here
 */
export async function readParts(
  parts: readonly Part[],
  desk: Desk,
  last: Held,
  known: Record<string, unknown>,
): Promise<void> {
  const readings: Record<string, Promise<void>> = {};
  const once = (part: Part): Promise<void> => (readings[part.name] ??= readPart(part));
  const readPart = async (part: Part): Promise<void> => {
    const { name, serves, needs = [] } = part;
    if (name in known) return;
    await Promise.all(needs.map(once));
    const value = name in last && part.stands?.(known, last) ? last[name] : await part.read(desk, known, last[name]);
    known[name] = value;
    if (serves) known[serves] = value;
  };
  await Promise.all(parts.map(once));
}
