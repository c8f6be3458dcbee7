/** Why the newest reading failed, as far as it changes what a person can do. */
export type FailureKind = 'forbidden' | 'offline' | 'unreachable';

/** What a page knows: the last good value stays, whatever happens after it. */
export interface Reading<T> {
  readonly value: T | null;
  /** instant of the last good reading, ISO 8601 */
  readonly readAt: string | null;
  /** null while the newest reading was good; `since` is the first failure of the row */
  readonly failure: { readonly kind: FailureKind; readonly since: string } | null;
}

export type ReadingResult<T> =
  | { readonly ok: true; readonly value: T; readonly at: string }
  | { readonly ok: false; readonly kind: FailureKind; readonly at: string };

export const NOTHING_READ: Reading<never> = { value: null, readAt: null, failure: null };

/** Two readings of one page: it has a value once both have one, as old as the older, and fails while either does. Pure. */
export function joined<A, B, T>(a: Reading<A>, b: Reading<B>, join: (a: A, b: B) => T): Reading<T> {
  if (a.value === null || b.value === null || a.readAt === null || b.readAt === null)
    return { value: null, readAt: null, failure: a.failure ?? b.failure };
  const readAt = a.readAt < b.readAt ? a.readAt : b.readAt;
  return { value: join(a.value, b.value), readAt, failure: a.failure ?? b.failure };
}

/** Pure. */
export function afterReading<T>(before: Reading<T>, result: ReadingResult<T>): Reading<T> {
  if (result.ok) return { value: result.value, readAt: result.at, failure: null };
  return { ...before, failure: { kind: result.kind, since: before.failure?.since ?? result.at } };
}
