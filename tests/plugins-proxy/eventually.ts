/** Milliseconds: what takes a second on a machine of its own has to pass beside ten other programs too. */
const defaultWithinMs = 90_000;

/** Repeats `check` until it no longer throws; its last error is the failure. */
export async function eventually<T>(check: () => Promise<T>, withinMs = defaultWithinMs): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
