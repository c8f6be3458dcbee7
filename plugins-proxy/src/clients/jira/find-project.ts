import { JIRA_KEY_CANDIDATES, jiraKey, type KeyPattern, projectName } from '@crmjira/domain';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { projectProperties, readOwnership } from './ownership';
import { projectAnswer, validateKeyAnswer } from './wire/answers';
import type { OwnedProject } from './owned-project';

/** The project of a numeric id or a key; null when there is none, or it is in the bin. */
export async function findProject(site: JiraSite, idOrKey: string): Promise<OwnedProject | null> {
  const project = await site.http.find({
    method: 'GET',
    path: site.profile.api + path`/project/${idOrKey}`,
    query: { expand: 'lead,issueTypes', ...site.profile.withProperties(projectProperties) },
    schema: projectAnswer,
  });
  if (project === null || project.deleted === true) return null;
  return { project, ownership: await readOwnership(site, project.id, project.properties) };
}

async function isKeyFree(site: JiraSite, key: string): Promise<boolean> {
  const answer = await site.http.call({
    method: 'GET',
    path: `${site.profile.api}/projectvalidate/key`,
    query: { key },
    schema: validateKeyAnswer,
  });
  return (answer.errorMessages ?? []).length === 0 && Object.keys(answer.errors ?? {}).length === 0;
}

/** Whether a project of that name exists (Jira compares without case). */
export async function isNameTaken(site: JiraSite, name: string): Promise<boolean> {
  const names = await site.profile.projectNames(site.http, name);
  return names.some((existing) => existing.toLowerCase() === name.toLowerCase());
}

/** What the search for an opportunity's project goes by. */
export interface Wanted {
  readonly opportunityId: string;
  readonly opportunityName: string;
  /** What our keys look like (crmjira_ProjectKeyPattern). */
  readonly keyPattern: KeyPattern;
  /** Key that the opportunity had when its project was known; null: none. Under another pattern than today's it is looked at too. */
  readonly earlierKey: string | null;
  /** Key and reference that the mapping has announced; null before there is a mapping. */
  readonly announced: { readonly key: string; readonly reference: string } | null;
  /** Keys that Jira has refused in this run although the preflight passed. */
  readonly refusedKeys: ReadonlySet<string>;
}

/** Ours by its property; or under the announced key, with our name and without owner: its creation was cut off. */
function isOurs(found: OwnedProject, wanted: Wanted, key: string): boolean {
  if (found.ownership !== null) return found.ownership.opportunityId === wanted.opportunityId;
  if (wanted.announced?.key !== key) return false;
  const { reference } = wanted.announced;
  return [false, true].some((taken) => projectName(wanted.opportunityName, reference, taken) === found.project.name);
}

/** Outcome of the search: our project, or the first key that can be had. */
export type Search = { readonly found: OwnedProject } | { readonly freeKey: string };

/**
 * Looks through the candidate keys, the announced one first: a project that carries our opportunity's id is adopted,
 * one that doesn't is a conflict and leads to the next candidate.
 * @throws DomainError `jira-key.exhausted` after the last candidate
 */
export async function searchProject(site: JiraSite, wanted: Wanted): Promise<Search> {
  const announced = wanted.announced === null ? [] : [wanted.announced.key];
  const { opportunityId, keyPattern, earlierKey } = wanted;
  const candidates = Array.from({ length: JIRA_KEY_CANDIDATES }, (_, n) => jiraKey(opportunityId, n, keyPattern));
  if (earlierKey !== null && ![...announced, ...candidates].includes(earlierKey)) {
    const earlier = await findProject(site, earlierKey);
    if (earlier !== null && isOurs(earlier, wanted, earlierKey)) return { found: earlier };
  }
  let freeKey: string | null = null;
  for (const key of new Set([...announced, ...candidates])) {
    const found = await findProject(site, key);
    if (found !== null) {
      if (isOurs(found, wanted, key)) return { found };
      continue;
    }
    if (wanted.refusedKeys.has(key)) continue;
    if (await isKeyFree(site, key)) {
      freeKey = key;
      break;
    }
  }
  // Asking for one candidate more than there are raises the domain's own error.
  return { freeKey: freeKey ?? jiraKey(opportunityId, JIRA_KEY_CANDIDATES) };
}
