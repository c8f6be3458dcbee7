import { verifyKey } from '../webhooks/verify-key';
import type { RelayConfig } from '../../platform/config/relay-config';
import { RelayRefusal } from './relay-refusal';
import { verifyToken } from './verify-token';

/** Longest Authorization header that is looked at, in characters; Entra tokens with many groups stay below. */
const longestHeader = 12_288;

const base64 = /^[\w+/=-]+$/;

function basicText(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/** The check of who calls, from the Authorization header. */
export interface CallerCheck {
  /** Name of the caller for the access log and the rate limit; at once where nothing must be waited for. @throws RelayRefusal */
  readonly identify: (authorization: string | undefined) => string | Promise<string>;
  /** The same where it can be told at once; null where it cannot, or where nobody may. */
  readonly known: (authorization: string | undefined) => string | null;
}

/**
 * Makes the check of who calls: an Entra token, or the user and password of the gateway's connection, whose only choices are none
 * and Basic. Each is off unless configured.
 * @param config read at each request where secrets are concerned: they are exchanged while the service runs
 */
export function identifyCaller(config: RelayConfig, now: () => Date, cooldownMs?: number): CallerCheck {
  const { entra } = config;
  const check =
    entra === null ? null : verifyToken({ entra, now, ...(cooldownMs === undefined ? {} : { cooldownMs }) });
  let known: RelayConfig['basic'] = null;
  let accepted: readonly string[] = [];
  const acceptedOf = (basic: NonNullable<RelayConfig['basic']>): readonly string[] => {
    if (basic !== known) accepted = basic.passwords.map((password) => `${basic.user}:${password}`);
    known = basic;
    return accepted;
  };
  const basicCaller = (credentials: string): string | null => {
    const { basic } = config;
    if (basic === null || !base64.test(credentials)) return null;
    return verifyKey(basicText(credentials), acceptedOf(basic)) ? `gateway:${basic.user}` : null;
  };
  const parts = (authorization: string | undefined): readonly [scheme: string, credentials: string] => {
    const given = authorization !== undefined && authorization.length <= longestHeader ? authorization : '';
    const blank = given.indexOf(' ');
    return [given.slice(0, Math.max(0, blank)).toLowerCase(), given.slice(blank + 1).trimStart()];
  };

  return {
    identify: (authorization) => {
      const [scheme, credentials] = parts(authorization);
      if (scheme === 'bearer' && check !== null) return check(credentials);
      const caller = scheme === 'basic' ? basicCaller(credentials) : null;
      if (caller === null) throw new RelayRefusal('unauthenticated');
      return caller;
    },
    known: (authorization) => {
      const [scheme, credentials] = parts(authorization);
      if (scheme === 'bearer') return check?.checked(credentials) ?? null;
      return scheme === 'basic' ? basicCaller(credentials) : null;
    },
  };
}
