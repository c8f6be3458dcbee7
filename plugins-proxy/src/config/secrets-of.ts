import type { Config } from './read-config';

/** Every secret of the configuration, for the logger to cut out of its lines. */
export function secretsOf(config: Config): readonly string[] {
  const { credentials, fallback, webhookSecrets } = config.jira;
  const jira = [credentials, ...(fallback === null ? [] : [fallback])].flatMap((account) =>
    account.kind === 'basic'
      ? [account.apiToken, Buffer.from(`${account.email}:${account.apiToken}`).toString('base64')]
      : [account.pat],
  );
  const database = config.store.kind === 'postgres' ? [config.store.databaseUrl] : [];
  const { basic, apiKeys } = config.connector ?? { basic: null, apiKeys: [] };
  const connector = (basic?.passwords ?? []).flatMap((password) => [
    password,
    Buffer.from(`${basic?.user}:${password}`).toString('base64'),
  ]);
  const registration = config.dataverse.registration === null ? [] : [config.dataverse.registration.clientSecret];
  const relay = config.relay?.basic?.passwords ?? [];
  const gateway = config.jira.gateway?.client ? [config.jira.gateway.client.key] : [];
  const tempo = config.tempo === null ? [] : [config.tempo.token];
  return [
    config.dataverse.clientSecret,
    ...registration,
    ...config.dataverse.stepKeys,
    ...jira,
    ...tempo,
    ...webhookSecrets,
    ...database,
    ...connector,
    ...apiKeys,
    ...relay,
    ...gateway,
    ...Object.values(config.tracing?.headers ?? {}),
    ...(config.metricsToken === null ? [] : [config.metricsToken]),
  ];
}
