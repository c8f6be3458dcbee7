import { type CandidateList, type ProjectCandidate, searchProjects } from '@crmjira/domain';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { inTime } from '../../../connections/jira/in-time';
import type { JiraConnections } from '../../../connections/jira/jira-connections';

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
