/** Milliseconds between two readings for two minutes after load, command or use (UX.md "Rules"). */
export const FAST_EVERY = 4_000;

/** How long the fast pace lasts, milliseconds. */
export const FAST_FOR = 120_000;

/** Milliseconds between two readings later on. */
export const SLOW_EVERY = 30_000;

/** Milliseconds to the next reading, or null while the page is hidden. @param lastUse epoch milliseconds */
export function nextReading(now: number, lastUse: number, hidden: boolean): number | null {
  if (hidden) return null;
  return now - lastUse < FAST_FOR ? FAST_EVERY : SLOW_EVERY;
}
