/** Milliseconds within which everything in these tests has to have happened: what the specification allows a change. */
const defaultWithinMs = 30_000;

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
