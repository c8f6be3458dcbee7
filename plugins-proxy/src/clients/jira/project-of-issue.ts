import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { issueAnswer } from './wire/answers';

/** The project an issue is in; null when the issue is gone or hidden: its own event then names the project. */
export async function projectOfIssue(site: JiraSite, issueIdOrKey: string): Promise<string | null> {
  const issue = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/issue/${issueIdOrKey}`,
    query: { fields: 'project' },
    schema: issueAnswer,
  });
  return issue?.fields.project?.id ?? null;
}
