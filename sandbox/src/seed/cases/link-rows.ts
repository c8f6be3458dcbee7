import {
  ConflictState,
  derivedId,
  type FieldBase,
  type FieldName,
  jiraIssueRowId,
  jiraProjectRowId,
  LinkState,
  markKey,
  type RemoteLink,
  remoteLink,
  type StoredLink,
  SyncPreference,
  timelineText,
  troubleText,
} from '@crmjira/domain';
import type { RemoteLinkRow } from '../../jira/site/rows';
import type { Site } from '../../jira/site/site';
import { applicationUsers, SUPPORT_AGENT } from '../people';
import { ref, type SeedRow } from '../seed-row';
import { at, dayFrom } from '../work-days';
import type { LinkScenario } from './scenarios';
import type { WrittenIssue } from './write-linked-issues';

/** A record that issues are linked to. */
export interface LinkedRecord {
  readonly table: 'incident' | 'opportunity' | 'account' | 'product';
  readonly id: string;
  /** Number that people know it by. */
  readonly number: string | null;
  readonly title: string;
  readonly owner: string | null;
  readonly closed: boolean;
  /** Of a case, as the maps that the service proposes put them; absent: not synced. */
  readonly status?: string;
  readonly priority?: string;
}

/** Where an issue stands. */
export interface IssueSource {
  readonly connectionId: string;
  readonly siteUrl: string;
  /** null: that site is not there to be written to */
  readonly site: Site | null;
  readonly issue: WrittenIssue;
}

export interface LinkContext {
  readonly now: Date;
  readonly organizationId: string;
  /** Address of a record's form up to table and id, as the service writes it into Jira. */
  readonly recordUrl: (table: LinkedRecord['table'], id: string) => string;
}

/** What the proposed maps make of statuses and priorities of a new site: value of the case by id in Jira. */
const STATUS_CLASS = new Map([
  ['10000', '1'],
  ['3', '1'],
  ['10002', '4'],
  ['10001', '5'],
]);
const PRIORITY_CLASS = new Map([
  ['1', '1'],
  ['2', '1'],
  ['3', '2'],
  ['4', '3'],
  ['5', '3'],
]);

/** What a conflict on the summary began with. */
const AGREED_TITLE = 'Dock schedule shows the wrong time zone';

export const linkId = (record: LinkedRecord, key: string): string => derivedId(record.id, 'seeded-link', key);

/** The row that shows an issue. */
export function issueRow({ connectionId, siteUrl, issue }: IssueSource, isDeleted: boolean): SeedRow {
  const { shown, project, created, updated } = issue;
  const { projectId, labels, assigneeActive, archived } = shown;
  return {
    table: 'crmjira_jira_issue',
    row: {
      crmjira_jira_issueid: jiraIssueRowId(connectionId, shown.issueId),
      'crmjira_integration_id@odata.bind': ref('crmjira_integration', connectionId),
      'crmjira_project@odata.bind': ref('crmjira_jira_project', jiraProjectRowId(connectionId, project.id)),
      crmjira_name: `${shown.key} ${shown.summary}`,
      crmjira_issue_id: shown.issueId,
      crmjira_issue_key: shown.key,
      crmjira_url: `${siteUrl}/browse/${shown.key}`,
      crmjira_summary: shown.summary,
      crmjira_issue_type: shown.type,
      crmjira_status: shown.status,
      crmjira_status_category: shown.statusCategory,
      crmjira_priority: shown.priority,
      crmjira_assignee: shown.assignee,
      crmjira_labels: labels.join(', '),
      crmjira_resolution: shown.resolution,
      crmjira_resolved_on: shown.resolvedOn,
      crmjira_resolved_by: shown.resolvedBy,
      crmjira_is_deleted: isDeleted,
      crmjira_raw: JSON.stringify({ projectId, labels, assigneeActive, archived }),
      crmjira_created: created,
      crmjira_updated: updated,
    },
  };
}

/** Link and conflict in Dataverse, mark and remote link in Jira, in agreement with each other: nothing is left to do. */
export function linkRows(
  record: LinkedRecord,
  scenario: LinkScenario,
  source: IssueSource,
  context: LinkContext,
): SeedRow[] {
  const { issue, connectionId } = source;
  const { now } = context;
  const { sync, stage = 'linked', hasConflict } = scenario;
  const id = linkId(record, issue.shown.key);
  const linkedOn = at(dayFrom(now, -scenario.linkedDaysAgo), 14, 31);
  const conflict = hasConflict ? conflictRow(record, id, source) : null;
  const trouble =
    stage === 'linked'
      ? null
      : ({
          code: stage === 'hidden' ? 'issue-hidden' : 'issue-deleted',
          field: null,
          from: null,
          to: null,
        } as const);
  const stored: StoredLink = {
    stage,
    issueId: issue.shown.issueId,
    low: null,
    sentOn: null,
    offConfirmed: sync === SyncPreference.Off ? linkedOn : null,
    since: Math.max(0, ...issue.steps.filter(({ on }) => on <= linkedOn).map(({ entry }) => entry)),
    cursor: conflict ? 0 : issue.lastChange,
    toldUpTo: issue.lastChange,
    fields: basesOf(record, issue, conflict && { entry: conflict.id, title: AGREED_TITLE }),
    trouble,
    seen: { owner: record.owner, active: true },
  };
  const failedOn = at(dayFrom(now, -1), 9, 40);
  const naming = {
    key: issue.shown.key,
    project: issue.project.key,
    type: issue.shown.type,
    asOf: `${issue.updated.slice(0, 16).replace('T', ' ')} UTC`,
  };
  if (stage === 'linked') writeMark(record, id, source, context);
  return [
    {
      table: 'crmjira_issue_link',
      row: {
        crmjira_issue_linkid: id,
        crmjira_name: issue.shown.key,
        ...regarding(record),
        'crmjira_jira_issue@odata.bind': ref('crmjira_jira_issue', jiraIssueRowId(connectionId, issue.shown.issueId)),
        crmjira_sync_preference: sync,
        crmjira_state:
          stage === 'linked' ? LinkState.Linked : stage === 'hidden' ? LinkState.Failing : LinkState.Broken,
        crmjira_base: documentOf(stored, linkedOn, jiraProjectRowId(connectionId, issue.project.id)),
        crmjira_created_note: scenario.note ?? null,
        'crmjira_created_by_user@odata.bind': ref('systemuser', SUPPORT_AGENT.id),
        crmjira_last_sync_on: now.toISOString(),
        createdon: linkedOn,
        ...(trouble === null
          ? {}
          : {
              crmjira_error_code: trouble.code,
              crmjira_last_error: troubleText(trouble, naming, 1033),
              crmjira_failing_since: failedOn,
            }),
      },
    },
    ...(conflict ? [conflict.row] : []),
    ...issue.steps.filter(({ on }) => on > linkedOn).map((step) => postRow(record, id, issue, step)),
  ];
}

export const documentOf = (stored: StoredLink, wishedOn: string, project: string, create: unknown = null): string =>
  JSON.stringify({ stored, create, wishedOn, unlinkWanted: false, project });

export const regarding = ({ table, id, number, title }: LinkedRecord): Readonly<Record<string, unknown>> => ({
  crmjira_regarding_table: table,
  crmjira_regarding_id: id,
  crmjira_regarding_name: table === 'incident' ? number : title,
  [`crmjira_regarding_${table}@odata.bind`]: ref(table, id),
});

function basesOf(
  record: LinkedRecord,
  issue: WrittenIssue,
  conflict: { readonly entry: string; readonly title: string } | null,
): StoredLink['fields'] {
  const base = (crm: string, jira: string, more: Partial<FieldBase> = {}): FieldBase => ({
    crm,
    jira,
    version: 0,
    cursor: issue.lastChange,
    entered: [],
    conflict: null,
    ...more,
  });
  const fields: Partial<Record<FieldName, FieldBase>> = {};
  const status = STATUS_CLASS.get(issue.statusId);
  // An issue that is done says nothing about the status of a case that is not.
  if (record.status !== undefined && status !== undefined && (status !== '5' || record.closed))
    fields.status = base(record.status, status);
  const priority = PRIORITY_CLASS.get(issue.priorityId);
  if (record.priority !== undefined && priority !== undefined) fields.priority = base(record.priority, priority);
  const { summary } = issue.shown;
  fields.summary = conflict
    ? base(conflict.title, conflict.title, {
        cursor: (issue.summaryChange?.entry ?? 1) - 1,
        conflict: { entry: conflict.entry, crm: record.title, jira: summary },
      })
    : base(record.title, summary);
  return fields;
}

/** What the service has told on the timeline of a change in Jira. */
function postRow(
  { table, id }: LinkedRecord,
  link: string,
  { shown: { key } }: WrittenIssue,
  { entry, on, ...step }: WrittenIssue['steps'][number],
): SeedRow {
  const postid = derivedId(link, 'timeline', String(entry));
  return {
    table: 'post',
    row: {
      postid,
      text: timelineText({ id: postid, event: 'status-changed', key, ...step }, 1033, table),
      source: 1,
      [`regardingobjectid_${table}@odata.bind`]: ref(table, id),
      createdon: on,
      createdby: { table: 'systemuser', id: applicationUsers[1].id },
    },
  };
}

function conflictRow(record: LinkedRecord, link: string, { issue }: IssueSource) {
  const id = derivedId(link, 'seeded-conflict');
  const changed = issue.summaryChange;
  return {
    id,
    row: {
      table: 'crmjira_sync_conflict',
      row: {
        crmjira_sync_conflictid: id,
        crmjira_name: `${issue.shown.key} summary`,
        crmjira_regarding_table: record.table,
        crmjira_regarding_id: record.id,
        'crmjira_link@odata.bind': ref('crmjira_issue_link', link),
        crmjira_field: 'summary',
        crmjira_base_value: AGREED_TITLE,
        crmjira_crm_value: record.title,
        crmjira_crm_by: `${SUPPORT_AGENT.firstName} ${SUPPORT_AGENT.lastName}`,
        crmjira_crm_on: changed ? new Date(Date.parse(changed.on) - 3_600_000).toISOString() : null,
        crmjira_jira_value: issue.shown.summary,
        crmjira_jira_by: changed?.by ?? null,
        crmjira_jira_on: changed?.on ?? null,
        crmjira_state: ConflictState.Open,
      },
    } satisfies SeedRow,
  };
}

/** Property and remote link, as the service leaves them on a linked issue. */
function writeMark(record: LinkedRecord, link: string, { site, issue }: IssueSource, context: LinkContext): void {
  if (site === null) return;
  const remote: RemoteLink = remoteLink(
    {
      kind: record.table === 'incident' ? 'case' : record.table,
      number: record.number,
      title: record.title,
      url: context.recordUrl(record.table, record.id),
      closed: record.closed,
    },
    { organization: context.organizationId, link },
    1033,
  );
  site.setProperty(`issue/${issue.shown.issueId}`, markKey(link), { link, shown: remote });
  site.remoteLinks.put<RemoteLinkRow>({
    id: site.nextId('remote-link'),
    issueId: issue.shown.issueId,
    globalId: remote.globalId,
    url: remote.object.url,
    title: remote.object.title,
    summary: remote.object.summary,
    relationship: remote.relationship,
    application: remote.application,
    status: { resolved: remote.object.status.resolved },
  });
}
