/** Counts distinct failures of the last window, exactly: Prometheus' `increase` extrapolates and would turn 5 into 5.3. */
export interface FailureWindow {
  add(streak: string): void;
  count(): number;
}

/** The longest window that can be asked for, in milliseconds: a longer one tomorrow shall find what happened today. */
const longestMs = 24 * 3_600_000;

/**
 * @param now milliseconds
 * @param windowMs length of the window as it is now (R-1103, `crmjira_LogRateWindowMinutes`)
 */
export function createFailureWindow(now: () => number, windowMs: () => number): FailureWindow {
  const seen = new Map<string, number>();
  return {
    add: (streak) => {
      if (!seen.has(streak)) seen.set(streak, now());
    },
    count: () => {
      const moment = now();
      const oldest = moment - windowMs();
      let count = 0;
      for (const [streak, at] of seen) {
        if (at < moment - longestMs) seen.delete(streak);
        else if (at >= oldest) count += 1;
      }
      return count;
    },
  };
}
