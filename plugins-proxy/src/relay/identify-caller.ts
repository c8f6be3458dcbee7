import { verifyKey } from '../intake/verify-key';
import type { RelayConfig } from './relay-config';
import { RelayRefusal } from './relay-refusal';
import { verifyToken } from './verify-token';

/** Longest Authorization header that is looked at, in characters; Entra tokens with many groups stay below. */
const longestHeader = 12_288;

function basicText(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/**
 * Makes the check of who calls: an Entra token, or the user and password of the gateway's connection, whose only choices are none
 * and Basic. Each is off unless configured.
 * @returns name of the caller for the access log and the rate limit
 * @throws RelayRefusal
 */
export function identifyCaller(
  config: RelayConfig,
  now: () => Date,
  cooldownMs?: number,
): (authorization: string | undefined) => Promise<string> {
  const { entra, basic } = config;
  const check =
    entra === null ? null : verifyToken({ entra, now, ...(cooldownMs === undefined ? {} : { cooldownMs }) });
  const accepted = basic === null ? [] : basic.passwords.map((password) => `${basic.user}:${password}`);

  return async (authorization) => {
    const given = authorization ?? '';
    const match = given.length > longestHeader ? null : /^(bearer|basic) +([\w.~+/=-]+)$/i.exec(given);
    const scheme = match?.[1]?.toLowerCase();
    const credentials = match?.[2] ?? '';
    if (scheme === 'bearer' && check !== null) return check(credentials);
    if (scheme === 'basic' && basic !== null && verifyKey(basicText(credentials), accepted))
      return `gateway:${basic.user}`;
    throw new RelayRefusal('unauthenticated');
  };
}
