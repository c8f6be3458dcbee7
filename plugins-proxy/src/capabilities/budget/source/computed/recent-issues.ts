import { createBoundedMap } from '../../../../platform/bounded-map';
import { siteJobKey } from '../../../../queue/job-key';
import type { Store } from '../../../../queue/store/store';

/** An issue that a worklog event has named lately. */
export interface RecentIssue {
  readonly id: string;
  /** As found out when its event was resolved; null when this process has not done that. */
  readonly projectId: string | null;
}

/** Issues of one site that worklog events have named lately. */
export interface RecentIssues {
  list(): Promise<readonly RecentIssue[]>;
  /** The project of an issue, as found out lately; null when it has to be asked for. */
  projectOf(issueId: string): string | null;
  /** Remembers the project of an issue, so that nobody has to ask Jira for it again. */
  resolved(issueId: string, projectId: string): void;
}

/** Issues of every connected site. */
export interface RecentIssuesOfSites {
  of(connectionId: string): RecentIssues;
}

/**
 * How far back, in milliseconds: Jira's search index lags behind by seconds, under load by minutes. An issue named by an event is
 * read by its id meanwhile, whatever the index says of it.
 */
const windowMs = 10 * 60_000;
/** Issues whose project is remembered. */
const rememberedIssues = 10_000;

/** Takes them from the durable inbox, so that a restart forgets none. */
export function recentIssuesOf(store: Pick<Store, 'recentKeys'>, now: () => Date): RecentIssuesOfSites {
  const projects = createBoundedMap<string, { readonly id: string; readonly at: number }>(rememberedIssues);
  return {
    of: (connectionId) => {
      /** The key of an issue's job, by which it is remembered as well. */
      const keyOf = (issueId: string): string => siteJobKey('jira-issue', connectionId, issueId);
      const prefix = keyOf('');
      return {
        list: async () => {
          const keys = await store.recentKeys(prefix, now().getTime() - windowMs);
          return keys
            .map((key) => ({ id: key.slice(prefix.length), projectId: projects.get(key)?.id ?? null }))
            .filter(({ id }) => /^\d+$/.test(id));
        },
        projectOf: (issueId) => {
          const project = projects.get(keyOf(issueId));
          return project !== undefined && now().getTime() - project.at < windowMs ? project.id : null;
        },
        resolved: (issueId, projectId) => projects.set(keyOf(issueId), { id: projectId, at: now().getTime() }),
      };
    },
  };
}

const none: RecentIssues = { list: async () => [], projectOf: () => null, resolved: () => undefined };

/** Where there is no inbox (CLI). */
export const noRecentIssues: RecentIssuesOfSites = { of: () => none };
