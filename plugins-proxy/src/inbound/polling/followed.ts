import { type CapabilityName, defaultCapabilities, jiraIssueRowId, LinkState, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { optionalGuid } from '../../clients/dataverse/columns';
import { siteJobKey } from '../../queue/job-key';
import { type MappedProject, readMappedProjects } from './mapped-projects';

/** What of a connected site is followed, by what is switched on. */
export interface Followed {
  /** Projects with a budget. */
  readonly projects: readonly MappedProject[];
  /** Nothing: whatever changes there concerns nobody, and need not be asked for. */
  readonly isNothing: boolean;
  /** Jobs that a changed issue names; none: it concerns nobody. */
  keysOf(issue: { readonly id: string; readonly projectId: string }): readonly string[];
}

const linkRow = z.object({ _crmjira_jira_issue_value: optionalGuid });

/** Rows of the issues that have a link, of every connection. */
async function readLinkedIssues(client: Pick<DataverseClient, 'many'>): Promise<ReadonlySet<string>> {
  const rows = await client.many(
    tables.crmjira_issue_link.entitySet,
    { select: Object.keys(linkRow.shape), filter: `crmjira_state ne ${LinkState.Unlinked}` },
    linkRow,
  );
  return new Set(rows.flatMap(({ _crmjira_jira_issue_value: id }) => (id === null ? [] : [id])));
}

export async function readFollowed(
  client: DataverseClient,
  connectionId: string,
  on: ReadonlySet<CapabilityName> = defaultCapabilities,
): Promise<Followed> {
  const [projects, linked] = await Promise.all([
    on.has('budget') ? readMappedProjects(client, connectionId) : [],
    on.has('issues') ? readLinkedIssues(client) : new Set<string>(),
  ]);
  const mapped = new Set(projects.flatMap(({ projectId }) => (projectId === null ? [] : [projectId])));
  return {
    projects,
    isNothing: mapped.size === 0 && linked.size === 0,
    keysOf: ({ id, projectId }) => [
      ...(mapped.has(projectId) ? [siteJobKey('jira-project', connectionId, projectId)] : []),
      // An issue is updated by its comments, too.
      ...(linked.has(jiraIssueRowId(connectionId, id)) ? ['linked-issue', 'issue-comments'] : []).map((kind) =>
        siteJobKey(kind, connectionId, id),
      ),
    ],
  };
}
