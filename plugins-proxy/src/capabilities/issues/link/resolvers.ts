import { jiraIssueRowId, LinkState, parseSiteId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalGuid, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { path } from '../../../platform/http-client/path';
import { nothing } from '../../../clients/jira/wire/answers';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { jobKey, siteJobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, type Resolved, resolver } from '../../../reconciler/job-handler';
import { issueCommentsKind } from '../comments/comment-triggers';
import { errorLinkKind, monitorSystem } from '../errors/error-kind';
import { caseKind } from '../resolution/case-module';
import { laterKind, linkKind } from './issue-link-module';

/** Kinds of keys that name the links of an issue or of a record. */
export const linkedIssueKind = 'linked-issue';
export const deletedIssueKind = 'deleted-issue';
export const linkedRecordKind = 'linked-record';
/** Kind of the key by which the daily sync names a link. */
export const dailyLinkKind = 'daily-link';

/** The key of a record with links, whatever its table. */
export const linkedRecordKey = (table: string, id: string): string => jobKey(linkedRecordKind, `${table}/${id}`);

interface LinkResolverParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
}

const linkRow = z.object({
  crmjira_issue_linkid: guid,
  crmjira_regarding_table: text,
  crmjira_regarding_id: optionalText,
  crmjira_external_system: optionalText,
  _crmjira_jira_issue_value: optionalGuid,
});
type FoundLink = z.output<typeof linkRow>;

const placeRow = z.object({ crmjira_issue_id: text, _crmjira_integration_id_value: optionalGuid });

const findLinks = ({ dataverse }: LinkResolverParts, filter: string): Promise<readonly FoundLink[]> =>
  dataverse.batched.many(
    tables.crmjira_issue_link.entitySet,
    { select: Object.keys(linkRow.shape), filter: `${filter} and crmjira_state ne ${LinkState.Unlinked}` },
    linkRow,
  );

/** Jobs of some links, and of the cases and errors that they stand on: what their issues mean is judged there. */
function jobsOf(links: readonly FoundLink[]): Resolved {
  if (links.length === 0) return nothingToEnqueue('no link');
  const cases = links.flatMap(({ crmjira_regarding_table: table, crmjira_regarding_id: id }) =>
    table === 'incident' && id !== null ? [jobKey(caseKind, id.toLowerCase())] : [],
  );
  const errors = links.flatMap(({ crmjira_issue_linkid: id, crmjira_external_system: system }) =>
    system === monitorSystem ? [jobKey(errorLinkKind, id)] : [],
  );
  return {
    keys: [...links.map(({ crmjira_issue_linkid: id }) => jobKey(linkKind, id)), ...new Set(cases), ...errors],
    urgent: false,
  };
}

const linksWhere = async (parts: LinkResolverParts, filter: string): Promise<Resolved> =>
  jobsOf(await findLinks(parts, filter));

const ofIssue = (parts: LinkResolverParts, connectionId: string, issueId: string): Promise<Resolved> =>
  linksWhere(parts, equalsId('_crmjira_jira_issue_value', jiraIssueRowId(connectionId, issueId)));

/** All that events about a link's issue would have named, its comments too: any of them may have been lost. */
async function ofEveryDay(parts: LinkResolverParts, linkId: string): Promise<Resolved> {
  const links = await findLinks(parts, equalsId('crmjira_issue_linkid', guid.parse(linkId)));
  const resolved = jobsOf(links);
  const rowId = links[0]?._crmjira_jira_issue_value ?? null;
  if (rowId === null) return resolved;
  const { entitySet } = tables.crmjira_jira_issue;
  const issue = await parts.dataverse.batched.one(entitySet, rowId, Object.keys(placeRow.shape), placeRow);
  const connectionId = issue?._crmjira_integration_id_value ?? null;
  if (issue === null || connectionId === null) return resolved;
  return { ...resolved, keys: [...resolved.keys, siteJobKey(issueCommentsKind, connectionId, issue.crmjira_issue_id)] };
}

/**
 * Jira tells that an issue was deleted: the one time that it can be known. Its row says so, if the issue is gone by now; a link that finds
 * no issue then knows why.
 */
async function ofDeletedIssue(parts: LinkResolverParts, connectionId: string, issueId: string): Promise<Resolved> {
  const { dataverse, jira } = parts;
  const resolved = await ofIssue(parts, connectionId, issueId);
  const connection = resolved.keys.length === 0 ? null : await jira.of(connectionId);
  if (connection === null) return resolved;
  const { http, profile } = connection.site;
  const there = await http.find({
    method: 'GET',
    path: profile.api + path`/issue/${issueId}`,
    query: { fields: 'project' },
    schema: nothing,
  });
  const id = jiraIssueRowId(connectionId, issueId);
  const { entitySet } = tables.crmjira_jira_issue;
  if (there === null)
    await dataverse.changeSet([{ op: 'update', collection: entitySet, id, columns: { crmjira_is_deleted: true } }]);
  return resolved;
}

/** Which links an issue, a record or a wait stands for. */
export function linkResolvers(parts: LinkResolverParts): readonly JobHandler[] {
  const ofSite = (
    kind: string,
    resolve: (parts: LinkResolverParts, connectionId: string, issueId: string) => Promise<Resolved>,
  ): JobHandler =>
    resolver(kind, async ({ id }) => {
      const { connectionId, id: issueId } = parseSiteId(id);
      return connectionId === null ? nothingToEnqueue('the key names no site') : resolve(parts, connectionId, issueId);
    });
  return [
    ofSite(linkedIssueKind, ofIssue),
    ofSite(deletedIssueKind, ofDeletedIssue),
    resolver(linkedRecordKind, async ({ id }) => {
      const [table = '', recordId = ''] = id.split('/');
      return linksWhere(
        parts,
        `crmjira_regarding_table eq ${quoted(table)} and crmjira_regarding_id eq ${quoted(guid.parse(recordId))}`,
      );
    }),
    resolver(dailyLinkKind, ({ id }) => ofEveryDay(parts, id)),
    resolver(laterKind, async ({ id }) => ({ keys: [jobKey(linkKind, id)], urgent: false })),
  ];
}
