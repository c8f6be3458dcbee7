import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../clients/dataverse/filter';
import { inParallel } from '../../platform/http-client/in-parallel';
import { atOneTime, mostInOneRun } from './remove-archived';

const issueRow = z.object({ crmjira_jira_issueid: guid });
const linkRow = z.object({ _crmjira_jira_issue_value: optionalGuid });

/** Issues named in one filter. */
const issuesAtOnce = 50;

/**
 * What may go: resolved or gone before a moment, and at once what has left the mirror, whose row says nothing any more.
 * @param before ISO 8601 instant
 */
const due = (before: string): string =>
  `crmjira_resolved_on lt ${before} or (crmjira_is_deleted eq true and (crmjira_status eq null or modifiedon lt ${before}))`;

/**
 * Removes issues that nothing is linked to and that are past their time; those that come back in Jira are mirrored anew.
 * @param before ISO 8601 instant
 * @returns how many were removed, and how many of those that were looked at are left
 */
export async function forgetIssues(
  context: {
    readonly dataverse: Pick<DataverseClient, 'many'>;
    readonly remover: Pick<DataverseClient, 'remove'> | null;
    readonly dryRun?: boolean;
  },
  before: string,
): Promise<{ readonly deleted: number; readonly due: number; readonly atLeast: boolean }> {
  const { dataverse, remover, dryRun = false } = context;
  const { entitySet, primaryId } = tables.crmjira_jira_issue;
  // All of them: linked ones, which stay, would else stand before the others for ever.
  const rows = await dataverse.many(
    entitySet,
    { select: [primaryId], filter: due(before), orderBy: ['crmjira_resolved_on asc'] },
    issueRow,
  );
  const free: string[] = [];
  let start = 0;
  for (; start < rows.length && free.length < mostInOneRun; start += issuesAtOnce) {
    const ids = rows.slice(start, start + issuesAtOnce).map(({ crmjira_jira_issueid: id }) => id);
    const filter = equalsOneOf('_crmjira_jira_issue_value', ids);
    const { entitySet: links } = tables.crmjira_issue_link;
    const found = await dataverse.many(links, { select: Object.keys(linkRow.shape), filter }, linkRow);
    const linked = new Set(found.map(({ _crmjira_jira_issue_value: id }) => id));
    free.push(...ids.filter((id) => !linked.has(id)));
  }
  const atLeast = start < rows.length;
  if (remover === null || dryRun) return { deleted: 0, due: free.length, atLeast };
  await inParallel(free, atOneTime, (id) => remover.remove(entitySet, id));
  return { deleted: free.length, due: 0, atLeast };
}
