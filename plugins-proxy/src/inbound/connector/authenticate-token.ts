import type { RelayConfig } from '../../platform/config/relay-config';
import { RelayRefusal } from '../relay/relay-refusal';
import { verifyToken } from '../relay/verify-token';

/** Why a caller does not get in. */
export interface Refusal {
  readonly status: 401 | 403 | 429 | 503;
  readonly code: string;
  readonly message: string;
  /** seconds */
  readonly retryAfter?: number;
}

const unknown: Refusal = {
  status: 401,
  code: 'not-authenticated',
  message: 'The credentials are missing or wrong.',
};
const forbidden: Refusal = {
  status: 403,
  code: 'role-missing',
  message:
    'The token is valid but carries no app role that may use the connector. An administrator assigns one in Entra.',
};
const keysUnavailable: Refusal = {
  status: 503,
  code: 'keys-unavailable',
  message: 'The keys that sign tokens cannot be had just now; try again.',
};

/** More requests of one caller than the limit. */
export const rateLimited = (retryAfter: number): Refusal => ({
  status: 429,
  code: 'rate-limited',
  message: 'Too many requests of this caller; wait as long as Retry-After says.',
  retryAfter,
});

/** More wrong credentials from one address than anybody mistypes; those of this request were not looked at. */
export const tooManyFailures = (retryAfter: number): Refusal => ({
  status: 429,
  code: 'too-many-failures',
  message: 'Too many wrong sign-ins from this address; wait as long as Retry-After says.',
  retryAfter,
});

/** Longest token that is looked at, in characters; Entra tokens with many groups stay below. */
const longestToken = 12_288;

/**
 * Makes the check of Entra tokens at the connector API: signature, issuer, audience, tenant, times, app role (R-1219), by the
 * same rules as at the relay.
 * @returns the caller's name for the access log, object id of the person or application; or why it does not come in
 */
export function authenticateToken(
  entra: RelayConfig['entra'],
  now: () => Date,
): (authorization: string | undefined) => Promise<string | Refusal> {
  if (entra === null) return async () => unknown;
  const verify = verifyToken({ entra, now });
  return async (authorization = '') => {
    const token = /^bearer +([\w.-]+)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > longestToken) return unknown;
    try {
      return await verify(token);
    } catch (error) {
      if (!(error instanceof RelayRefusal)) throw error;
      if (error.answer === 'forbidden') return forbidden;
      return error.answer === 'keysUnavailable' ? keysUnavailable : unknown;
    }
  };
}
