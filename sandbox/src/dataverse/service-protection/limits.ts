import { DataverseError } from '../errors';

/** Per user. The platform's own: 6,000 requests and 20 minutes of execution in 300 s, 52 at once. */
export interface ServiceProtection {
  readonly requests: number;
  readonly windowSeconds: number;
  readonly executionMilliseconds: number;
  readonly concurrent: number;
}

/** Source: learn.microsoft.com "Service protection API limits". */
export const platformLimits: ServiceProtection = {
  requests: 6000,
  windowSeconds: 300,
  executionMilliseconds: 1_200_000,
  concurrent: 52,
};

/** Out of the way of tests and benchmarks, yet there. */
export const generousLimits: ServiceProtection = {
  requests: 600_000,
  windowSeconds: 300,
  executionMilliseconds: 120_000_000,
  concurrent: 5200,
};

export interface Admission {
  /** Requests left in the window. */
  readonly remaining: number;
  /** Seconds of execution left in the window. */
  readonly secondsLeft: number;
  readonly leave: () => void;
}

interface Usage {
  readonly entries: { at: number; took: number }[];
  execution: number;
  running: number;
}

/** Counts requests by user over a sliding window. */
export class Limiter {
  private readonly users = new Map<string, Usage>();

  constructor(
    private readonly limits: ServiceProtection,
    private readonly clock: () => number,
  ) {}

  /**
   * Admits a request; the answer ends it.
   * @throws DataverseError 429 with Retry-After in seconds and one of the three codes.
   */
  enter(userId: string): Admission {
    const now = this.clock();
    const usage = this.users.get(userId) ?? { entries: [], execution: 0, running: 0 };
    this.users.set(userId, usage);
    const start = now - this.limits.windowSeconds * 1000;
    while (usage.entries[0] && usage.entries[0].at <= start) usage.execution -= usage.entries.shift()?.took ?? 0;
    const { requests, windowSeconds, executionMilliseconds, concurrent } = this.limits;
    const wait = usage.entries[0] ? Math.max(1, Math.ceil((usage.entries[0].at - start) / 1000)) : 1;
    if (usage.entries.length >= requests) {
      throw tooMany(
        '0x80072322',
        `Number of requests exceeded the limit of ${requests} over time window of ${windowSeconds} seconds.`,
        wait,
      );
    }
    if (usage.execution >= executionMilliseconds) {
      throw tooMany(
        '0x80072321',
        `Combined execution time of incoming requests exceeded limit of ${executionMilliseconds.toLocaleString('en-US')} milliseconds over time window of ${windowSeconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
        wait,
      );
    }
    if (usage.running >= concurrent)
      throw tooMany('0x80072326', `Number of concurrent requests exceeded the limit of ${concurrent}.`, 1);
    const entry = { at: now, took: 0 };
    usage.entries.push(entry);
    usage.running += 1;
    return {
      remaining: requests - usage.entries.length,
      secondsLeft: (executionMilliseconds - usage.execution) / 1000,
      leave: () => {
        entry.took = this.clock() - now;
        usage.execution += entry.took;
        usage.running -= 1;
      },
    };
  }
}

export const tooMany = (code: string, message: string, retryAfter: number): DataverseError =>
  new DataverseError(429, code, message, {
    'retry-after': String(retryAfter),
    'x-ms-ratelimit-burst-remaining-xrm-requests': '0',
  });
