import { ERASED, fitText, type Instant, type ShownIssue, tables, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import {
  guid,
  optionalDay,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalText,
  text,
} from '../../../clients/dataverse/columns';

/** What the row shows of an issue although no link compares it: it changes with every comment. */
export interface IssueDates {
  readonly created: Instant | null;
  readonly updated: Instant | null;
  /** Calendar day. */
  readonly dueOn: string | null;
}

/** Where an issue stands: its connection, and the row of its project. */
export interface IssuePlace {
  readonly connectionId: string;
  /** Address that people open, without a slash at its end. */
  readonly siteUrl: string;
  /** Of `crmjira_jira_project`. */
  readonly projectRowId: string;
}

/** Facts of an issue that no column of their own holds; no names of people, which are erased by column. */
const rawFields = z.object({
  projectId: z.string(),
  labels: z.array(z.string()),
  assigneeActive: z.boolean(),
  archived: z.boolean(),
});

const categories = ['new', 'indeterminate', 'done', 'undefined'] as const;

const row = z.object({
  crmjira_jira_issueid: guid,
  _crmjira_integration_id_value: optionalGuid,
  _crmjira_project_value: optionalGuid,
  crmjira_issue_id: text,
  crmjira_issue_key: optionalText,
  crmjira_summary: optionalText,
  crmjira_issue_type: optionalText,
  crmjira_status: optionalText,
  crmjira_status_category: z.enum(categories).catch('undefined'),
  crmjira_priority: optionalText,
  crmjira_assignee: optionalText,
  crmjira_resolution: optionalText,
  crmjira_resolved_on: optionalInstant,
  crmjira_resolved_by: optionalText,
  crmjira_is_deleted: optionalFlag,
  crmjira_created: optionalInstant,
  crmjira_updated: optionalInstant,
  crmjira_due_on: optionalDay,
  crmjira_raw: optionalText,
});

/** Columns to read for `mirrorRow`. */
export const mirrorSelect = Object.keys(row.shape);

/** A row of `crmjira_jira_issue`, read back. */
export interface MirrorRow extends IssueDates {
  readonly id: string;
  readonly connectionId: string | null;
  readonly projectRowId: string | null;
  readonly issueId: string;
  /** null: a row that the service has not written, which it writes anew */
  readonly issue: ShownIssue | null;
  readonly deleted: boolean;
}

function rawOf(written: string | null): z.output<typeof rawFields> | null {
  try {
    return rawFields.parse(JSON.parse(written ?? 'null'));
  } catch {
    return null;
  }
}

export const mirrorRow = row.transform((read): MirrorRow => {
  const raw = rawOf(read.crmjira_raw);
  return {
    id: read.crmjira_jira_issueid,
    connectionId: read._crmjira_integration_id_value,
    projectRowId: read._crmjira_project_value,
    issueId: read.crmjira_issue_id,
    deleted: read.crmjira_is_deleted,
    created: read.crmjira_created,
    updated: read.crmjira_updated,
    dueOn: read.crmjira_due_on,
    issue: raw && {
      ...raw,
      issueId: read.crmjira_issue_id,
      key: read.crmjira_issue_key ?? '',
      summary: read.crmjira_summary ?? '',
      type: read.crmjira_issue_type ?? '',
      status: read.crmjira_status ?? '',
      statusCategory: read.crmjira_status_category,
      priority: read.crmjira_priority,
      assignee: read.crmjira_assignee,
      resolution: read.crmjira_resolution,
      resolvedOn: read.crmjira_resolved_on,
      resolvedBy: read.crmjira_resolved_by,
    },
  };
});

/**
 * An issue as its row will hold it: texts no longer than their columns, instants without fractions of a second, and without a person who
 * was erased, as long as it is not resolved anew. What is compared with a row goes through here first, or it would be written again and
 * again.
 * @param known as the row has it; null: there is no row yet
 */
export function asMirrored(issue: ShownIssue, known: ShownIssue | null): ShownIssue {
  const fit = <T extends string | null>(column: string, value: T): T =>
    (value === null ? null : fitText('crmjira_jira_issue', `crmjira_${column}`, value)) as T;
  const resolvedOn = issue.resolvedOn && wholeSecond(issue.resolvedOn);
  const isAsErased = (name: 'assignee' | 'resolvedBy'): boolean =>
    known?.[name] === ERASED && resolvedOn !== null && known.resolvedOn === resolvedOn;
  return {
    ...issue,
    key: fit('issue_key', issue.key),
    summary: fit('summary', issue.summary),
    type: fit('issue_type', issue.type),
    status: fit('status', issue.status),
    priority: fit('priority', issue.priority),
    assignee: isAsErased('assignee') ? ERASED : fit('assignee', issue.assignee),
    resolution: fit('resolution', issue.resolution),
    resolvedBy: isAsErased('resolvedBy') ? ERASED : fit('resolved_by', issue.resolvedBy),
    resolvedOn,
  };
}

/**
 * Columns of the row that shows an issue (`crmjira_jira_issue`), for link and mirror alike.
 * @param issue as `asMirrored` gives it
 * @param dates left out: those of the row stay
 */
export function mirrorColumns(
  issue: ShownIssue,
  { connectionId, siteUrl, projectRowId: project }: IssuePlace,
  { deleted = false, dates }: { readonly deleted?: boolean; readonly dates?: IssueDates } = {},
): Record<string, unknown> {
  const { projectId, labels, assigneeActive, archived } = issue;
  return {
    'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})`,
    'crmjira_project@odata.bind': `/${tables.crmjira_jira_project.entitySet}(${project})`,
    crmjira_name: fitText('crmjira_jira_issue', 'crmjira_name', `${issue.key} ${issue.summary}`.trim()),
    crmjira_issue_id: issue.issueId,
    crmjira_issue_key: issue.key,
    crmjira_url: `${siteUrl}/browse/${issue.key}`,
    crmjira_summary: issue.summary,
    crmjira_issue_type: issue.type,
    crmjira_status: issue.status,
    crmjira_status_category: issue.statusCategory,
    crmjira_priority: issue.priority,
    crmjira_assignee: issue.assignee,
    crmjira_labels: fitText('crmjira_jira_issue', 'crmjira_labels', labels.join(', ')),
    crmjira_resolution: issue.resolution,
    crmjira_resolved_on: issue.resolvedOn,
    crmjira_resolved_by: issue.resolvedBy,
    crmjira_is_deleted: deleted,
    crmjira_raw: JSON.stringify({ projectId, labels, assigneeActive, archived }),
    ...(dates === undefined
      ? {}
      : { crmjira_created: dates.created, crmjira_updated: dates.updated, crmjira_due_on: dates.dueOn }),
  };
}
