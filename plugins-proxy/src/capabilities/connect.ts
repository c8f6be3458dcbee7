import { chooseSource } from './budget/source/choose-source';
import { noRecentIssues, type RecentIssues } from './budget/source/computed/recent-issues';
import { type Limits, limitsOf } from '../connections/environment/limits';
import type { Config } from '../platform/config/read-config';
import { createLiveRedactor } from '../platform/log/redact';
import { connectTempo } from './budget/source/tempo-cloud/connect-tempo';
import { createDataverseClient, type DataverseClient } from '../clients/dataverse/dataverse-client';
import { defaultBatchSize } from '../clients/dataverse/batch-reads';
import type { Settings } from '../connections/environment/to-settings';
import { memoizeEach } from '../clients/dataverse/memoize';
import { createEnvironmentSettings, type EnvironmentSettings } from '../connections/environment/environment-settings';
import { createTokenSource, type TokenSource } from '../clients/dataverse/token-source';
import { lookAtOwners } from '../connections/claim/foreign-project';
import { guardJiraWrites } from '../connections/claim/guard-jira-writes';
import { createJiraHttp } from '../clients/jira/jira-http';
import { type LiveConfig, unchangingConfig } from '../platform/secrets/live-config';
import { dataverseSecret, jiraSignIn, tempoSignIn } from '../platform/secrets/sign-ins';
import type { JiraSite } from '../clients/jira/jira-site';
import { createIssueCache } from '../clients/jira/issue-cache';
import { createMetadataCache, metadataKeepMs } from '../clients/jira/metadata-cache';
import { cloudProfile, dataCenterProfile } from '../clients/jira/profile';
import { createOwnWrites } from '../clients/jira/own-writes';
import { createProjectCache } from '../clients/jira/project-cache';
import { createWorklogRecheck } from '../clients/jira/recheck-worklogs';
import { askSite, requireDeployment } from '../clients/jira/require-deployment';
import { createWorklogCache } from '../clients/jira/worklog-cache';
import { memoizeFields } from '../clients/jira/resolve-fields';
import { createJiraProvider, type JiraFound } from '../connections/providers/jira-provider';
import type { Provider } from '../connections/providers/provider';
import type { TempoFound } from '../connections/providers/tempo-provider';
import { confirmedBy, type EgressGuard, guardEgress } from '../connections/egress-guard';
import { realRetryClock, type RetryClock } from '../platform/http-client/with-retries';
import type { Reconciler } from './budget/reconcile/budget-module';

/** Project-owner cache TTL (ms); asked only while nobody has claimed the connection. */
const ownersKeepMs = 60_000;

/** Of the bytes that are remembered of Jira; the rest is for issues. */
const shareOfWorklogs = 2 / 3;

/** Both sides and what works between them; shared by the service and the CLI. */
export interface Connections {
  readonly tokens: TokenSource;
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly site: JiraSite & Required<Pick<JiraSite, 'identity'>>;
  /** What is connected, as it can be tested. */
  readonly providers: { readonly jira: Provider<JiraFound>; readonly tempo: Provider<TempoFound> | null };
  readonly reconciler: Reconciler;
  /** Stands before every write to Jira (R-2302). @throws EnvironmentMoved */
  readonly guardWrite: () => Promise<void>;
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
 */
export function connect(
  config: Config,
  now: () => Date,
  recent: RecentIssues = noRecentIssues,
  live: LiveConfig = unchangingConfig(config),
  pauses: RetryClock = realRetryClock,
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
  const { url, deployment } = config.jira;
  const transport = (): Config['jira'] => live.current().jira;
  const credentials = jiraSignIn(live, () => now().getTime());
  const guardWrite = guardJiraWrites({
    whoAmI: () => around.whoAmI(),
    connectionOrganizationId: () => around.connectionOrganizationId(),
    foreignOwner: memoizeEach(async (organizationId) => {
      const { foreign } = await lookAtOwners({ dataverse, site, connectionId: config.connectionId }, organizationId);
      return foreign?.organization ?? null;
    }, ownersKeepMs),
  });
  const egress = guardEgress(around, confirmedBy(config));
  const http = createJiraHttp({
    url,
    credentials,
    timeoutMs,
    clock: pauses,
    transport,
    connections: () => limits().connections,
    callsPerMinute: () => limits().callsPerMinute,
    guardWrite,
    guard: egress.of(url, 'JIRA_URL'),
    redact,
  });
  const metadata = createMetadataCache(
    () => now().getTime(),
    () => settings()?.metadataKeepMs ?? metadataKeepMs,
  );
  const said = () => (config.setHere.has('JIRA_DEPLOYMENT') ? null : (settings()?.jiraDeployment ?? null));
  let hasAnswered = false;
  const ask = async () => {
    const server = await askSite(http);
    hasAnswered = true;
    return server;
  };
  const clock = (): number => now().getTime();
  const worklogs = createWorklogCache(clock, config.cacheBytes * shareOfWorklogs);
  const profile = deployment === 'cloud' ? cloudProfile : dataCenterProfile;
  const site: Connections['site'] = {
    http,
    url,
    profile,
    metadata,
    requireDeployment: requireDeployment(ask, config.jira.credentials.kind, metadata, said),
    identity: { ask, hasAnswered: () => hasAnswered },
    ownWrites: createOwnWrites(clock),
    now: clock,
    worklogs,
    recheckWorklogs: createWorklogRecheck({ http, api: profile.api }, worklogs, clock),
    issues: createIssueCache(clock, config.cacheBytes * (1 - shareOfWorklogs)),
    // Without events nobody would say that a project has changed.
    ...(config.inbound === 'none' ? {} : { projects: createProjectCache(clock) }),
  };
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
    site,
    providers: { jira: createJiraProvider(site), tempo: tempo?.provider ?? null },
    guardWrite,
    egress,
    limits,
    reconciler: {
      dataverse,
      environmentSettings: around,
      site,
      source: (kind) => chooseSource(kind, site, recent, tempo, () => settings()?.budgetApiUrl ?? null),
      fields: memoizeFields(site),
      connectionId: config.connectionId,
      policy: { returnsInvalidStages: config.inbound === 'none' },
      now,
    },
    close: async () => {
      await Promise.all([http.close(), tempo?.http.close()]);
    },
  };
}
