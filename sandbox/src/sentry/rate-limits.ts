/** Requests of one caller to one endpoint in a window that begins at whole seconds. */
export interface RateLimits {
  readonly requests: number;
  readonly windowSeconds: number;
}

export const DEFAULT_LIMITS: RateLimits = { requests: 40, windowSeconds: 1 };

const concurrent = 25;

/** Counts by endpoint, and says in headers what is left. */
export function createLimiter({ requests, windowSeconds }: RateLimits, clock: () => Date) {
  const windows = new Map<string, { readonly start: number; count: number }>();
  return (endpoint: string): { readonly allowed: boolean; readonly headers: Record<string, string> } => {
    const seconds = clock().getTime() / 1_000;
    const start = Math.floor(seconds / windowSeconds) * windowSeconds;
    const known = windows.get(endpoint);
    const window = known?.start === start ? known : { start, count: 0 };
    windows.set(endpoint, window);
    window.count += 1;
    return {
      allowed: window.count <= requests,
      headers: {
        'x-sentry-rate-limit-limit': String(requests),
        'x-sentry-rate-limit-remaining': String(Math.max(0, requests - window.count)),
        'x-sentry-rate-limit-reset': String(start + windowSeconds),
        'x-sentry-rate-limit-concurrentlimit': String(concurrent),
        'x-sentry-rate-limit-concurrentremaining': String(concurrent - 1),
      },
    };
  };
}
