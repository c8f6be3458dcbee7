import { type Current, current } from './http-client/current';

/** A map that holds so much at most; what was used longest ago is forgotten first. */
export interface BoundedMap<Key, Value> {
  get(key: Key): Value | undefined;
  /** An entry that alone exceeds the limit is not kept. */
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  entries(): Iterable<readonly [Key, Value]>;
}

/**
 * @param limit sum of the weights; one that changes holds from the next entry on
 * @param weigh weight of a value, which must not change while it is held; left out: each counts as one
 */
export function createBoundedMap<Key, Value>(
  limit: Current<number>,
  weigh: (value: Value) => number = () => 1,
): BoundedMap<Key, Value> {
  // A Map keeps the order of insertion: the first entry is the one that was used longest ago.
  const held = new Map<Key, { readonly value: Value; readonly weight: number }>();
  let weight = 0;
  const forget = (key: Key): void => {
    weight -= held.get(key)?.weight ?? 0;
    held.delete(key);
  };
  return {
    get: (key) => {
      const entry = held.get(key);
      if (entry === undefined) return undefined;
      held.delete(key);
      held.set(key, entry);
      return entry.value;
    },
    set: (key, value) => {
      forget(key);
      const most = current(limit);
      const entry = { value, weight: weigh(value) };
      if (entry.weight > most) return;
      held.set(key, entry);
      weight += entry.weight;
      for (const [oldest] of held) {
        if (weight <= most) break;
        forget(oldest);
      }
    },
    delete: forget,
    entries: () => [...held].map(([key, { value }]) => [key, value] as const),
  };
}
