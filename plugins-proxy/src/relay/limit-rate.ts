/** Callers kept before the idle ones are forgotten; of more that are busy, as many again. */
const manyCallers = 10_000;
const minuteMs = 60_000;

/**
 * A limit of requests per minute for each caller (R-903: 500), spread by the generic cell rate algorithm: one number a caller, no
 * double burst where two windows meet.
 * @returns milliseconds to wait, 0 when the request may pass
 */
export function limitRate(perMinute: number, now: () => Date): (caller: string) => number {
  const stepMs = minuteMs / perMinute;
  const due = new Map<string, number>();
  let sweepAt = manyCallers;
  return (caller) => {
    const at = now().getTime();
    const next = Math.max(at, due.get(caller) ?? 0) + stepMs;
    // Half a step of tolerance, as steps are fractions.
    const wait = next - at - minuteMs - stepMs / 2;
    if (wait > 0) return wait;
    if (due.size >= sweepAt) {
      for (const [name, until] of due) if (until <= at) due.delete(name);
      // Where all are busy, looking at each of them for each request would be all that is done.
      sweepAt = Math.max(manyCallers, 2 * due.size);
    }
    due.set(caller, next);
    return 0;
  };
}
