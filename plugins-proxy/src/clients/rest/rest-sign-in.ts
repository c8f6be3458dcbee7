import { clientCredentials } from '../web-service/client-credentials';
import { openService, type ServiceConnection } from '../web-service/service-connection';
import type { ServiceTls } from '../web-service/service-connection';
import type { ServiceSecrets } from '../web-service/service-settings';
import { basicOf, needed, type ServiceParts } from '../web-service/web-service';
import type { RestSettings } from './rest-settings';

/** How requests to a service are signed in. */
export interface RestSignIn {
  /** @throws ServiceError where the service of tokens gives none */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Whether what was refused may be tried again with something newer. */
  renew(): boolean;
  /** What is sent and not to be shown. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

const fixed = (headers: Readonly<Record<string, string>>, secrets: readonly string[] = []): RestSignIn => ({
  headers: async () => headers,
  renew: () => false,
  secrets: () => secrets,
  close: async () => undefined,
});

function oauth(
  settings: RestSettings,
  secrets: ServiceSecrets,
  tls: ServiceTls,
  { guard, now }: Pick<ServiceParts, 'guard' | 'now'>,
): RestSignIn {
  const { clientId, scope, clientAuthentication, timeoutSeconds } = settings;
  const tokenUrl = needed(settings.tokenUrl, 'tokenUrl');
  const url = new URL(tokenUrl);
  const connection: ServiceConnection = openService({
    url: tokenUrl,
    setting: 'the address of tokens',
    guard: guard(tokenUrl, 'the address of tokens'),
    tls,
    timeoutMs: timeoutSeconds * 1000,
    most: 1024 * 1024,
  });
  const clientSecret = needed(secrets['clientSecret'], 'clientSecret');
  const tokens = clientCredentials(
    connection,
    {
      path: url.pathname + url.search,
      clientId: needed(clientId, 'clientId'),
      clientSecret,
      scope,
      clientAuthentication,
    },
    now,
  );
  const given = new Set<string>();
  return {
    headers: async () => {
      const token = await tokens.token();
      given.add(token);
      return { authorization: `Bearer ${token}` };
    },
    renew: () => {
      tokens.forget();
      return true;
    },
    secrets: () => [...given],
    close: () => connection.close(),
  };
}

/** @throws ServiceError where something is not entered yet */
export function restSignIn(
  settings: RestSettings,
  secrets: ServiceSecrets,
  tls: ServiceTls,
  parts: Pick<ServiceParts, 'guard' | 'now'>,
): RestSignIn {
  switch (settings.signIn) {
    case 'basic': {
      const authorization = basicOf(secrets);
      return fixed({ authorization }, [authorization.slice('Basic '.length)]);
    }
    case 'bearer':
      return fixed({ authorization: `Bearer ${needed(secrets['token'], 'token')}` });
    case 'api-key':
      return fixed({ [settings.apiKeyHeader.toLowerCase()]: needed(secrets['apiKey'], 'apiKey') });
    case 'oauth':
      return oauth(settings, secrets, tls, parts);
    case 'certificate':
      needed(settings.certificate, 'certificate');
      return fixed({});
    case 'none':
      return fixed({});
  }
}
