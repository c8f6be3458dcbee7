import type { IncomingMessage } from 'node:http';
import type { ConnectorAccess } from '../../platform/config/connector-access';
import type { RelayConfig } from '../../platform/config/relay-config';
import { certifiedName } from '../../platform/tls/certified-name';
import { AccessDenied } from './access-denied';
import { type SlowFailures, slowFailures } from './slow-failures';
import { verifyKey } from './verify-key';
import { verifyToken } from './verify-token';

/** What a door of the service accepts; each is off unless configured. */
export interface Accepted {
  /** Tokens of one tenant with one of the app roles. */
  readonly entra: RelayConfig['entra'];
  /** Asked at each request, as are the keys: secrets are exchanged while the service runs. */
  readonly basic: () => ConnectorAccess['basic'];
  /** As the whole header, or behind `Bearer`. */
  readonly apiKeys: () => readonly string[];
  /** Names in client certificates that are let in without anything else. */
  readonly certificateNames: readonly string[];
  /** What the user of Basic is called in logs and for the rate limit. */
  readonly callerOf: (user: string) => string;
}

/** Tells who calls, by the name for the access log and the rate limit; never a credential. */
export interface Authenticator {
  /** At once where nothing must be waited for. @throws AccessDenied */
  readonly identify: (request: IncomingMessage) => string | Promise<string>;
  /** Where that can be told at once; null where it cannot, or where nobody may. */
  readonly known: (request: IncomingMessage) => string | null;
}

/** Longest Authorization header that is looked at, in characters; Entra tokens with many groups stay below. */
const longestHeader = 12_288;

const base64 = /^[\w+/=-]+$/;

/** Makes the check of who calls, for one door. Secrets are compared in constant time. */
export function createAuthenticator(
  accepted: Accepted,
  options: {
    readonly now: () => Date;
    /** Shared with other doors; left out: its own. */
    readonly failures?: SlowFailures | undefined;
  },
): Authenticator {
  const { entra, certificateNames } = accepted;
  const { now, failures = slowFailures(now) } = options;
  const token = entra === null ? null : verifyToken({ entra, now });

  let lastBasic: ConnectorAccess['basic'] = null;
  let pairs: readonly string[] = [];
  const basicCaller = (encoded: string): string | null => {
    const basic = accepted.basic();
    if (basic === null || !base64.test(encoded)) return null;
    if (basic !== lastBasic) pairs = basic.passwords.map((password) => `${basic.user}:${password}`);
    lastBasic = basic;
    return verifyKey(Buffer.from(encoded, 'base64').toString('utf8'), pairs) ? accepted.callerOf(basic.user) : null;
  };
  const keyCaller = (shown: string): string | null => {
    const keys = accepted.apiKeys();
    return keys.length > 0 && verifyKey(shown, keys) ? 'api key' : null;
  };

  /** @param byToken what to do with a token */
  function callerBy<T>(request: IncomingMessage, byToken: (token: string) => T): string | T | null {
    const { authorization = '' } = request.headers;
    if (authorization === '' || authorization.length > longestHeader) return null;
    const blank = authorization.indexOf(' ');
    const scheme = authorization.slice(0, Math.max(0, blank)).toLowerCase();
    const credentials = authorization.slice(blank + 1).trimStart();
    if (scheme === 'bearer') return keyCaller(credentials) ?? byToken(credentials);
    return (scheme === 'basic' ? basicCaller(credentials) : null) ?? keyCaller(authorization);
  }

  const certified = (request: IncomingMessage): string | null => {
    const name = certifiedName(request.socket, certificateNames);
    return name === null ? null : `certificate:${name}`;
  };
  const noted = (request: IncomingMessage, error: unknown): unknown => {
    if (error instanceof AccessDenied && error.denial === 'unauthenticated') failures.failed(request);
    return error;
  };

  // Made once: `known` is asked at every relayed read.
  const checked = (given: string): string | null => token?.checked(given) ?? null;

  return {
    identify: (request) => {
      const name = certified(request);
      if (name !== null) return name;
      const retryAfterSeconds = failures.waitOf(request);
      if (retryAfterSeconds > 0) throw new AccessDenied('tooManyFailures', { retryAfterSeconds });
      const caller = callerBy(request, (given) => token?.(given) ?? null);
      if (caller === null) throw noted(request, new AccessDenied('unauthenticated'));
      if (typeof caller === 'string') return caller;
      return caller.catch((error: unknown) => {
        throw noted(request, error);
      });
    },
    known: (request) => certified(request) ?? (failures.waitOf(request) > 0 ? null : callerBy(request, checked)),
  };
}
