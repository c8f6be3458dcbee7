import { z } from 'zod';
import type { HttpClient } from '../../platform/http-client/http-client';
import { path } from '../../platform/http-client/path';

const id = z.union([z.string(), z.number()]).transform(String);

/** Shapes of what is read from Tempo's REST API 4. */
export const tempoProject = z.object({
  id,
  name: z.string(),
  /** What the project is made of; for `JIRA_PROJECTS` the reference lists Jira's numeric project ids. */
  scope: z.object({ source: z.object({ type: z.string(), reference: z.string() }).nullish() }).nullish(),
});
export type TempoProject = z.output<typeof tempoProject>;

/** A page of anything; `next` is a whole address, of which only its presence counts. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ metadata: z.object({ next: z.string().nullish() }), results: z.array(row) });

/** Rows asked for per page. */
const pageSize = 50;

/** All rows of a paged list. */
export async function readAll<T extends z.ZodType>(
  http: HttpClient,
  listPath: string,
  row: T,
  query: Readonly<Record<string, string>> = {},
): Promise<z.output<T>[]> {
  const all: z.output<T>[] = [];
  const schema = pageOf(row);
  for (;;) {
    const page = await http.call({
      method: 'GET',
      path: listPath,
      query: { ...query, offset: all.length, limit: pageSize },
      schema,
    });
    all.push(...page.results);
    if (!page.metadata.next || page.results.length === 0) return all;
  }
}

/** Whether a Tempo project is made of that one Jira project and nothing else: a portfolio's budget is not a project's. */
function isScopedTo(project: TempoProject, jiraProjectId: string): boolean {
  const source = project.scope?.source;
  if (source?.type.toUpperCase() !== 'JIRA_PROJECTS') return false;
  const references = source.reference.split(',').map((reference) => reference.trim());
  return references.length === 1 && references[0] === jiraProjectId;
}

/** Finds the Tempo project of a Jira project. */
export interface TempoProjects {
  find(jiraProjectId: string): Promise<TempoProject | null>;
}

/**
 * Tempo numbers its projects by itself and finds none by Jira's number: the list is read, and what was found is remembered and looked
 * up by its own number from then on. Of several the oldest counts, that is the first in the list.
 */
export function createTempoProjects(http: HttpClient): TempoProjects {
  const known = new Map<string, string>();
  return {
    find: async (jiraProjectId) => {
      const id = known.get(jiraProjectId);
      if (id !== undefined) {
        const project = await http.find({ method: 'GET', path: path`/4/projects/${id}`, schema: tempoProject });
        if (project !== null && isScopedTo(project, jiraProjectId)) return project;
        known.delete(jiraProjectId);
      }
      const projects = await readAll(http, '/4/projects', tempoProject);
      const project = projects.find((one) => isScopedTo(one, jiraProjectId)) ?? null;
      if (project !== null) known.set(jiraProjectId, project.id);
      return project;
    },
  };
}
