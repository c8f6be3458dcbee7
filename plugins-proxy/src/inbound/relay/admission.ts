import type { IncomingMessage } from 'node:http';
import { certifiedName } from '../../platform/tls/certified-name';
import { identifyCaller } from './identify-caller';
import { limitRate } from './limit-rate';
import { matchTarget, type RelayTarget } from './match-target';
import type { RelayConfig } from '../../platform/config/relay-config';
import { RelayRefusal } from './relay-refusal';
import { type SlowFailures, slowFailures } from './slow-failures';

/**
 * Requests that wait for Jira at one time, of all callers: twice what R-1309 asks for. More would each be answered later than anybody
 * waits for, and all of them late.
 */
export const mostAtOnce = 2_000;
/** What a caller beyond it is told to wait, in seconds: most of the others have their answers by then. */
const overloadedSeconds = 1;

/** The checks before a request is passed on, in this order: who, how often, what. */
export interface Admission {
  /** Who calls; at once where nothing must be waited for. @throws RelayRefusal */
  readonly identify: (request: IncomingMessage) => string | Promise<string>;
  /** Who calls, where that can be told at once; null where it cannot, or where nobody may. */
  readonly known: (request: IncomingMessage) => string | null;
  /** What is asked for. @throws RelayRefusal */
  readonly admit: (caller: string, request: IncomingMessage) => RelayTarget;
  /** What is asked for, where the request may go on; null, and nothing is counted, where it may not. */
  readonly admitted: (caller: string, request: IncomingMessage) => RelayTarget | null;
  /** Counts what waits for Jira. */
  readonly begin: () => void;
  readonly end: () => void;
}

export function createAdmission(options: {
  readonly config: RelayConfig;
  readonly now: () => Date;
  readonly keysCooldownMs?: number;
  /** Shared with other doors; left out: its own. */
  readonly failures?: SlowFailures;
}): Admission {
  const { config, now, keysCooldownMs } = options;
  const { identify, known } = identifyCaller(config, now, keysCooldownMs);
  const waitFor = limitRate(config.perMinute, now);
  const failures = options.failures ?? slowFailures(now);
  let atOnce = 0;

  const certified = (request: IncomingMessage): string | null => {
    const name = certifiedName(request.socket, config.certificateNames);
    return name === null ? null : `certificate:${name}`;
  };
  const noted = (request: IncomingMessage, error: unknown): unknown => {
    if (error instanceof RelayRefusal && error.answer === 'unauthenticated') failures.failed(request);
    return error;
  };
  const signedIn = (request: IncomingMessage): string | Promise<string> => {
    const retryAfterSeconds = failures.waitOf(request);
    if (retryAfterSeconds > 0) throw new RelayRefusal('tooManyFailures', { retryAfterSeconds });
    try {
      const caller = identify(request.headers.authorization);
      return typeof caller === 'string'
        ? caller
        : caller.catch((error: unknown) => {
            throw noted(request, error);
          });
    } catch (error) {
      throw noted(request, error);
    }
  };
  const targetOf = (request: IncomingMessage): RelayTarget => matchTarget(request.method ?? '', request.url ?? '');

  return {
    identify: (request) => certified(request) ?? signedIn(request),
    known: (request) =>
      certified(request) ?? (failures.waitOf(request) > 0 ? null : known(request.headers.authorization)),
    admit: (caller, request) => {
      const waitMs = waitFor(caller);
      if (waitMs > 0) throw new RelayRefusal('rateLimited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
      if (atOnce >= mostAtOnce) throw new RelayRefusal('overloaded', { retryAfterSeconds: overloadedSeconds });
      return targetOf(request);
    },
    admitted: (caller, request) => {
      if (atOnce >= mostAtOnce) return null;
      try {
        const target = targetOf(request);
        // Last, as it counts.
        return waitFor(caller) > 0 ? null : target;
      } catch {
        // `admit` says why.
        return null;
      }
    },
    begin: () => (atOnce += 1),
    end: () => (atOnce -= 1),
  };
}
