import type { Dispatcher } from 'undici';
import { budgetPath } from '../../capabilities/budget/source/budget-module/budget-path';
import { jiraName } from '../../clients/jira/classify-jira-answer';
import { authorization } from '../../clients/jira/jira-http';
import type { EgressGuard } from '../../connections/egress-guard';
import type { JiraConnection } from '../../connections/jira/jira-connection';
import type { JiraConnections } from '../../connections/jira/jira-connections';
import { siteDispatcher } from '../../platform/http-client/site-dispatcher';
import { RelayRefusal } from './relay-refusal';

/** Connections to one Jira site that relayed requests share; more callers wait. Apart from the reconciler's, so that neither starves. */
const connections = 32;

/** What a caller is told to wait while the connections are not known yet, in seconds. */
const unreadSeconds = 5;

/** A connection as the relay uses it. */
export type RelayedConnection = Pick<
  JiraConnection,
  'id' | 'config' | 'urlSetting' | 'credentials' | 'transport' | 'guardWrite'
> & { readonly site: Pick<JiraConnection['site'], 'url'> };

/** Those that requests can be passed on to. */
export interface RelayedConnections extends Pick<JiraConnections, 'broken' | 'isRead'> {
  readonly first: RelayedConnection;
  readonly known: (id: string) => RelayedConnection | undefined;
}

/** A Jira site as the relay reaches it. */
export interface RelayUpstream {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Whether the list of hosts that may be called names it (R-1212). */
  readonly isAllowed: () => boolean;
  /** Path of the budget contract below the site. @throws IntegrationError where the setting names another site */
  readonly budgetBase: () => string;
  /** Stands before every write (R-2302). @throws EnvironmentMoved */
  readonly guardWrite: () => Promise<void>;
  /** Context path of the site, without a slash at its end. */
  readonly prefix: string;
  /** The service's own; the caller's never leaves. */
  readonly authorization: string;
  /** How long Jira may be silent, in milliseconds. */
  readonly timeoutMs: number;
}

export interface UpstreamParts {
  /** How long Jira may be silent, in milliseconds; asked at each request, as the settings in Dynamics change it. */
  readonly timeoutMs: () => number;
  readonly egress?: Pick<EgressGuard, 'refusal' | 'of'> | undefined;
  /** `crmjira_BudgetApiBaseUrl`, which is about the first connection; null: nobody has set it. */
  readonly budgetApiUrl: () => string | null;
}

function openUpstream(connection: RelayedConnection, { timeoutMs, egress, budgetApiUrl }: UpstreamParts) {
  const { config, credentials, site, transport, urlSetting } = connection;
  const { origin, pathname } = new URL(site.url);
  // Asked at each request, as it is exchanged while the service runs (R-1218); written anew only when it has been.
  let written = credentials.current();
  let header = authorization(written);
  return {
    dispatcher: siteDispatcher({
      provider: jiraName,
      origin,
      transport,
      connections,
      timeoutMs,
      guard: egress?.of(origin, urlSetting),
    }),
    origin,
    isAllowed: () => (egress?.refusal(origin, urlSetting) ?? null) === null,
    budgetBase: () => budgetPath(site.url, config === null ? budgetApiUrl() : config.budgetApiUrl),
    guardWrite: connection.guardWrite,
    prefix: pathname.replace(/\/+$/, ''),
    get authorization() {
      const now = credentials.current();
      if (now !== written) [written, header] = [now, authorization(now)];
      return header;
    },
    get timeoutMs() {
      return timeoutMs();
    },
  } satisfies RelayUpstream;
}

/** The sites that requests are passed on to. */
export interface RelayUpstreams {
  /** @param id null: the first connection @throws RelayRefusal `unknownConnection`, `brokenConnection`, `connectionsUnread` */
  readonly of: (id: string | null) => RelayUpstream;
  readonly close: () => Promise<void>;
}

/**
 * Opens the first connection's site at once and each other one when it is first asked for. What was opened is closed when its
 * connection is gone or was opened anew, once its last requests have ended.
 */
export function relayUpstreams(
  jira: RelayedConnections,
  parts: UpstreamParts,
  onCloseFailed: (error: unknown) => void,
): RelayUpstreams {
  const first = openUpstream(jira.first, parts);
  const others = new Map<string, { readonly connection: RelayedConnection; readonly upstream: RelayUpstream }>();
  const closeReplaced = (): void => {
    for (const [id, { connection, upstream }] of others) {
      if (jira.known(id) === connection) continue;
      others.delete(id);
      upstream.dispatcher.close().catch(onCloseFailed);
    }
  };
  return {
    of: (id) => {
      if (id === null || id === jira.first.id) return first;
      closeReplaced();
      const open = others.get(id);
      if (open !== undefined) return open.upstream;
      const connection = jira.known(id);
      if (connection === undefined) {
        const broken = jira.broken().find((one) => one.id === id);
        if (broken !== undefined) throw new RelayRefusal('brokenConnection', { cause: broken.error });
        throw jira.isRead()
          ? new RelayRefusal('unknownConnection')
          : new RelayRefusal('connectionsUnread', { retryAfterSeconds: unreadSeconds });
      }
      const upstream = openUpstream(connection, parts);
      others.set(id, { connection, upstream });
      return upstream;
    },
    close: async () => {
      await Promise.all(
        [first, ...[...others.values()].map(({ upstream }) => upstream)].map((one) => one.dispatcher.close()),
      );
    },
  };
}
