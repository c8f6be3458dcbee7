import { IntegrationError } from '../../platform/errors/integration-error';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { nothing } from './wire/answers';

/** Answers of sites whose plan or permissions do not include archiving: noted, not an error. */
const notOffered: ReadonlySet<number | undefined> = new Set([403, 404, 405]);

/** Archives a project; where Jira does not offer it to us the project simply stays. */
export async function archiveProject(site: JiraSite, projectId: string): Promise<'archived' | 'not offered'> {
  try {
    await site.http.call({
      method: site.profile.archive.method,
      path: site.profile.api + path`/project/${projectId}/archive`,
      schema: nothing,
    });
  } catch (error) {
    if (!(error instanceof IntegrationError && notOffered.has(error.status))) throw error;
    return 'not offered';
  }
  return 'archived';
}

/** Brings an archived project back. @throws IntegrationError when Jira refuses */
export async function restoreProject(site: JiraSite, projectId: string): Promise<void> {
  await site.http.call({
    method: site.profile.deployment === 'cloud' ? 'POST' : 'PUT',
    path: site.profile.api + path`/project/${projectId}/restore`,
    schema: nothing,
  });
}
