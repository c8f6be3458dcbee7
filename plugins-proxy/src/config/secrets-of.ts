import type { Config } from './read-config';

/** Every secret of the configuration, for the logger to cut out of its lines. */
export function secretsOf(config: Config): readonly string[] {
  const { credentials, webhookSecrets } = config.jira;
  const jira =
    credentials.kind === 'basic'
      ? [credentials.apiToken, Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')]
      : [credentials.pat];
  const database = config.store.kind === 'postgres' ? [config.store.databaseUrl] : [];
  const registration = config.dataverse.registration === null ? [] : [config.dataverse.registration.clientSecret];
  return [
    config.dataverse.clientSecret,
    ...registration,
    ...config.dataverse.stepKeys,
    ...jira,
    ...webhookSecrets,
    ...database,
    ...(config.metricsToken === null ? [] : [config.metricsToken]),
  ];
}
