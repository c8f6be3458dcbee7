import { verifyKey } from '../intake/verify-key';
import type { RelayConfig } from './relay-config';
import { RelayRefusal } from './relay-refusal';
import { verifyToken } from './verify-token';

/** Longest Authorization header that is looked at, in characters; Entra tokens with many groups stay below. */
const longestHeader = 12_288;

const base64 = /^[\w+/=-]+$/;

function basicText(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/**
 * Makes the check of who calls: an Entra token, or the user and password of the gateway's connection, whose only choices are none
 * and Basic. Each is off unless configured.
 * @param config read at each request where secrets are concerned: they are exchanged while the service runs
 * @returns name of the caller for the access log and the rate limit; at once where nothing must be waited for
 * @throws RelayRefusal
 */
export function identifyCaller(
  config: RelayConfig,
  now: () => Date,
  cooldownMs?: number,
): (authorization: string | undefined) => string | Promise<string> {
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

  return (authorization) => {
    const given = authorization !== undefined && authorization.length <= longestHeader ? authorization : '';
    const blank = given.indexOf(' ');
    const scheme = given.slice(0, Math.max(0, blank)).toLowerCase();
    const credentials = given.slice(blank + 1).trimStart();
    if (scheme === 'bearer' && check !== null) return check(credentials);
    const { basic } = config;
    if (scheme === 'basic' && basic !== null && base64.test(credentials))
      if (verifyKey(basicText(credentials), acceptedOf(basic))) return `gateway:${basic.user}`;
    throw new RelayRefusal('unauthenticated');
  };
}
