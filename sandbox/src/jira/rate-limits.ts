import type { Edition } from './site/rows';

/** A token bucket: so many at once, so many more each second. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

export interface RateLimits {
  /** one bucket for each account, method and endpoint */
  readonly cloud: BucketSize;
  /** one bucket for each account */
  readonly dc: BucketSize;
}

/** Generous: they are there to be seen, and are met only by a client that means it. */
export const DEFAULT_LIMITS: RateLimits = {
  cloud: { capacity: 600, perSecond: 200 },
  dc: { capacity: 500, perSecond: 200 },
};

export interface RateDecision {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts requests in real time, as Jira does, whatever the site's clock says. */
export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limits: RateLimits,
    private readonly now: () => number = Date.now,
  ) {}

  take(edition: Edition, account: string, endpoint: string): RateDecision {
    const size = this.limits[edition];
    const key = edition === 'cloud' ? `${account} ${endpoint}` : account;
    const at = this.now();
    const old = this.buckets.get(key) ?? { tokens: size.capacity, at };
    const tokens = Math.min(size.capacity, old.tokens + ((at - old.at) / 1000) * size.perSecond);
    const allowed = tokens >= 1;
    const left = allowed ? tokens - 1 : tokens;
    this.buckets.set(key, { tokens: left, at });
    const wait = allowed ? 0 : Math.max(1, Math.ceil((1 - left) / size.perSecond));
    return {
      allowed,
      headers: edition === 'cloud' ? this.cloudHeaders(size, left, wait, at) : dcHeaders(size, left, wait),
    };
  }

  private cloudHeaders(size: BucketSize, left: number, wait: number, at: number): Record<string, string> {
    const seconds = Math.max(wait, (size.capacity - left) / size.perSecond);
    return {
      'x-ratelimit-limit': String(size.capacity),
      'x-ratelimit-remaining': String(Math.floor(left)),
      'x-ratelimit-reset': resetMinute(at, seconds),
      ...(left < size.capacity * 0.2 ? { 'x-ratelimit-nearlimit': 'true' } : {}),
      ...(wait > 0 ? { 'retry-after': String(wait), 'ratelimit-reason': 'jira-burst-based' } : {}),
    };
  }
}

/** The moment so many seconds ahead as Cloud writes it, to the minute and without seconds; never before it. */
export function resetMinute(at: number, seconds: number): string {
  return `${new Date(Math.ceil((at + seconds * 1000) / 60_000) * 60_000).toISOString().slice(0, 16)}Z`;
}

function dcHeaders(size: BucketSize, left: number, wait: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(size.capacity),
    'x-ratelimit-remaining': String(Math.floor(left)),
    'x-ratelimit-fillrate': String(size.perSecond),
    'x-ratelimit-interval-seconds': '1',
    'retry-after': String(wait),
  };
}
