import type { BearerToken, JiraCredentials } from '../config/jira-credentials';
import type { SecretName } from './collect-secrets';
import type { LiveConfig } from './live-config';
import type { Renewable } from './renewable';

/** After a look that found nothing new, the next refusal asks again only this much later, in milliseconds. */
const pauseMs = 10_000;

/**
 * A secret of the configuration that is read anew when it is refused. Many calls may be refused for the same one at a time: the
 * first look serves them all.
 */
export function renewing<T>(
  live: LiveConfig,
  name: () => SecretName,
  take: () => T,
  identity: (value: T) => string,
  now: () => number = Date.now,
): Renewable<T> {
  let notBefore = 0;
  const differs = (refused: T): boolean => identity(take()) !== identity(refused);
  return {
    current: take,
    renew: async (refused) => {
      if (differs(refused)) return true;
      if (now() < notBefore) return false;
      // What is there now cannot be used: the refusal itself is what must be told, the regular look says why.
      await live.reload().catch(() => false);
      const found = differs(refused);
      if (!found) {
        notBefore = now() + pauseMs;
        live.refusals.note({ name: name(), at: new Date(now()) });
      }
      return found;
    },
  };
}

/** The application user's secret. */
export function dataverseSecret(live: LiveConfig, now: () => number = Date.now): Renewable<string> {
  return renewing(
    live,
    () => 'DATAVERSE_CLIENT_SECRET',
    () => live.current().dataverse.clientSecret,
    (secret) => secret,
    now,
  );
}

/** How the service signs in to Tempo, another host with a token of its own. */
export function tempoSignIn(live: LiveConfig, tempo: { readonly token: string }): Renewable<BearerToken> {
  const take = (): BearerToken => ({ kind: 'bearer', pat: live.current().tempo?.token ?? tempo.token });
  return renewing(
    live,
    () => 'TEMPO_TOKEN',
    take,
    (credentials) => JSON.stringify(credentials),
  );
}

/** The application user that alone may remove archived rows. */
export function retentionSecret(live: LiveConfig, retention: { readonly clientSecret: string }): Renewable<string> {
  return renewing(
    live,
    () => 'RETENTION_CLIENT_SECRET',
    () => live.current().dataverse.retention?.clientSecret ?? retention.clientSecret,
    (secret) => secret,
  );
}

const secretOfKind = {
  basic: 'JIRA_API_TOKEN',
  bearer: 'JIRA_PAT',
  password: 'JIRA_PASSWORD',
} as const satisfies Record<JiraCredentials['kind'], SecretName>;

/**
 * How the service signs in to Jira. Where `JIRA_CREDENTIAL_FALLBACK` is on, a refused token that cannot be renewed is followed by
 * the second credential until another token is there (R-1404).
 */
export function jiraSignIn(live: LiveConfig, now: () => number = Date.now): Renewable<JiraCredentials> {
  const identity = (credentials: JiraCredentials): string => JSON.stringify(credentials);
  const nameOf = (): SecretName => secretOfKind[live.current().jira.credentials.kind];
  const regular = renewing(live, nameOf, () => live.current().jira.credentials, identity, now);
  let refusedToken: string | null = null;
  const current = (): JiraCredentials => {
    const token = regular.current();
    const { fallback } = live.current().jira;
    return fallback !== null && refusedToken !== null && identity(token) === refusedToken ? fallback : token;
  };
  return {
    current,
    renew: async (refused) => {
      const token = regular.current();
      if (identity(token) === identity(refused) && !(await regular.renew(refused))) refusedToken = identity(refused);
      return identity(current()) !== identity(refused);
    },
  };
}
