import { IntegrationError } from '../errors/integration-error';
import type { ProviderName } from './provider-name';
import { readRetryAfter } from './read-retry-after';
import { longestPauseMs } from './retry-table';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * What one host has left for us, by what its answers say. Calls ask before they leave, so that a limit is met by waiting and not
 * by running into it again and again.
 */
export interface RateBudget {
  /** Takes in an answer. */
  note(method: string, path: string, status: number, headers: Headers): void;
  /**
   * Milliseconds to wait before this call may leave.
   * @throws IntegrationError `…-rate-limit` with the time, when that is longer than a worker should sleep
   */
  pause(method: string, path: string): number;
}

/** Longest pause before a call that the host has not refused yet, in milliseconds: its answer then says what is left. */
const longestSpacingMs = 1_000;
/**
 * Longest time that a 503 holds calls back, in milliseconds: what it asks for is a guess about an outage, and the end of that is to be
 * seen soon (F-501). A 429 counts as it is said.
 */
const longestOutageHoldMs = 10_000;
/** Endpoints remembered; the oldest is forgotten first. */
const rememberedEndpoints = 500;

function number(headers: Headers, name: string): number | undefined {
  const value = Number(headers[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** A path with its ids taken out: Jira Cloud counts by method and endpoint. */
export function endpointOf(method: string, path: string): string {
  const parts = path.split('?')[0]?.split('/') ?? [];
  const plain = parts.map((part) => (/^([a-z][a-zA-Z-]*|\d|\d\.\d|crmjira\.\w+|)$/.test(part) ? part : '*'));
  return `${method} ${plain.join('/')}`;
}

/**
 * Spacing between calls when the host says how much is left: none while there is some; at nothing, until one more fits. Data Center
 * says how fast its bucket fills, Cloud and Sentry when it is full again.
 */
function spacing(headers: Headers, now: number): number {
  const remaining = number(headers, 'x-ratelimit-remaining') ?? number(headers, 'x-sentry-rate-limit-remaining');
  if (remaining === undefined || remaining >= 1) return 0;
  const fill = number(headers, 'x-ratelimit-fillrate');
  const interval = number(headers, 'x-ratelimit-interval-seconds');
  const wait =
    fill !== undefined && fill > 0 && interval !== undefined
      ? (1_000 * interval) / fill
      : (readRetryAfter(headers, now) ?? 0);
  return Math.min(longestSpacingMs, Math.ceil(wait));
}

/** A budget for one host. */
export function createRateBudget(provider: ProviderName, now: () => number): RateBudget {
  /** `*` for the whole host, else an endpoint → moment before which nothing leaves, and when that was said. */
  const until = new Map<string, { readonly moment: number; readonly saidAt: number }>();
  /** 0 when nothing holds it back; a wait that was said at a moment still to come ended when the clock was put back. */
  const momentOf = (scope: string): number => {
    const held = until.get(scope);
    return held === undefined || held.saidAt > now() ? 0 : held.moment;
  };
  const hold = (scope: string, ms: number): void => {
    if (ms <= 0) return;
    const moment = Math.max(momentOf(scope), now() + ms);
    until.delete(scope);
    until.set(scope, { moment, saidAt: now() });
    const [oldest] = until.keys();
    if (until.size > rememberedEndpoints && oldest !== undefined) until.delete(oldest);
  };
  return {
    note: (method, path, status, headers) => {
      const endpoint = endpointOf(method, path);
      const perAccount = headers['x-ratelimit-fillrate'] !== undefined;
      if (status === 429 || status === 503) {
        // Only a burst on one endpoint leaves the others alone.
        const burst = headers['ratelimit-reason'] === 'jira-burst-based';
        const asked = readRetryAfter(headers, now()) ?? 0;
        hold(burst ? endpoint : '*', status === 503 ? Math.min(asked, longestOutageHoldMs) : asked);
        return;
      }
      hold(perAccount ? '*' : endpoint, spacing(headers, now()));
    },
    pause: (method, path) => {
      const scopes = ['*', endpointOf(method, path)];
      const moment = Math.max(...scopes.map(momentOf));
      const ms = Math.max(0, moment - now());
      for (const scope of scopes) if (momentOf(scope) <= now()) until.delete(scope);
      if (ms <= longestPauseMs) return ms;
      throw new IntegrationError(`${provider.name} asked to slow down (rate limit); it is tried again.`, {
        code: `${provider.codePrefix}-rate-limit`,
        errorClass: 'transient',
        status: 429,
        retryAfterMs: ms,
      });
    },
  };
}
