import { chooseSource } from './budget/choose-source';
import { noRecentIssues, type RecentIssues } from './budget/computed/recent-issues';
import { type Limits, limitsOf } from './config/limits';
import type { Config } from './config/read-config';
import { createLiveRedactor } from './log/redact';
import { connectTempo } from './budget/tempo4/connect-tempo';
import { createDataverseClient, type DataverseClient } from './dataverse/dataverse-client';
import { defaultBatchSize } from './dataverse/gather-reads';
import type { Settings } from './dataverse/read/to-settings';
import { rememberEach } from './dataverse/remember';
import { createSurroundings, type Surroundings } from './dataverse/surroundings';
import { createTokenSource, type TokenSource } from './dataverse/token-source';
import { lookAtOwners } from './environment/foreign-project';
import { guardJiraWrites } from './environment/guard-jira-writes';
import { createJiraHttp } from './jira/jira-http';
import { type LiveConfig, unchangingConfig } from './secrets/live-config';
import { dataverseSecret, jiraSignIn, tempoSignIn } from './secrets/sign-ins';
import type { JiraSite } from './jira/jira-site';
import { createIssueMemory } from './jira/issue-memory';
import { createMetadataCache, metadataKeepMs } from './jira/metadata-cache';
import { cloudProfile, dataCenterProfile } from './jira/profile';
import { createOwnWrites } from './jira/own-writes';
import { createProjectMemory } from './jira/project-memory';
import { createWorklogRecheck } from './jira/recheck-worklogs';
import { askSite, requireDeployment } from './jira/require-deployment';
import { createWorklogMemory } from './jira/worklog-memory';
import { rememberFields } from './jira/resolve-fields';
import { type EgressGuard, guardEgress } from './outgoing/egress-guard';
import { realRetryClock, type RetryClock } from './outgoing/with-retries';
import type { Reconciler } from './reconcile/reconcile-opportunity';

/** Project-owner cache TTL (ms); asked only while nobody has claimed the connection. */
const ownersKeepMs = 60_000;

/** Of the bytes that are remembered of Jira; the rest is for issues. */
const shareOfWorklogs = 2 / 3;

/** Both sides and what works between them; shared by the service and the CLI. */
export interface Connections {
  readonly tokens: TokenSource;
  readonly dataverse: DataverseClient;
  readonly surroundings: Surroundings;
  readonly site: JiraSite & Required<Pick<JiraSite, 'identity'>>;
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
  let surroundings: Surroundings | null = null;
  const settings = (): Settings | null => surroundings?.lastSettings() ?? null;
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
  const around = createSurroundings(dataverse, config.connectionId, config.recordUrl);
  surroundings = around;
  const { url, deployment } = config.jira;
  const way = (): Config['jira'] => live.current().jira;
  const credentials = jiraSignIn(live, () => now().getTime());
  const guardWrite = guardJiraWrites({
    whoAmI: () => around.whoAmI(),
    connectionOrganizationId: () => around.connectionOrganizationId(),
    foreignOwner: rememberEach(async (organizationId) => {
      const { foreign } = await lookAtOwners({ dataverse, site, connectionId: config.connectionId }, organizationId);
      return foreign?.organization ?? null;
    }, ownersKeepMs),
  });
  const egress = guardEgress(around);
  const http = createJiraHttp({
    url,
    credentials,
    timeoutMs,
    clock: pauses,
    way,
    connections: () => limits().connections,
    callsPerMinute: () => limits().callsPerMinute,
    guardWrite,
    guardHost: () => egress.require(url, 'JIRA_URL'),
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
  const worklogs = createWorklogMemory(clock, config.cacheBytes * shareOfWorklogs);
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
    issues: createIssueMemory(clock, config.cacheBytes * (1 - shareOfWorklogs)),
    // Without events nobody would say that a project has changed.
    ...(config.inbound === 'none' ? {} : { projects: createProjectMemory(clock) }),
  };
  const { tempo: configured } = config;
  const tempo =
    configured === null
      ? null
      : connectTempo(configured.url, tempoSignIn(live, configured), timeoutMs, now, redact, () =>
          egress.require(configured.url, 'TEMPO_URL'),
        );
  return {
    tokens,
    dataverse,
    surroundings: around,
    site,
    guardWrite,
    egress,
    limits,
    reconciler: {
      dataverse,
      surroundings: around,
      site,
      source: (kind) => chooseSource(kind, site, recent, tempo, () => settings()?.budgetApiUrl ?? null),
      fields: rememberFields(site),
      connectionId: config.connectionId,
      policy: { returnsInvalidStages: config.inbound === 'none' },
      now,
    },
    close: async () => {
      await Promise.all([http.close(), tempo?.http.close()]);
    },
  };
}
