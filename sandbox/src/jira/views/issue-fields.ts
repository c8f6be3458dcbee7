import { entryOf } from '@crmjira/domain';
import { durationText } from '../site/duration';
import type { IssueRow } from '../site/rows';
import { jiraTimestamp } from '../site/timestamps';
import {
  componentView,
  issueTypeById,
  issueTypeView,
  priorityView,
  resolutionView,
  statusById,
  statusCategoryView,
  statusView,
  versionView,
} from './catalogue-views';
import { attachmentView } from './attachment-view';
import { linksOnIssue } from './issue-link-view';
import { issueReference } from './issue-reference';
import { projectReference } from './project-view';
import { userView } from './user-view';
import { richText, selfUrl } from './view';
import type { View } from './view';
import { commentView, worklogView } from './worklog-view';

/** An issue holds at most its first twenty worklogs; the rest is in its worklog resource. */
export const EMBEDDED_WORKLOGS = 20;

export function secondsLogged(view: View, issueId: string): number {
  return view.site.worklogs.where('issue', issueId).reduce((sum, worklog) => sum + worklog.seconds, 0);
}

const orNull = (seconds: number): number | null => (seconds > 0 ? seconds : null);

function progress(spent: number, remaining: number | null) {
  const total = spent + (remaining ?? 0);
  return { progress: spent, total, ...(total > 0 ? { percent: Math.floor((spent / total) * 100) } : {}) };
}

function ratio(issue: IssueRow, spent: number): number {
  return issue.originalEstimate ? Math.floor((spent / issue.originalEstimate) * 100) : -1;
}

const many = <Row, Shown>(ids: readonly string[], find: (id: string) => Row | undefined, show: (row: Row) => Shown) =>
  ids.flatMap((id) => {
    const row = find(id);
    return row === undefined ? [] : [show(row)];
  });

/** Seconds of an issue and its sub-tasks together. */
function aggregate(view: View, issue: IssueRow, measure: (issue: IssueRow) => number | null): number | null {
  const family = [issue, ...subtasks(view, issue)];
  return orNull(family.reduce((sum, member) => sum + (measure(member) ?? 0), 0));
}

function subtasks(view: View, issue: IssueRow): IssueRow[] {
  return view.site.issues.where('parent', issue.id).filter((child) => issueTypeById(child.typeId).level === -1);
}

function timeTracking(issue: IssueRow, spent: number) {
  const { originalEstimate: original, remainingEstimate: remaining } = issue;
  return {
    ...(original !== null ? { originalEstimate: durationText(original), originalEstimateSeconds: original } : {}),
    ...(remaining !== null ? { remainingEstimate: durationText(remaining), remainingEstimateSeconds: remaining } : {}),
    ...(spent > 0 ? { timeSpent: durationText(spent), timeSpentSeconds: spent } : {}),
  };
}

function worklogPage(view: View, issue: IssueRow) {
  const worklogs = view.site.worklogs.where('issue', issue.id);
  return {
    startAt: 0,
    maxResults: EMBEDDED_WORKLOGS,
    total: worklogs.length,
    worklogs: worklogs.slice(0, EMBEDDED_WORKLOGS).map((worklog) => worklogView(view, worklog)),
  };
}

function commentPage(view: View, issue: IssueRow) {
  const comments = view.site.comments.where('issue', issue.id);
  return {
    comments: comments.map((comment) => commentView(view, comment)),
    self: selfUrl(view, `/issue/${issue.id}/comment`),
    maxResults: comments.length,
    total: comments.length,
    startAt: 0,
  };
}

type Reader = (view: View, issue: IssueRow) => unknown;

const spentOf = (view: View) => (issue: IssueRow) => secondsLogged(view, issue.id);

const readers: Readonly<Record<string, Reader>> = {
  statuscategorychangedate: (_view, issue) => jiraTimestamp(issue.statusChangedOn),
  statusCategory: (view, issue) => statusCategoryView(view, statusById(issue.statusId).categoryKey),
  summary: (_view, issue) => issue.summary,
  issuetype: (view, issue) => issueTypeView(view, issueTypeById(issue.typeId)),
  project: (view, issue) => {
    const project = view.site.projects.get(issue.projectId);
    return project ? projectReference(view, project) : null;
  },
  fixVersions: (view, issue) =>
    many(
      issue.fixVersionIds,
      (id) => view.site.versions.get(id),
      (version) => versionView(view, version),
    ),
  versions: (view, issue) =>
    many(
      issue.versionIds,
      (id) => view.site.versions.get(id),
      (version) => versionView(view, version),
    ),
  components: (view, issue) =>
    many(
      issue.componentIds,
      (id) => view.site.components.get(id),
      (component) => componentView(view, component),
    ),
  resolution: (view, issue) => resolutionView(view, issue.resolutionId),
  resolutiondate: (_view, issue) => jiraTimestamp(issue.resolvedOn),
  workratio: (view, issue) => ratio(issue, secondsLogged(view, issue.id)),
  created: (_view, issue) => jiraTimestamp(issue.createdOn),
  updated: (_view, issue) => jiraTimestamp(issue.updatedOn),
  priority: (view, issue) => priorityView(view, issue.priorityId),
  labels: (_view, issue) => issue.labels,
  timeestimate: (_view, issue) => issue.remainingEstimate,
  timeoriginalestimate: (_view, issue) => issue.originalEstimate,
  timespent: (view, issue) => orNull(secondsLogged(view, issue.id)),
  aggregatetimespent: (view, issue) => aggregate(view, issue, spentOf(view)),
  aggregatetimeestimate: (view, issue) => aggregate(view, issue, (member) => member.remainingEstimate),
  aggregatetimeoriginalestimate: (view, issue) => aggregate(view, issue, (member) => member.originalEstimate),
  progress: (view, issue) => progress(secondsLogged(view, issue.id), issue.remainingEstimate),
  aggregateprogress: (view, issue) =>
    progress(
      aggregate(view, issue, spentOf(view)) ?? 0,
      aggregate(view, issue, (member) => member.remainingEstimate),
    ),
  timetracking: (view, issue) => timeTracking(issue, secondsLogged(view, issue.id)),
  issuelinks: linksOnIssue,
  attachment: (view, issue) => view.site.attachments.where('issue', issue.id).map((row) => attachmentView(view, row)),
  assignee: (view, issue) => userView(view, issue.assigneeId),
  reporter: (view, issue) => userView(view, issue.reporterId),
  creator: (view, issue) => userView(view, issue.creatorId),
  status: (view, issue) => statusView(view, statusById(issue.statusId)),
  description: (view, issue) => richText(view, issue.description),
  environment: (view, issue) => richText(view, issue.environment),
  duedate: (_view, issue) => issue.dueDate,
  security: (_view, issue) => issue.security ?? null,
  subtasks: (view, issue) => subtasks(view, issue).map((child) => issueReference(view, child)),
  watches: (view, issue) => ({
    self: selfUrl(view, `/issue/${issue.key}/watchers`),
    watchCount: issue.watcherIds?.length ?? 0,
    isWatching: false,
  }),
  votes: (view, issue) => ({ self: selfUrl(view, `/issue/${issue.key}/votes`), votes: 0, hasVoted: false }),
  comment: commentPage,
  worklog: worklogPage,
};

function customValue(view: View, issue: IssueRow, fieldId: string): unknown {
  const value = issue.custom[fieldId] ?? null;
  const field = view.site.customFields.get(fieldId);
  if (value === null || !field) return null;
  if (field.type === 'textarea' && view.version === 3) return richText(view, { format: 'text', text: String(value) });
  if (field.type !== 'select') return value;
  const option = field.options.find((candidate) => candidate.id === value);
  if (!option) return null;
  return { self: selfUrl(view, `/customFieldOption/${option.id}`), value: option.value, id: option.id };
}

/** Value of one field as the API writes it; undefined when an issue of its kind has no such field. */
export function readIssueField(view: View, issue: IssueRow, fieldId: string): unknown {
  if (fieldId === 'parent') {
    const parent = issue.parentId === null ? undefined : view.site.issues.get(issue.parentId);
    // Data Center knows parents of sub-tasks only; epics hold their children by a field of their own
    if (!parent || (view.edition === 'dc' && issueTypeById(issue.typeId).level !== -1)) return undefined;
    return issueReference(view, parent);
  }
  const reader = entryOf(readers, fieldId);
  return reader ? reader(view, issue) : customValue(view, issue, fieldId);
}
