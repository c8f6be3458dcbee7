import { isListed, type LinkableProjects } from '@crmjira/domain';
import { readEmail } from '../../../connections/environment/read-people';
import type { DataverseReader } from '../../../clients/dataverse/reader';
import type { OwnedProject } from '../../../clients/jira/owned-project';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { readProperty } from '../../../clients/jira/ownership';
import { mayAdminister } from '../../../clients/jira/project-administrator';
import type { ProjectAnswer } from '../../../clients/jira/wire/answers';

/** Project entity property that offers a project for linking: `true`. Only whoever administers the project can set it. */
export const linkableProperty = 'crmjira.linkable';

/** Who asks for a link, and for which opportunity. */
export interface LinkRequest {
  readonly opportunityId: string;
  readonly requestedById: string;
  /** of the integration, or the service itself */
  readonly byAdministrator: boolean;
}

export interface LinkContext {
  readonly dataverse: DataverseReader;
  readonly site: JiraSite;
  readonly linkableProjects: LinkableProjects;
}

/** Whether the list of the environment names a project. */
export function isProjectListed(
  list: LinkableProjects,
  project: Pick<ProjectAnswer, 'name' | 'projectCategory'>,
): boolean {
  return isListed(list, { name: project.name, category: project.projectCategory ?? null });
}

/**
 * Whether somebody may have a project linked: the integration account sees projects that people do not, and a link shows their figures
 * and lends its rights (F-302). What costs no call is asked first.
 * @throws IntegrationError when Jira or Dataverse does not answer: the run is tried again, nobody is allowed anything
 */
export async function mayBeLinked(
  { dataverse, site, linkableProjects }: LinkContext,
  { opportunityId, requestedById, byAdministrator }: LinkRequest,
  { project, ownership }: OwnedProject,
): Promise<boolean> {
  if (byAdministrator || ownership?.opportunityId === opportunityId) return true;
  if (isProjectListed(linkableProjects, project)) return true;
  const [offered, email] = await Promise.all([
    readProperty(site, project.id, linkableProperty),
    readEmail(dataverse, requestedById),
  ]);
  return offered === true || (email !== null && (await mayAdminister(site, project.key, email)));
}
