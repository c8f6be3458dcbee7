import type { TurnedAway } from '../authenticate/admit-callers';
import { refusals as shared } from '../connector/refusals';

/** Why a request is not let in. */
export const refusals = {
  ...shared,
  forbidden: {
    status: 403,
    code: 'scope-missing',
    message: 'The token is valid but lets the client do nothing here in a person’s name: it needs a scope of this API.',
  },
  /** Nobody of this environment, or somebody who cannot sign in any more. */
  notAUser: {
    status: 403,
    code: 'no-user',
    message: 'The person of this token is no enabled user of this Dynamics 365 environment.',
  },
  withoutRole: {
    status: 403,
    code: 'role-missing',
    message: 'The person of this token has no role of the integration in Dynamics 365. An administrator assigns one.',
  },
} as const satisfies Readonly<Record<string, TurnedAway>>;
