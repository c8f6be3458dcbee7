import { z } from 'zod';
import type { HttpClient } from '../../platform/http-client/http-client';
import { path } from '../../platform/http-client/path';
import {
  changedAnswer,
  issueAnswer,
  organizationAnswer,
  projectAnswer,
  type SentryIssue,
  type SentryProject,
} from './answers';
import { nextCursor } from './next-cursor';

/** One organization of Sentry: what is read of it, and the one thing that is written. */
export interface SentryOrganization {
  /** Who is asked, by slug. */
  readonly slug: string;
  describe(): Promise<{ readonly slug: string; readonly name: string }>;
  /** Projects that the token sees. */
  projects(): Promise<readonly SentryProject[]>;
  /**
   * Errors of a project with an event since a moment, newest event first, with their events of the last 14 days.
   * @param atMost how many are read
   */
  issues(projectId: string, since: Date, atMost: number): Promise<readonly SentryIssue[]>;
  /** With its events of the last 30 days; null: there is no such issue, or the token may not see it. */
  issue(id: string): Promise<SentryIssue | null>;
  /** A repeat changes nothing. */
  resolve(id: string): Promise<void>;
}

/** Answers of a page, the most that Sentry gives. */
const pageSize = 100;
/** Projects of an organization at most: beyond it something else answers. */
const projectsAtMost = 2_000;

export function createSentryOrganization(http: HttpClient, slug: string): SentryOrganization {
  const base = path`/api/0/organizations/${slug}`;

  async function list<T extends z.ZodType>(
    at: string,
    query: Readonly<Record<string, string | number>>,
    row: T,
    atMost: number,
  ): Promise<readonly z.output<T>[]> {
    const all: z.output<T>[] = [];
    const schema = z.array(row).max(pageSize);
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      let next: string | null = null;
      const page: z.output<T>[] = await http.call({
        method: 'GET',
        path: at,
        query: cursor === null ? query : { ...query, cursor },
        schema,
        onHeaders: (headers) => (next = nextCursor(headers['link'])),
      });
      all.push(...page);
      // A list that leads back to a page that was read would be read for ever.
      cursor = next !== null && page.length > 0 && !seen.has(next) ? next : null;
      if (cursor !== null) seen.add(cursor);
    } while (cursor !== null && all.length < atMost);
    return all.slice(0, atMost);
  }

  return {
    slug,
    describe: () => http.call({ method: 'GET', path: `${base}/`, schema: organizationAnswer }),
    projects: () => list(`${base}/projects/`, {}, projectAnswer, projectsAtMost),
    issues: (projectId, since, atMost) =>
      list(
        `${base}/issues/`,
        {
          project: projectId,
          // Of any status: a resolved one that came back is told by nothing else.
          query: `lastSeen:>=${since.toISOString().slice(0, 19)}`,
          sort: 'date',
          groupStatsPeriod: '14d',
          statsPeriod: '90d',
          limit: Math.min(pageSize, atMost),
        },
        issueAnswer,
        atMost,
      ),
    issue: (id) => http.find({ method: 'GET', path: base + path`/issues/${id}/`, schema: issueAnswer }),
    resolve: async (id) => {
      await http.call({
        method: 'PUT',
        path: base + path`/issues/${id}/`,
        body: { status: 'resolved' },
        schema: changedAnswer,
      });
    },
  };
}
