import { z } from 'zod';
import { JiraError } from '../jira-error';
import { ADMINISTRATORS } from '../site/defaults';
import { readDuration } from '../site/duration';
import { RichTextRefused, readRichText } from '../site/rich-text';
import type { ChangeItem, IssueRow, RichText, UserRow, WorklogRow } from '../site/rows';
import type { Site } from '../site/site';
import { readTimestamp } from '../site/timestamps';
import { statusById } from '../views/catalogue-views';
import type { View } from '../views/view';
import { ARCHIVED, changeIssue, projectOf } from './store-issue';

export const worklogInput = z.looseObject({
  comment: z.unknown().optional(),
  started: z.string().optional(),
  timeSpent: z.union([z.string(), z.number().transform(String)]).optional(),
  // Jira reads numbers that are written as text
  timeSpentSeconds: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ])
    .optional(),
  properties: z.array(z.looseObject({ key: z.string(), value: z.unknown().optional() })).optional(),
});
export type WorklogInput = z.infer<typeof worklogInput>;

/** What becomes of the issue's remaining estimate: query parameters of the worklog resource. */
export interface EstimateRule {
  readonly adjustEstimate?: string;
  readonly newEstimate?: string;
  readonly reduceBy?: string;
  readonly increaseBy?: string;
}

/**
 * Remaining estimate after `seconds` more work was logged (less, when negative).
 * @param of what is not estimated counts as nothing left where Data Center changes or deletes work, so that it gives the rest back
 */
function adjusted(
  issue: IssueRow,
  seconds: number,
  rule: EstimateRule,
  of: { readonly countsFromNothing: boolean } = { countsFromNothing: false },
): number | null {
  const remaining = issue.remainingEstimate ?? (of.countsFromNothing && rule.adjustEstimate !== 'leave' ? 0 : null);
  switch (rule.adjustEstimate ?? 'auto') {
    case 'leave':
      return remaining;
    case 'new':
      return readDuration(rule.newEstimate) ?? refuseEstimate('newEstimate');
    case 'manual': {
      const name = seconds >= 0 ? 'reduceBy' : 'increaseBy';
      const by = readDuration(rule[name]) ?? refuseEstimate('adjustmentAmount');
      return Math.max(0, (remaining ?? 0) - Math.sign(seconds || 1) * by);
    }
    case 'auto':
      return remaining === null ? null : Math.max(0, remaining - seconds);
    default:
      throw new JiraError(400, ["The 'adjustEstimate' parameter must be one of: 'new', 'leave', 'manual', 'auto'."]);
  }
}

function refuseEstimate(field: string): never {
  throw JiraError.field(field, 'You must supply a valid new estimate.');
}

function readSeconds(input: WorklogInput): number | undefined {
  const { timeSpent, timeSpentSeconds } = input;
  if (timeSpent === undefined && timeSpentSeconds === undefined) return undefined;
  const seconds = timeSpentSeconds ?? readDuration(timeSpent);
  if (seconds === null || !Number.isFinite(seconds))
    throw JiraError.field('timeLogged', 'Invalid time duration entered.');
  if (seconds < 60) throw JiraError.field('timeLogged', 'Time Spent can not be zero.');
  return Math.floor(seconds);
}

function readStarted(input: WorklogInput): string | undefined {
  if (input.started === undefined) return undefined;
  const started = readTimestamp(input.started);
  if (started === null)
    throw JiraError.field(
      'started',
      `Invalid date format. Please enter the date in the format "yyyy-MM-dd'T'HH:mm:ss.SSSZ".`,
    );
  return started;
}

function readComment(view: View, input: WorklogInput): RichText | null | undefined {
  if (input.comment === undefined) return undefined;
  try {
    return readRichText(input.comment, view.version);
  } catch (cause) {
    if (cause instanceof RichTextRefused) throw JiraError.field('comment', cause.message);
    throw cause;
  }
}

function loggedBefore(site: Site, issueId: string): number {
  return site.worklogs.where('issue', issueId).reduce((sum, worklog) => sum + worklog.seconds, 0);
}

/** Keeps estimate and history in step with the work logged. */
function recordOnIssue(
  site: Site,
  actor: UserRow,
  issue: IssueRow,
  spentBefore: number,
  spentAfter: number,
  remaining: number | null,
  worklogId: string,
  type: string,
): void {
  const shown = (seconds: number) => (seconds > 0 ? String(seconds) : null);
  const items: ChangeItem[] = [
    {
      field: 'timespent',
      fieldId: 'timespent',
      custom: false,
      from: shown(spentBefore),
      fromString: shown(spentBefore),
      to: shown(spentAfter),
      toString: shown(spentAfter),
    },
    {
      field: 'WorklogId',
      fieldId: 'WorklogId',
      custom: false,
      from: worklogId,
      fromString: worklogId,
      to: null,
      toString: null,
    },
  ];
  changeIssue(site, actor, issue, { remainingEstimate: remaining }, type, items);
}

/** @throws JiraError 400 where the project is archived, or its workflow lets nobody change an issue that is done */
export function refuseLocked(site: Site, issue: IssueRow): void {
  const { archivedOn, locksDone = false } = projectOf(site, issue);
  if (archivedOn !== null) throw new JiraError(400, [ARCHIVED]);
  if (locksDone && statusById(issue.statusId).categoryKey === 'done')
    throw new JiraError(400, ['You can not edit the issue as it is in a non-editable workflow state.']);
}

/** @throws JiraError 400, on Data Center 403, for whoever lacks "Work On Issues" in the project */
export function refuseDenied({ site, edition }: View, actor: UserRow, issue: IssueRow): void {
  if (site.may(actor, 'work', issue.projectId)) return;
  throw new JiraError(edition === 'dc' ? 403 : 400, [
    'You do not have the permission to associate a worklog to this issue.',
  ]);
}

/** Administrators hold "all worklogs", everybody else "own worklogs". @throws JiraError 400, 403 for a deletion on Data Center */
export function refuseForeign(view: View, actor: UserRow, worklog: WorklogRow, verb: 'edit' | 'delete'): void {
  if (worklog.authorId === actor.id || actor.groups.includes(ADMINISTRATORS)) return;
  throw new JiraError(view.edition === 'dc' && verb === 'delete' ? 403 : 400, [
    `${actor.displayName}, you do not have permission to ${verb} the specified worklog.`,
    'Worklog must not be null.',
  ]);
}

/** Logs work as `POST /issue/{id}/worklog` does. @throws JiraError 400 */
export function addWorklog(
  view: View,
  actor: UserRow,
  issue: IssueRow,
  input: WorklogInput,
  rule: EstimateRule = {},
): WorklogRow {
  const { site } = view;
  refuseLocked(site, issue);
  refuseDenied(view, actor, issue);
  const seconds = readSeconds(input);
  if (seconds === undefined) throw JiraError.field('timeLogged', 'You must indicate the time spent working.');
  const startedOn = readStarted(input) ?? site.now();
  const comment = readComment(view, input) ?? null;
  const remaining = adjusted(issue, seconds, rule);
  const spent = loggedBefore(site, issue.id);
  const now = site.now();
  return site.together(() => {
    const worklog = site.worklogs.put<WorklogRow>({
      id: site.nextId('worklog'),
      issueId: issue.id,
      authorId: actor.id,
      updateAuthorId: actor.id,
      comment,
      startedOn,
      seconds,
      createdOn: now,
      updatedOn: now,
    });
    for (const { key, value } of input.properties ?? []) site.setProperty(`worklog/${worklog.id}`, key, value);
    recordOnIssue(site, actor, issue, spent, spent + seconds, remaining, worklog.id, 'issue_work_logged');
    site.emit({ on: now, actorId: actor.id, kind: 'worklog', event: 'created', worklog });
    return worklog;
  });
}

export function editWorklog(
  view: View,
  actor: UserRow,
  issue: IssueRow,
  worklog: WorklogRow,
  input: WorklogInput,
  rule: EstimateRule = {},
): WorklogRow {
  const { site } = view;
  refuseForeign(view, actor, worklog, 'edit');
  refuseLocked(site, issue);
  refuseDenied(view, actor, issue);
  const seconds = readSeconds(input) ?? worklog.seconds;
  const startedOn = readStarted(input) ?? worklog.startedOn;
  const comment = readComment(view, input);
  const remaining = adjusted(issue, seconds - worklog.seconds, rule, { countsFromNothing: view.edition === 'dc' });
  const spent = loggedBefore(site, issue.id);
  return site.together(() => {
    const changed = site.worklogs.put<WorklogRow>({
      ...worklog,
      updateAuthorId: actor.id,
      comment: comment === undefined ? worklog.comment : comment,
      startedOn,
      seconds,
      updatedOn: site.now(),
    });
    for (const { key, value } of input.properties ?? []) site.setProperty(`worklog/${worklog.id}`, key, value);
    recordOnIssue(
      site,
      actor,
      issue,
      spent,
      spent + seconds - worklog.seconds,
      remaining,
      worklog.id,
      'issue_worklog_updated',
    );
    site.emit({ on: site.now(), actorId: actor.id, kind: 'worklog', event: 'updated', worklog: changed });
    return changed;
  });
}

export function deleteWorklog(
  view: View,
  actor: UserRow,
  issue: IssueRow,
  worklog: WorklogRow,
  rule: EstimateRule = {},
): void {
  const { site } = view;
  refuseForeign(view, actor, worklog, 'delete');
  refuseLocked(site, issue);
  refuseDenied(view, actor, issue);
  const remaining = adjusted(issue, -worklog.seconds, rule, { countsFromNothing: view.edition === 'dc' });
  const spent = loggedBefore(site, issue.id);
  site.together(() => {
    site.worklogs.delete(worklog.id);
    for (const property of site.properties.where('owner', `worklog/${worklog.id}`)) site.properties.delete(property.id);
    site.deletedWorklogs.put({ id: worklog.id, deletedOn: site.now() });
    recordOnIssue(site, actor, issue, spent, spent - worklog.seconds, remaining, worklog.id, 'issue_worklog_deleted');
    site.emit({ on: site.now(), actorId: actor.id, kind: 'worklog', event: 'deleted', worklog });
  });
}
