import type { JiraCredentials } from './jira-credentials';
import { percentDecoded } from './percent-decoded';
import type { Config } from './read-config';

function secretsOfJira(credentials: JiraCredentials): readonly string[] {
  if (credentials.kind === 'bearer') return [credentials.pat];
  const [user, secret] =
    credentials.kind === 'basic' ? [credentials.email, credentials.apiToken] : [credentials.user, credentials.password];
  return [secret, Buffer.from(`${user}:${secret}`).toString('base64')];
}

/** The address, and its password as it is typed: a sentence about a refused sign-in may show either. */
function secretsOfDatabase(address: string): readonly string[] {
  const password = percentDecoded(new URL(address).password);
  return password === '' ? [address] : [address, password];
}

/** Every secret of the configuration, for the logger to cut out of its lines. */
export function secretsOf(config: Config): readonly string[] {
  const { credentials, fallback, webhookSecrets } = config.jira;
  const jira = [credentials, ...(fallback === null ? [] : [fallback])].flatMap(secretsOfJira);
  const database = config.store.kind === 'postgres' ? secretsOfDatabase(config.store.databaseUrl) : [];
  const { basic, apiKeys } = config.connector ?? { basic: null, apiKeys: [] };
  const connector = (basic?.passwords ?? []).flatMap((password) => [
    password,
    Buffer.from(`${basic?.user}:${password}`).toString('base64'),
  ]);
  const { registration, retention } = config.dataverse;
  const others = [registration, retention].flatMap((user) => (user === null ? [] : [user.clientSecret]));
  const relay = config.relay?.basic?.passwords ?? [];
  const gateway = config.jira.gateway?.client ? [config.jira.gateway.client.key] : [];
  const keys = [config.tls?.key, config.jira.tls.client?.key].filter((key) => key !== undefined);
  const tempo = config.tempo === null ? [] : [config.tempo.token];
  return [
    config.dataverse.clientSecret,
    ...others,
    ...config.dataverse.stepKeys,
    ...jira,
    ...tempo,
    ...(config.atlassian === null ? [] : [config.atlassian.clientSecret]),
    ...webhookSecrets,
    ...database,
    ...connector,
    ...apiKeys,
    ...relay,
    ...gateway,
    ...keys,
    ...Object.values(config.tracing?.headers ?? {}),
    ...config.metricsTokens,
    ...config.secretsKeys,
  ];
}
