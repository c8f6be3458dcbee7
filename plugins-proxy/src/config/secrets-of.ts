import type { Config } from './read-config';

/** Every secret of the configuration, for the logger to cut out of its lines. */
export function secretsOf(config: Config): readonly string[] {
  const { credentials, webhookSecrets } = config.jira;
  const jira =
    credentials.kind === 'basic'
      ? [credentials.apiToken, Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')]
      : [credentials.pat];
  const database = config.store.kind === 'postgres' ? [config.store.databaseUrl] : [];
  const { basic, apiKeys } = config.connector ?? { basic: null, apiKeys: [] };
  const connector = (basic?.passwords ?? []).flatMap((password) => [
    password,
    Buffer.from(`${basic?.user}:${password}`).toString('base64'),
  ]);
  const { registration, retention } = config.dataverse;
  const others = [registration, retention].flatMap((user) => (user === null ? [] : [user.clientSecret]));
  const relay = config.relay?.basic?.passwords ?? [];
  const gateway = config.jira.gateway?.client ? [config.jira.gateway.client.key] : [];
  const tempo = config.tempo === null ? [] : [config.tempo.token];
  return [
    config.dataverse.clientSecret,
    ...others,
    ...config.dataverse.stepKeys,
    ...jira,
    ...tempo,
    ...webhookSecrets,
    ...database,
    ...connector,
    ...apiKeys,
    ...relay,
    ...gateway,
    ...(config.metricsToken === null ? [] : [config.metricsToken]),
  ];
}
