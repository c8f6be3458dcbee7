import type { Logger } from 'pino';
import { chooseSource } from './budget/source/choose-source';
import { noRecentIssues, type RecentIssuesOfSites } from './budget/source/computed/recent-issues';
import { type Limits, limitsOf } from '../connections/environment/limits';
import type { Config } from '../platform/config/read-config';
import { createLiveRedactor } from '../platform/log/redact';
import type { Timesheets } from './time/record/closed-period';
import { readTimesheet } from '../clients/tempo/read-timesheet';
import { connectTempo } from './budget/source/tempo-cloud/connect-tempo';
import { createDataverseClient, type DataverseClient } from '../clients/dataverse/dataverse-client';
import { defaultBatchSize } from '../clients/dataverse/batch-reads';
import type { Settings } from '../connections/environment/to-settings';
import { createEnvironmentSettings, type EnvironmentSettings } from '../connections/environment/environment-settings';
import { createTokenSource, type TokenSource } from '../clients/dataverse/token-source';
import { type LiveConfig, unchangingConfig } from '../platform/secrets/live-config';
import { dataverseSecret, tempoSignIn } from '../platform/secrets/sign-ins';
import { createKeyring, type Keyring } from '../platform/secrets/service-keys';
import { type ConnectionSecrets, connectionSecrets } from '../connections/credentials/connection-secret';
import { dataverseSecretRows } from '../connections/credentials/secret-rows';
import { firstJira } from '../connections/jira/first-jira';
import { createJiraConnections, type JiraConnections } from '../connections/jira/jira-connections';
import { personalClients, type PersonalClients } from '../connections/personal';
import { type AtlassianServer, atlassianServer } from '../connections/personal/oauth/atlassian-server';
import { signInUrlAt } from '../connections/personal/oauth/sealed-ticket';
import { signIns } from '../connections/personal/oauth/sign-ins';
import { signInLack } from '../connections/personal/sign-in-offered';
import type { Store } from '../queue/store/store';
import { createSentryConnections, type SentryConnections } from '../connections/sentry/sentry-connections';
import type { IntegrationProvider } from '../connections/providers/integration-provider';
import { integrationProviders } from '../connections/providers/integration-providers';
import type { Provider } from '../connections/providers/provider';
import type { TempoFound } from '../connections/providers/tempo-provider';
import { confirmedBy, type EgressGuard, guardEgress } from '../connections/egress-guard';
import { realRetryClock, type RetryClock } from '../platform/http-client/with-retries';
import type { Reconciler } from './budget/reconcile/budget-module';

/** Both sides and what works between them; shared by the service and the CLI. */
export interface Connections {
  readonly tokens: TokenSource;
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly jira: JiraConnections;
  readonly sentry: SentryConnections;
  /** What administrators connect by pages. */
  readonly providers: readonly IntegrationProvider[];
  /** Secrets of connections, by the names that their rows give. */
  readonly secretOf: ConnectionSecrets;
  /** Jira by the connections of people. */
  readonly personal: PersonalClients;
  /** Where people sign in with Atlassian; null: not configured */
  readonly atlassian: AtlassianServer | null;
  /** Where a person's browser begins that; null: not offered */
  readonly signInUrl: ((ticket: string) => string) | null;
  /** Keys of stored and sealed secrets. */
  readonly keyring: Keyring;
  /** null: not configured */
  readonly tempo: Provider<TempoFound> | null;
  /** Of people whose time is approved; null: Tempo is not configured */
  readonly timesheets: Timesheets | null;
  readonly reconciler: Reconciler;
  /** Stands before every call to Jira and Tempo (R-1212). */
  readonly egress: EgressGuard;
  /** How much is done at a time, as it is now. */
  readonly limits: () => Limits;
  close(): Promise<void>;
}

/**
 * Makes the clients that the configuration describes; nothing is called yet.
 * @param live the configuration as its files and its vault have it now
 * @param recent issues that events have named lately, where there is an inbox to know them from
 * @param pauses how the pauses between the tries of a call pass
 * @param lease of the store that replicas share; left out: this process renews sign-ins for itself
 * @param logger told of connections that are not as they should be; left out: a command of the CLI says so itself
 */
export function connect(
  config: Config,
  now: () => Date,
  recent: RecentIssuesOfSites = noRecentIssues,
  live: LiveConfig = unchangingConfig(config),
  pauses: RetryClock = realRetryClock,
  lease: Store['lease'] = async () => true,
  logger: Pick<Logger, 'warn'> = { warn: () => undefined },
): Connections {
  // Asked at each call, so that what an administrator changes in Dynamics holds from the next reading of the settings on.
  let environmentSettings: EnvironmentSettings | null = null;
  const settings = (): Settings | null => environmentSettings?.lastSettings() ?? null;
  const limits = (): Limits => limitsOf(config, settings());
  const timeoutMs = (): number => limits().timeoutMs;
  const tokens = createTokenSource(
    config.dataverse,
    timeoutMs,
    Date.now,
    dataverseSecret(live, () => now().getTime()),
    pauses,
  );
  const redact = createLiveRedactor(live.secrets);
  const dataverse = createDataverseClient({
    url: config.dataverse.url,
    tokens,
    timeoutMs,
    clock: pauses,
    redact,
    batchSize: () => settings()?.batchSize ?? defaultBatchSize,
  });
  const around = createEnvironmentSettings(dataverse, config.connectionId, config.recordUrl);
  environmentSettings = around;
  const egress = guardEgress(around, confirmedBy(config));
  const keyring = createKeyring(live);
  const stored = { rows: dataverseSecretRows(dataverse), keyring };
  const secretOf = connectionSecrets({
    stored,
    vault: live.vault,
    places: () => live.current().connectionSecrets,
    keepMs: config.secretsIntervalMs,
    now: () => now().getTime(),
  });
  live.alsoSecret(secretOf.known);
  const { atlassian: app } = config;
  const atlassian =
    app === null
      ? null
      : atlassianServer({
          app: () => live.current().atlassian ?? app,
          redirectUri: `${config.publicUrl}/oauth/atlassian/callback`,
          egress,
          timeoutMs,
          gateway: () => live.current().jira.gateway,
          clock: pauses,
          redact,
          now,
        });
  const signedIn =
    atlassian === null ? null : signIns({ dataverse, stored, server: atlassian, lease, now, sleep: pauses.sleep });
  if (signedIn !== null) live.alsoSecret(signedIn.known);
  const jira = createJiraConnections({
    shared: {
      dataverse,
      environmentSettings: around,
      limits,
      egress,
      pauses,
      now,
      redact,
      cacheBytes: () => config.cacheBytes / jira.all().length,
      atlassianApiUrl: app?.apiUrl ?? null,
      inbound: config.inbound,
    },
    first: firstJira(config, live, now, settings),
    dataverse,
    secretOf,
    webhookSecrets: () => live.current().jira.webhookSecrets,
    logger,
  });
  const sentry = createSentryConnections({
    shared: { limits, egress, pauses, now, redact },
    dataverse,
    secretOf,
    guardWrite: () => jira.first.guardWrite(),
    logger,
  });
  const { tempo: configured } = config;
  const tempo =
    configured === null
      ? null
      : connectTempo(
          configured.url,
          tempoSignIn(live, configured),
          timeoutMs,
          now,
          redact,
          egress.of(configured.url, 'TEMPO_URL'),
        );
  return {
    tokens,
    dataverse,
    environmentSettings: around,
    jira,
    sentry,
    providers: integrationProviders({ egress }),
    secretOf,
    personal: personalClients({ dataverse, jira, secretOf, signIns: signedIn, now }),
    atlassian,
    signInUrl: signInLack(config) === null ? (ticket) => signInUrlAt(config.publicUrl, ticket) : null,
    keyring,
    tempo: tempo?.provider ?? null,
    // Its token is of one Jira site's Tempo, and Tempo Cloud knows people of Jira Cloud only.
    timesheets:
      tempo === null
        ? null
        : {
            of: (integrationId) =>
              integrationId === jira.first.id && jira.first.site.profile.deployment === 'cloud'
                ? (accountId, day) => readTimesheet(tempo.http, accountId, day)
                : null,
          },
    egress,
    limits,
    reconciler: {
      dataverse,
      environmentSettings: around,
      jira,
      source: (kind, connection) => chooseSource(kind, connection, { recent, tempo, settings }),
      policy: { returnsInvalidStages: config.inbound === 'none' },
      now,
    },
    close: async () => {
      await Promise.all([jira.close(), sentry.close(), tempo?.http.close(), atlassian?.close()]);
    },
  };
}
