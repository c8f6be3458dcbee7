import { searchProjects } from '@crmjira/domain';
import type { z } from 'zod';
import type { HttpClient } from '../../platform/http-client/http-client';
import {
  countAnswer,
  type IssueAnswer,
  type ListedProject,
  listedPageAnswer,
  listedProjectAnswer,
  type myselfAnswer,
  offsetPageAnswer,
  projectNameAnswer,
  projectPageAnswer,
  tokenPageAnswer,
  totalAnswer,
} from './wire/answers';

type Myself = z.output<typeof myselfAnswer>;

/** Where Jira Cloud and Data Center differ; everything else is written once (ADR-7). */
export interface JiraProfile {
  readonly deployment: 'cloud' | 'dc';
  /** `/rest/api/3` or `/rest/api/2` */
  readonly api: string;
  /** Template of a new project when none is configured (D-7.1). */
  readonly defaultTemplate: string;
  /** The lead of a new project in the one form this deployment takes. */
  lead(myself: Myself): Readonly<Record<string, string>>;
  /** Whether a search can be told to show an issue as it is now; else its index may lag behind. */
  readonly searchesExactly: boolean;
  /**
   * All issues of a JQL query, page by page.
   * @param exactId an issue to be shown as it is now, where the deployment can
   */
  search(
    http: HttpClient,
    jql: string,
    fields: readonly string[],
    exactId?: string | null,
  ): AsyncGenerator<IssueAnswer>;
  /** How many issues a JQL query finds; null when the site does not say. */
  count(http: HttpClient, jql: string): Promise<number | null>;
  /** Project properties that come with the project; none where each has to be asked for. */
  withProperties(names: readonly string[]): Readonly<Record<string, string>>;
  /** How this deployment archives a project (D-7.3). */
  readonly archive: { readonly method: 'POST' | 'PUT' };
  /** Every project that the account may see. */
  allProjects(http: HttpClient): Promise<readonly ListedProject[]>;
  /** Projects whose key or name holds a text, as many as one answer of Jira brings; all of them for an empty text. */
  findProjects(
    http: HttpClient,
    text: string,
  ): Promise<{ readonly projects: readonly ListedProject[]; readonly more: boolean }>;
  /** Names of projects that look like `name`. */
  projectNames(http: HttpClient, name: string): Promise<readonly string[]>;
}

/** Issues asked for per page; both deployments may give fewer. */
const pageSize = 100;

export const cloudProfile: JiraProfile = {
  deployment: 'cloud',
  api: '/rest/api/3',
  defaultTemplate: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
  archive: { method: 'POST' },
  searchesExactly: true,
  withProperties: (names) => ({ properties: names.join(',') }),
  lead: (myself) => ({ leadAccountId: myself.accountId ?? '' }),
  async *search(http, jql, fields, exactId = null) {
    let token: string | undefined;
    do {
      const page: z.output<typeof tokenPageAnswer> = await http.call({
        method: 'GET',
        path: '/rest/api/3/search/jql',
        query: {
          jql,
          fields: fields.join(','),
          maxResults: pageSize,
          ...(exactId === null ? {} : { reconcileIssues: exactId }),
          ...(token ? { nextPageToken: token } : {}),
        },
        schema: tokenPageAnswer,
      });
      yield* page.issues;
      token = page.isLast === true ? undefined : (page.nextPageToken ?? undefined);
    } while (token !== undefined);
  },
  count: async (http, jql) => {
    const counted = await http.find({
      method: 'POST',
      path: '/rest/api/3/search/approximate-count',
      body: { jql },
      schema: countAnswer,
      reads: true,
      repeatable: true,
    });
    return counted?.count ?? null;
  },
  allProjects: async (http) => {
    const projects: ListedProject[] = [];
    for (;;) {
      const page = await http.call({
        method: 'GET',
        path: '/rest/api/3/project/search',
        query: { startAt: projects.length, maxResults: 50, orderBy: 'key' },
        schema: listedPageAnswer,
      });
      projects.push(...page.values);
      if (page.values.length === 0 || page.isLast === true || projects.length >= page.total) return projects;
    }
  },
  findProjects: async (http, text) => {
    const page = await http.call({
      method: 'GET',
      path: '/rest/api/3/project/search',
      query: { ...(text === '' ? {} : { query: text }), maxResults: pageSize, orderBy: 'name' },
      schema: listedPageAnswer,
    });
    return { projects: page.values, more: page.isLast !== true && page.total > page.values.length };
  },
  projectNames: async (http, name) => {
    const page = await http.call({
      method: 'GET',
      path: '/rest/api/3/project/search',
      query: { query: name, maxResults: pageSize },
      schema: projectPageAnswer,
    });
    return page.values.map((project) => project.name);
  },
};

export const dataCenterProfile: JiraProfile = {
  deployment: 'dc',
  api: '/rest/api/2',
  defaultTemplate: 'com.pyxis.greenhopper.jira:gh-scrum-template',
  archive: { method: 'PUT' },
  searchesExactly: false,
  withProperties: () => ({}),
  lead: (myself) => ({ lead: myself.name ?? '' }),
  async *search(http, jql, fields) {
    let startAt = 0;
    for (;;) {
      const page: z.output<typeof offsetPageAnswer> = await http.call({
        method: 'GET',
        path: '/rest/api/2/search',
        query: { jql, fields: fields.join(','), maxResults: pageSize, startAt },
        schema: offsetPageAnswer,
      });
      yield* page.issues;
      startAt = page.startAt + page.issues.length;
      if (page.issues.length === 0 || startAt >= page.total) return;
    }
  },
  count: async (http, jql) => {
    const query = { jql, fields: 'id', maxResults: 0 };
    return (await http.call({ method: 'GET', path: '/rest/api/2/search', query, schema: totalAnswer })).total;
  },
  allProjects: (http) => http.call({ method: 'GET', path: '/rest/api/2/project', schema: listedProjectAnswer.array() }),
  // Its project picker leaves out the archived flag: the whole list is one answer and has it.
  findProjects: async (http, text) => {
    const projects = await http.call({
      method: 'GET',
      path: '/rest/api/2/project',
      schema: listedProjectAnswer.array(),
    });
    return { projects: searchProjects(projects, text, ''), more: false };
  },
  projectNames: async (http) => {
    const projects = await http.call({ method: 'GET', path: '/rest/api/2/project', schema: projectNameAnswer.array() });
    return projects.map((project) => project.name);
  },
};
