/**
 * Runs `read` at most once per `keepMs`; callers at the same time share one run, a failure is not kept. What was read at a moment
 * that is still to come was read before the clock was put back: it is read again.
 */
export function memoize<T>(read: () => Promise<T>, keepMs: number, now: () => number = Date.now): () => Promise<T> {
  let known: { readonly value: Promise<T>; readonly readAt: number } | null = null;
  return () => {
    const age = known === null ? -1 : now() - known.readAt;
    if (known !== null && age >= 0 && age < keepMs) return known.value;
    const value = read();
    const entry = { value, readAt: now() };
    known = entry;
    value.catch(() => {
      if (known === entry) known = null;
    });
    return value;
  };
}

/** As `remember`, one memory per key. */
export function memoizeEach<T>(
  read: (key: string) => Promise<T>,
  keepMs: number,
  now: () => number = Date.now,
): (key: string) => Promise<T> {
  const memories = new Map<string, () => Promise<T>>();
  return (key) => {
    const memory = memories.get(key) ?? memoize(() => read(key), keepMs, now);
    memories.set(key, memory);
    return memory();
  };
}
