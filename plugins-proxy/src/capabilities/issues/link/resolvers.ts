import { jiraIssueRowId, LinkState, parseSiteId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalText, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import { path } from '../../../platform/http-client/path';
import { nothing } from '../../../clients/jira/wire/answers';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { jobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, type Resolved, resolver } from '../../../reconciler/job-handler';
import { errorLinkKind, monitorSystem } from '../errors/error-kind';
import { caseKind } from '../resolution/case-module';
import { laterKind, linkKind } from './issue-link-module';

/** Kinds of keys that name the links of an issue or of a record. */
export const linkedIssueKind = 'linked-issue';
export const deletedIssueKind = 'deleted-issue';
export const linkedRecordKind = 'linked-record';

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
});

/** Jobs of the links that a filter finds, and of the cases and errors that they stand on: what their issues mean is judged there. */
async function linksWhere({ dataverse }: LinkResolverParts, filter: string): Promise<Resolved> {
  const links = await dataverse.batched.many(
    tables.crmjira_issue_link.entitySet,
    { select: Object.keys(linkRow.shape), filter: `${filter} and crmjira_state ne ${LinkState.Unlinked}` },
    linkRow,
  );
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

const ofIssue = (parts: LinkResolverParts, connectionId: string, issueId: string): Promise<Resolved> =>
  linksWhere(parts, equalsId('_crmjira_jira_issue_value', jiraIssueRowId(connectionId, issueId)));

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
    resolver(laterKind, async ({ id }) => ({ keys: [jobKey(linkKind, id)], urgent: false })),
  ];
}
