import { AuthType, derivedId } from '@crmjira/domain';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { type SecretToStore, secretToStore, storedSecretName } from '../credentials/stored-secrets';
import type { ServiceKey } from '../../platform/secrets/service-keys';

/** What a token was entered for. */
export interface TokenPlace {
  readonly connectionId: string;
  readonly userId: string;
  /** Address of the site. */
  readonly url: string;
}

/**
 * Person and address are part of the name that a token is encrypted under, and the name is derived when it is needed, never read: of a
 * row whose person or address somebody has changed the token is not found, and no other row's is.
 */
const purposeOf = ({ userId, url }: TokenPlace): string => `token of ${userId.toLowerCase()} for ${url}`;

/**
 * Under whom a connection's tokens are encrypted. A page chooses the id of a new connection: derived from it, the owner is never that of
 * one of the service's own connections.
 */
export const tokenOwner = (connectionId: string): string =>
  derivedId('personal-connection', connectionId.toLowerCase());

export const tokenName = (place: TokenPlace): string =>
  storedSecretName(tokenOwner(place.connectionId), purposeOf(place));

export const tokenToStore = (key: ServiceKey, place: TokenPlace, token: string): SecretToStore =>
  secretToStore(key, tokenOwner(place.connectionId), purposeOf(place), token);

/** How a person signs in: to Cloud by e-mail and API token, to Data Center by personal access token; null: not by a token of their own. */
export function personalCredentials(
  deployment: 'cloud' | 'dc',
  authType: AuthType | null,
  email: string | null,
): ((token: string) => JiraCredentials) | null {
  if (deployment === 'cloud' && authType === AuthType.ApiToken && email !== null)
    return (apiToken) => ({ kind: 'basic', email, apiToken });
  if (deployment === 'dc' && authType === AuthType.PatBearer) return (pat) => ({ kind: 'bearer', pat });
  return null;
}
