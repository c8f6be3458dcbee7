const minuteMs = 60_000;
/** Lines a minute about one kind of refusal: enough to see who is refused, and why. */
const mostPerMinute = 60;

/** Decides whether a line is written, by its kind. @returns null = not; else what it says besides: how many were left out before it */
export type LineLimit = (kind: string) => { readonly leftOut?: number } | null;

/**
 * Bounds how many lines others can make the service write (F-312); metrics count them all. Kinds are few: answer codes, never anything
 * that a caller sends.
 */
export function limitLines(now: () => number = Date.now, most = mostPerMinute): LineLimit {
  const kinds = new Map<string, { since: number; written: number; leftOut: number }>();
  return (kind) => {
    const at = now();
    const known = kinds.get(kind);
    if (known !== undefined && at - known.since < minuteMs) {
      if (known.written >= most) {
        known.leftOut += 1;
        return null;
      }
      known.written += 1;
      return {};
    }
    kinds.set(kind, { since: at, written: 1, leftOut: 0 });
    return known === undefined || known.leftOut === 0 ? {} : { leftOut: known.leftOut };
  };
}
