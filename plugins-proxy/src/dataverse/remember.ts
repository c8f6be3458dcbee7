/** Runs `read` at most once per `keepMs`; callers at the same time share one run, a failure is not kept. */
export function remember<T>(read: () => Promise<T>, keepMs: number, now: () => number = Date.now): () => Promise<T> {
  let known: { readonly value: Promise<T>; readonly until: number } | null = null;
  return () => {
    if (known !== null && now() < known.until) return known.value;
    const value = read();
    const entry = { value, until: now() + keepMs };
    known = entry;
    value.catch(() => {
      if (known === entry) known = null;
    });
    return value;
  };
}

/** As `remember`, one memory per key. */
export function rememberEach<T>(
  read: (key: string) => Promise<T>,
  keepMs: number,
  now: () => number = Date.now,
): (key: string) => Promise<T> {
  const memories = new Map<string, () => Promise<T>>();
  return (key) => {
    const memory = memories.get(key) ?? remember(() => read(key), keepMs, now);
    memories.set(key, memory);
    return memory();
  };
}
