/** Callers kept before the idle ones are forgotten; of more that are busy, as many again. */
const manyCallers = 10_000;
const minuteMs = 60_000;

/** A limit for each caller. */
export interface RateLimit {
  /** Counts a request. @returns milliseconds to wait, 0 when the request may pass */
  (caller: string): number;
  /** The same without counting. */
  readonly waitOf: (caller: string) => number;
}

/**
 * A limit of requests per minute for each caller (R-903: 500), spread by the generic cell rate algorithm: one number a caller, no
 * double burst where two windows meet.
 */
export function limitRate(perMinute: number, now: () => Date): RateLimit {
  const stepMs = minuteMs / perMinute;
  const due = new Map<string, number>();
  let sweepAt = manyCallers;
  const nextOf = (caller: string, at: number): number => Math.max(at, due.get(caller) ?? 0) + stepMs;
  // Half a step of tolerance, as steps are fractions.
  const waitUntil = (next: number, at: number): number => Math.max(0, next - at - minuteMs - stepMs / 2);
  const take = (caller: string): number => {
    const at = now().getTime();
    const next = nextOf(caller, at);
    const wait = waitUntil(next, at);
    if (wait > 0) return wait;
    if (due.size >= sweepAt) {
      for (const [name, until] of due) if (until <= at) due.delete(name);
      // Where all are busy, looking at each of them for each request would be all that is done.
      sweepAt = Math.max(manyCallers, 2 * due.size);
    }
    due.set(caller, next);
    return 0;
  };
  return Object.assign(take, {
    waitOf: (caller: string): number => {
      const at = now().getTime();
      return waitUntil(nextOf(caller, at), at);
    },
  });
}
