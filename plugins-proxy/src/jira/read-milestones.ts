import type { MilestoneFacts } from '@crmjira/domain';
import { path } from './jira-http';
import type { JiraSite } from './jira-site';
import { versionAnswer } from './wire/answers';

/** The project's versions as milestones; archived ones are left out. */
export async function readMilestones(site: JiraSite, projectId: string): Promise<readonly MilestoneFacts[]> {
  const versions = await site.http.call({
    method: 'GET',
    path: site.profile.api + path`/project/${projectId}/versions`,
    schema: versionAnswer.array(),
  });
  return versions
    .filter((version) => version.archived !== true)
    .map((version) => ({
      name: version.name,
      date: version.releaseDate ?? null,
      released: version.released === true,
    }));
}
