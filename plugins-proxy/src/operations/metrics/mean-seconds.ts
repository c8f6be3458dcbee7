/** Mean duration of calls or runs in the last minutes, and how many there were. */
export interface MeanSeconds {
  add(seconds: number): void;
  /** Seconds; null when there was no call. */
  mean(): number | null;
  /** Calls a minute; of a watch that is younger than its window, over the time since it began, a minute at least. */
  perMinute(): number;
}

/** Sums are kept by this, in milliseconds; what is older than the window is let go in such pieces. */
const pieceMs = 15_000;
/** R-1103: five minutes. */
const windowMs = 5 * 60_000;
const minuteMs = 60_000;

/** @param now milliseconds */
export function createMeanSeconds(now: () => number): MeanSeconds {
  const pieces = new Map<number, { calls: number; seconds: number }>();
  const began = now();
  const letGo = (): void => {
    const oldest = Math.floor((now() - windowMs) / pieceMs);
    for (const piece of pieces.keys()) if (piece <= oldest) pieces.delete(piece);
  };
  return {
    add: (seconds) => {
      const piece = Math.floor(now() / pieceMs);
      const known = pieces.get(piece);
      if (known === undefined) {
        letGo();
        pieces.set(piece, { calls: 1, seconds });
        return;
      }
      known.calls += 1;
      known.seconds += seconds;
    },
    mean: () => {
      letGo();
      let [calls, seconds] = [0, 0];
      for (const piece of pieces.values()) {
        calls += piece.calls;
        seconds += piece.seconds;
      }
      return calls === 0 ? null : seconds / calls;
    },
    perMinute: () => {
      letGo();
      let calls = 0;
      for (const piece of pieces.values()) calls += piece.calls;
      return (calls * minuteMs) / Math.min(windowMs, Math.max(minuteMs, now() - began));
    },
  };
}
