import { createIssueCache } from '../../clients/jira/issue-cache';
import { createJiraHttp } from '../../clients/jira/jira-http';
import { createMetadataCache, metadataKeepMs } from '../../clients/jira/metadata-cache';
import type { SaidDeployment } from '../../clients/jira/judge-deployment';
import { createOwnWrites } from '../../clients/jira/own-writes';
import { cloudProfile, dataCenterProfile } from '../../clients/jira/profile';
import { createProjectCache } from '../../clients/jira/project-cache';
import { createWorklogRecheck } from '../../clients/jira/recheck-worklogs';
import { askSite, requireDeployment } from '../../clients/jira/require-deployment';
import { memoizeFields } from '../../clients/jira/resolve-fields';
import { createWorklogCache } from '../../clients/jira/worklog-cache';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { memoizeEach } from '../../clients/dataverse/memoize';
import type { JiraCredentials } from '../../platform/config/jira-credentials';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { SiteClient } from '../../platform/http-client/http-client';
import { path } from '../../platform/http-client/path';
import type { Transport } from '../../platform/http-client/site-dispatcher';
import type { RetryClock } from '../../platform/http-client/with-retries';
import type { Renewable } from '../../platform/secrets/renewable';
import { guardJiraWrites } from '../claim/guard-jira-writes';
import { lookAtOwners } from '../claim/foreign-project';
import type { EgressGuard } from '../egress-guard';
import type { EnvironmentSettings } from '../environment/environment-settings';
import type { Limits } from '../environment/limits';
import { createJiraProvider } from '../providers/jira-provider';
import type { SiteConfig } from './connection-settings';
import type { JiraConnection } from './jira-connection';

/** Project-owner cache TTL (ms); asked only while nobody has claimed the connection. */
const ownersKeepMs = 60_000;

/** Of the bytes that are remembered of Jira; the rest is for issues. */
const shareOfWorklogs = 2 / 3;

/** What all connections of a service share. */
export interface SharedParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: EnvironmentSettings;
  readonly limits: () => Limits;
  readonly egress: EgressGuard;
  readonly pauses: RetryClock;
  readonly now: () => Date;
  readonly redact: (text: string) => string;
  /** Memory for what is remembered of one site, as many as there are now. */
  readonly cacheBytes: () => number;
  /** Address of the gateway before the sites of whoever signs in with Atlassian; null: nobody does. */
  readonly atlassianApiUrl: string | null;
  /** Whether its events reach the service. */
  readonly inbound: 'direct' | 'none';
}

/** What one connection has of its own, from the environment variables or its row. */
export interface JiraSiteSettings {
  readonly id: string;
  readonly name: () => string;
  readonly url: string;
  /** What names the address, for a sentence about it. */
  readonly urlSetting: string;
  readonly deployment: 'cloud' | 'dc';
  /** What an administrator says that it is; null = nothing. */
  readonly said: () => SaidDeployment | null;
  readonly credentials: Renewable<JiraCredentials>;
  readonly transport: () => Transport;
  /** null: the environment's settings are about this one. */
  readonly config: SiteConfig | null;
  readonly webhook: JiraConnection['webhook'];
}

/** Makes the client of one site with everything of its own: caches, rate budget, circuit, guards. Nothing is called yet. */
export function openJiraConnection(shared: SharedParts, own: JiraSiteSettings): JiraConnection {
  const { dataverse, environmentSettings, limits, egress, pauses, now, redact, cacheBytes } = shared;
  const { id, url } = own;
  const isOfRow = own.config !== null;
  /** For errors that no call of the client ended in. */
  const ofThis = (error: unknown): never => {
    if (error instanceof IntegrationError) {
      error.connectionId ??= id;
      error.isOfRow = isOfRow;
    }
    throw error;
  };
  const clock = (): number => now().getTime();
  const guardWrite = guardJiraWrites({
    whoAmI: () => environmentSettings.whoAmI(),
    connectionOrganizationId: () => environmentSettings.connectionOrganizationId(id),
    foreignOwner: memoizeEach(async (organizationId) => {
      const { foreign } = await lookAtOwners({ dataverse, site, connectionId: id }, organizationId);
      return foreign?.organization ?? null;
    }, ownersKeepMs),
  });
  const options = {
    connectionId: id,
    isOfRow,
    credentials: own.credentials,
    timeoutMs: () => limits().timeoutMs,
    clock: pauses,
    transport: own.transport,
    connections: () => limits().connections,
    callsPerMinute: () => limits().callsPerMinute,
    guardWrite,
    redact,
    now: clock,
  };
  const http = createJiraHttp({ ...options, url, guard: egress.of(url, own.urlSetting) });
  /** By the id of the site at Atlassian: there is one, unless a site is moved. */
  const gateways = new Map<string, SiteClient<JiraCredentials>>();
  const through: JiraConnection['through'] = (cloudId, credentials) => {
    const { atlassianApiUrl } = shared;
    if (atlassianApiUrl === null) throw new Error('nobody signs in with Atlassian here');
    const known = gateways.get(cloudId);
    const gateway =
      known ??
      createJiraHttp({
        ...options,
        url: `${atlassianApiUrl}${path`/ex/jira/${cloudId}`}`,
        guard: egress.of(atlassianApiUrl, 'ATLASSIAN_API_URL'),
      });
    gateways.set(cloudId, gateway);
    return gateway.as(credentials);
  };
  const metadata = createMetadataCache(
    clock,
    () => environmentSettings.lastSettings()?.metadataKeepMs ?? metadataKeepMs,
  );
  let hasAnswered = false;
  const ask = async () => {
    const server = await askSite(http, own.urlSetting).catch(ofThis);
    hasAnswered = true;
    return server;
  };
  const worklogs = createWorklogCache(clock, () => cacheBytes() * shareOfWorklogs);
  const profile = own.deployment === 'cloud' ? cloudProfile : dataCenterProfile;
  const judge = requireDeployment(ask, own.credentials.current().kind, metadata, own.said);
  const site: JiraConnection['site'] = {
    http,
    url,
    urlSetting: own.urlSetting,
    profile,
    metadata,
    requireDeployment: () => judge().catch(ofThis),
    identity: { ask, hasAnswered: () => hasAnswered },
    ownWrites: createOwnWrites(clock),
    now: clock,
    worklogs,
    recheckWorklogs: createWorklogRecheck({ http, api: profile.api }, worklogs, clock),
    issues: createIssueCache(clock, () => cacheBytes() * (1 - shareOfWorklogs)),
    // Without events nobody would say that a project has changed.
    ...(shared.inbound === 'none' ? {} : { projects: createProjectCache(clock) }),
  };
  return {
    id,
    get name() {
      return own.name();
    },
    config: own.config,
    site,
    provider: createJiraProvider(site),
    fields: memoizeFields(site),
    guardWrite,
    urlSetting: own.urlSetting,
    credentials: own.credentials,
    transport: own.transport,
    as: http.as,
    through,
    webhook: own.webhook,
    close: async () => {
      await Promise.all([http.close(), ...[...gateways.values()].map((one) => one.close())]);
    },
  };
}
