/** The value of a choice; null for one that it does not have. */
export function valueIn<V extends number>(choice: Readonly<Record<string, V>>, found: number | null): V | null {
  return Object.values(choice).find((value) => value === found) ?? null;
}
