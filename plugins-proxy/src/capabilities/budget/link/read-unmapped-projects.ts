import { siteIdText, type UnmappedProject } from '@crmjira/domain';
import { z } from 'zod';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { readOwnership } from '../../../clients/jira/ownership';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import { inParallel } from '../../../platform/http-client/in-parallel';

/** Projects asked about their owner at the same time. */
const parallelReads = 8;
const guidText = z.guid().transform((value) => value.toLowerCase());

/** Opportunities that issues name in the field "CRM Opportunity ID", by project. */
async function readNamed(site: JiraSite, ids: FieldIds): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const named = new Map<string, Set<string>>();
  const field = /^customfield_(\d+)$/.exec(ids.opportunityId)?.[1];
  if (field === undefined) return named;
  const jql = `cf[${field}] is not EMPTY ORDER BY created ASC`;
  for await (const issue of site.profile.search(site.http, jql, ['project', ids.opportunityId])) {
    const opportunity = guidText.safeParse(issue.fields[ids.opportunityId]);
    const project = issue.fields.project?.id;
    if (!opportunity.success || project === undefined) continue;
    named.set(project, (named.get(project) ?? new Set()).add(opportunity.data));
  }
  return named;
}

/**
 * Projects of a site that no mapping has, with what they say about an opportunity; archived ones are left out (R-2303).
 * @param mapped as `siteIdText`
 */
export async function readUnmappedProjects(
  { id: connectionId, site }: Pick<JiraConnection, 'id' | 'site'>,
  fields: () => Promise<FieldIds>,
  mapped: ReadonlySet<string>,
): Promise<readonly UnmappedProject[]> {
  const [projects, named] = await Promise.all([
    site.profile.allProjects(site.http),
    fields().then((ids) => readNamed(site, ids)),
  ]);
  const open = projects.filter(({ id, archived }) => !mapped.has(siteIdText(connectionId, id)) && archived !== true);
  return inParallel(open, parallelReads, async ({ id, key, name }) => ({
    connectionId,
    id,
    key,
    name,
    owner: (await readOwnership(site, id))?.opportunityId ?? null,
    named: [...(named.get(id) ?? [])],
  }));
}
