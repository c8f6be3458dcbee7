type Headers = Readonly<Record<string, string | string[] | undefined>>;

function first(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function until(text: string | undefined, now: number): number | undefined {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Longest wait that is taken over, in milliseconds: the quotas of both sides are refilled within the hour. A clock that is wrong, or a
 * proxy that asks for a year, would otherwise silence a side for as long.
 */
export const longestRetryAfterMs = 3_600_000;

/**
 * How long a 429 or 503 asks to wait, in milliseconds: `Retry-After` in seconds or as a date, else `X-RateLimit-Reset`, which Jira
 * Cloud writes in ISO 8601, or `X-Sentry-Rate-Limit-Reset` in seconds since 1970; an hour at most. Undefined when it says nothing.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const asked = askedFor(headers, now);
  return asked === undefined ? undefined : Math.min(asked, longestRetryAfterMs);
}

function askedFor(headers: Headers, now: number): number | undefined {
  const retryAfter = first(headers, 'retry-after')?.trim();
  if (retryAfter !== undefined && retryAfter !== '') {
    const seconds = Number(retryAfter);
    return Number.isFinite(seconds) ? Math.max(0, seconds * 1_000) : until(retryAfter, now);
  }
  const reset = Number(first(headers, 'x-sentry-rate-limit-reset') ?? Number.NaN);
  if (Number.isFinite(reset)) return Math.max(0, reset * 1_000 - now);
  return until(first(headers, 'x-ratelimit-reset'), now);
}
