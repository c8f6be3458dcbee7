import { failureWindowMs } from './alert-rules';

/** Counts distinct failures of the last window, exactly: Prometheus' `increase` extrapolates and would turn 5 into 5.3. */
export interface FailureWindow {
  add(streak: string): void;
  count(): number;
}

/** @param now milliseconds */
export function createFailureWindow(now: () => number): FailureWindow {
  const seen = new Map<string, number>();
  return {
    add: (streak) => {
      if (!seen.has(streak)) seen.set(streak, now());
    },
    count: () => {
      const oldest = now() - failureWindowMs;
      for (const [streak, at] of seen) if (at < oldest) seen.delete(streak);
      return seen.size;
    },
  };
}
