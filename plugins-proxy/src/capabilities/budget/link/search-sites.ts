import { type CandidateList, type ProjectCandidate, searchProjects } from '@crmjira/domain';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { IntegrationError } from '../../../platform/errors/integration-error';

/** Milliseconds that one of several sites has to answer: somebody waits, and the others have answered. */
const siteAnswersWithin = 3_000;

/** @throws what the work throws; IntegrationError `jira-unavailable` when it takes too long, while it goes on */
async function inTime<T>(work: Promise<T>, connectionId: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new IntegrationError('Jira did not answer the search in time.', {
      code: 'jira-unavailable',
      errorClass: 'transient',
      connectionId,
    });
    timer = setTimeout(() => reject(error), siteAnswersWithin);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Searches all connected sites side by side. One that fails or is slow leaves its projects out, and the list says so.
 * @param search of one site
 * @throws IntegrationError when none answers: what the first one failed with
 */
export async function searchSites(
  jira: Pick<JiraConnections, 'all' | 'broken'>,
  text: string,
  opportunityName: string,
  search: (connection: JiraConnection) => Promise<CandidateList>,
): Promise<CandidateList> {
  const [first, ...others] = jira.all();
  const broken = jira.broken();
  if (first !== undefined && others.length === 0 && broken.length === 0) return search(first);
  const searched = await Promise.all(
    jira.all().map(async (connection) => {
      const { id, name } = connection;
      const found = await inTime(search(connection), id).catch((error: unknown) => ({ error }));
      return { id, name, found };
    }),
  );
  const lists = searched.flatMap(({ id, found }) => ('error' in found ? [] : [{ id, found }]));
  const failures = searched.flatMap(({ found }) => ('error' in found ? [found.error] : []));
  if (lists.length === 0) throw failures[0];
  const projects = lists.flatMap(({ id, found }): ProjectCandidate[] =>
    found.projects.map((project) => ({ ...project, connectionId: id })),
  );
  return {
    projects: searchProjects(projects, text, opportunityName),
    more: lists.some(({ found }) => found.more),
    connections: [
      ...searched.map(({ id, name, found }) => ({ id, name, isSilent: 'error' in found })),
      ...broken.map(({ id, name }) => ({ id, name, isSilent: true })),
    ],
  };
}
