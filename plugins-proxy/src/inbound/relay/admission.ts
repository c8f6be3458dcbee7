import type { IncomingMessage } from 'node:http';
import { type Authenticator, createAuthenticator } from '../authenticate/authenticator';
import { limitRate } from '../authenticate/limit-rate';
import type { SlowFailures } from '../authenticate/slow-failures';
import { matchTarget, type RelayTarget } from './match-target';
import type { RelayConfig } from '../../platform/config/relay-config';
import { RelayRefusal } from './relay-refusal';

/**
 * Requests that wait for Jira at one time, of all callers: twice what R-1309 asks for. More would each be answered later than anybody
 * waits for, and all of them late.
 */
export const mostAtOnce = 2_000;
/** What a caller beyond it is told to wait, in seconds: most of the others have their answers by then. */
const overloadedSeconds = 1;

/** The gateway's connection sends Basic, callers elsewhere tokens. */
const noKeys: readonly string[] = [];

/** The checks before a request is passed on, in this order: who, how often, what. */
export interface Admission extends Authenticator {
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
  /** Shared with other doors; left out: its own. */
  readonly failures?: SlowFailures;
}): Admission {
  const { config, now, failures } = options;
  const { identify, known } = createAuthenticator(
    {
      entra: config.entra,
      basic: () => config.basic,
      apiKeys: () => noKeys,
      certificateNames: config.certificateNames,
      callerOf: (user) => `gateway:${user}`,
    },
    { now, failures },
  );
  const waitFor = limitRate(config.perMinute, now);
  let atOnce = 0;

  const targetOf = (request: IncomingMessage): RelayTarget => matchTarget(request.method ?? '', request.url ?? '');

  return {
    identify,
    known,
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
