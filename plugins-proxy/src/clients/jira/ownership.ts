import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { nothing, ownershipValue, propertyAnswer } from './wire/answers';
import type { Ownership } from './owned-project';

/** Project entity property that proves whose project it is (R-405, D-6). */
const ownershipProperty = 'crmjira.opportunity';
/** Project entity property that names the root issue (root-issue-memory.ts). */
export const rootIssueProperty = 'crmjira.rootIssue';

export async function readProperty(site: JiraSite, projectId: string, name: string): Promise<unknown> {
  const answer = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/project/${projectId}/properties/${name}`,
    schema: propertyAnswer,
  });
  return answer?.value ?? null;
}

export async function writeProperty(site: JiraSite, projectId: string, name: string, value: unknown): Promise<void> {
  await site.http.call({
    method: 'PUT',
    path: site.profile.api + path`/project/${projectId}/properties/${name}`,
    body: value,
    schema: nothing,
  });
}

/** What the project's own answer should bring along, where it can. */
export const projectProperties = [ownershipProperty, rootIssueProperty];

/** Properties that came with the project's answer. */
export type Brought = Readonly<Record<string, unknown>>;

/**
 * Whose project it is; null when nobody has claimed it. A value that is not ours in form belongs to somebody else. What was not
 * brought along is asked for: its absence proves nothing.
 */
export async function readOwnership(
  site: JiraSite,
  projectId: string,
  brought: Brought = {},
): Promise<Ownership | null> {
  const value = brought[ownershipProperty] ?? (await readProperty(site, projectId, ownershipProperty));
  if (value === null) return null;
  return ownershipValue.catch({ opportunityId: 'unknown', reference: 'unknown', organization: 'unknown' }).parse(value);
}

export function writeOwnership(site: JiraSite, projectId: string, ownership: Ownership): Promise<void> {
  return writeProperty(site, projectId, ownershipProperty, ownership);
}
