import type { MilestoneFacts } from '@crmjira/domain';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { type ProjectAnswer, versionAnswer } from './wire/answers';

/** The project's versions as milestones, as far as its own answer has not brought them; archived ones are left out. */
export async function readMilestones(site: JiraSite, project: ProjectAnswer): Promise<readonly MilestoneFacts[]> {
  const read = () =>
    site.http.call({
      method: 'GET',
      path: site.profile.api + path`/project/${project.id}/versions`,
      schema: versionAnswer.array(),
    });
  return (project.versions ?? (await read()))
    .filter((version) => version.archived !== true)
    .map((version) => ({
      name: version.name,
      date: version.releaseDate ?? null,
      released: version.released === true,
    }));
}
