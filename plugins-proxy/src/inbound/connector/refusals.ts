import type { Denial } from '../authenticate/access-denied';
import type { Problem } from './answer-problem';

/** Why a request is not let in, in the words of the connector. */
export const refusals = {
  unauthenticated: {
    status: 401,
    code: 'not-authenticated',
    message: 'The credentials are missing or wrong.',
  },
  forbidden: {
    status: 403,
    code: 'role-missing',
    message:
      'The token is valid but carries no app role that may use the connector. An administrator assigns one in Entra.',
  },
  keysUnavailable: {
    status: 503,
    code: 'keys-unavailable',
    message: 'The keys that sign tokens cannot be had just now; try again.',
  },
  /** More wrong credentials from one address than anybody mistypes; those of this request were not looked at. */
  tooManyFailures: {
    status: 429,
    code: 'too-many-failures',
    message: 'Too many wrong sign-ins from this address; wait as long as Retry-After says.',
  },
  /** More requests of one caller than the limit. */
  rateLimited: {
    status: 429,
    code: 'rate-limited',
    message: 'Too many requests of this caller; wait as long as Retry-After says.',
  },
  stopping: { status: 503, code: 'unavailable', message: 'The service is stopping.' },
} as const satisfies Record<Denial | 'rateLimited' | 'stopping', Problem>;
