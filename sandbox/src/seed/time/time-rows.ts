import {
  derivedId,
  dayOf,
  addDays,
  mondayOf,
  newTimeRecord,
  OperationType,
  secondsBetween,
  SyncStatus,
  type StoredTimeRecord,
  timeRecordName,
  timeTroubleText,
  wholeSecond,
  type Work,
  worklogComment,
  workOf,
} from '@crmjira/domain';
import { textOf } from '../../jira/site/rich-text';
import type { WorklogRow } from '../../jira/site/rows';
import type { Site } from '../../jira/site/site';
import { accounts } from '../accounts';
import { type CrmPerson, jiraPersonas, PROJECT_MANAGER } from '../people';
import { ref, type SeedRow } from '../seed-row';
import { assigned, earlierTime, otherWeeks, projectManagersWeek, running, type Spent } from './scenarios';

export interface TimeOptions {
  readonly now: Date;
  readonly connectionId: string;
  readonly jiraUrl: string;
}

/** Where the people of the company look at a clock. */
const HEAD_OFFICE = 'America/Toronto';
const WEEK = 7;
/** Days before this week's Monday of the time without issues. */
const EARLIER = -4 * WEEK;
const RUNNING_FOR_MS = 20 * 60_000;

/** Minutes that the head office's clock is behind UTC at a moment. */
function behindUtc(moment: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: HEAD_OFFICE, timeZoneName: 'longOffset' });
  const [, hours = '0', minutes = '0'] = /GMT-(\d\d):(\d\d)/.exec(parts.format(moment)) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Instant of a time of day on the head office's clock. */
function onClock(day: string, time: string): string {
  const utc = new Date(`${day}T${time}:00Z`);
  return wholeSecond(new Date(utc.getTime() + behindUtc(utc) * 60_000).toISOString());
}

/**
 * Time records of three people, of this week and the one before, and the worklogs in Jira that agree with them. What is still to come
 * is left out: the whole week is there from Friday noon.
 */
export function timeRows(site: Site, options: TimeOptions): SeedRow[] {
  const { now } = options;
  const today = new Date(now.getTime() - behindUtc(now) * 60_000).toISOString().slice(0, 10);
  const monday = mondayOf(today);
  const weeks = [
    { from: -WEEK, times: [...projectManagersWeek, ...otherWeeks] },
    { from: 0, times: [...projectManagersWeek, ...otherWeeks] },
    { from: EARLIER, times: earlierTime },
  ];
  const startedOn = wholeSecond(new Date(now.getTime() - RUNNING_FOR_MS).toISOString());
  for (const person of jiraPersonas) site.addUser(person);
  for (const key of assigned) assign(site, PROJECT_MANAGER, key);
  return [
    ...weeks.flatMap(({ from, times }) =>
      times.flatMap((time) => {
        const day = dayOf(addDays(monday, from + time.day));
        const timeIn = onClock(day, time.from);
        const timeOut = onClock(day, time.to);
        return Date.parse(timeOut) > now.getTime() ? [] : rowsOf(site, options, time, { day, timeIn, timeOut });
      }),
    ),
    ...rowsOf(site, options, running, { day: today, timeIn: startedOn, timeOut: null }),
  ];
}

/** The team had it before there was an account of this person. */
function assign(site: Site, { upn }: CrmPerson, key: string): void {
  const person = site.users.all().find(({ email }) => email === upn);
  const issue = site.findIssue(key);
  if (person === undefined || !issue) throw new Error(`${key} cannot be assigned to ${upn}.`);
  site.issues.put({ ...issue, assigneeId: person.id });
}

interface Times {
  readonly day: string;
  readonly timeIn: string;
  readonly timeOut: string | null;
}

function rowsOf(site: Site, options: TimeOptions, time: Spent, { day, timeIn, timeOut }: Times): SeedRow[] {
  const { person, subject, notes = null, issue, linked } = time;
  const id = derivedId(person.id, 'seeded-time', subject, timeIn);
  const account = accounts.find(({ key }) => key === time.account);
  const sent =
    time.sentUntil === undefined ? null : send(site, options, time, id, timeIn, onClock(day, time.sentUntil));
  const stored = sent?.stored ?? (time.isRefused ? { ...newTimeRecord, trouble: SIGN_IN } : null);
  const trouble = stored?.trouble ?? null;
  const error = trouble && timeTroubleText(trouble, 1033);
  const record: SeedRow = {
    table: 'crmjira_time_record',
    row: {
      crmjira_time_recordid: id,
      crmjira_name: timeRecordName(issue, subject),
      crmjira_subject: subject,
      crmjira_time_in: timeIn,
      crmjira_time_out: timeOut,
      crmjira_notes: notes,
      crmjira_jira_issue_key: issue,
      crmjira_external_link: linked === undefined ? null : `${options.jiraUrl}/browse/${linked}`,
      ...(account === undefined ? {} : { 'crmjira_regarding_account@odata.bind': ref('account', account.id) }),
      crmjira_jira_worklog_id: stored?.worklogId ?? null,
      crmjira_issue_id: stored?.issueId ?? null,
      crmjira_jira_synced: sent !== null,
      crmjira_jira_seconds: stored?.base?.jira.seconds ?? null,
      crmjira_last_synced_at: sent?.at ?? null,
      crmjira_jira_sync_error: error,
      crmjira_error_code: trouble?.code ?? null,
      crmjira_base: stored && JSON.stringify(stored),
      ownerid: { table: 'systemuser', id: person.id },
    },
  };
  return stored === null ? [record] : [record, attemptRow(time, id, sent, { error, at: sent?.at ?? timeOut })];
}

const SIGN_IN = { code: 'time-sign-in', about: null, on: null } as const;

interface Sent {
  readonly stored: StoredTimeRecord;
  readonly work: Work;
  readonly comment: string;
  readonly at: string;
}

/** The worklog of a record, and what the service keeps of it: nothing is left to do. */
function send(
  site: Site,
  { connectionId }: TimeOptions,
  { person, subject, notes, issue: key }: Spent,
  id: string,
  timeIn: string,
  timeOut: string,
): Sent | null {
  const [issue] = site.issues.where('key', key ?? '');
  const author = site.users.all().find(({ email }) => email === person.upn);
  const seconds = secondsBetween(timeIn, timeOut);
  if (issue === undefined || author === undefined || seconds === null) return null;
  const comment = worklogComment(notes ?? null, subject, 1033);
  const work = workOf(timeIn, seconds, comment);
  const worklog = site.worklogs.put<WorklogRow>({
    id: site.nextId('worklog'),
    issueId: issue.id,
    authorId: author.id,
    updateAuthorId: author.id,
    comment: textOf(comment),
    startedOn: timeIn,
    seconds,
    createdOn: timeOut,
    updatedOn: timeOut,
  });
  site.setProperty(`worklog/${worklog.id}`, 'crmjira.timeRecordId', { id, version: 1, wrote: work });
  return {
    stored: {
      ...newTimeRecord,
      integration: connectionId,
      worklogId: worklog.id,
      issueId: issue.id,
      issueKey: issue.key,
      base: { crm: work, jira: work, version: 1 },
    },
    work,
    comment,
    at: timeOut,
  };
}

/** The row of the one attempt, as the service writes it. */
function attemptRow(
  { person, subject, issue }: Spent,
  recordId: string,
  sent: Sent | null,
  { error, at }: { readonly error: string | null; readonly at: string | null },
): SeedRow {
  return {
    table: 'crmjira_worklog_sync_log',
    row: {
      crmjira_worklog_sync_logid: derivedId(recordId, 'seeded-attempt'),
      crmjira_name: timeRecordName(issue, subject),
      'crmjira_time_record@odata.bind': ref('crmjira_time_record', recordId),
      crmjira_jira_issue_key: issue,
      crmjira_jira_worklog_id: sent?.stored.worklogId ?? null,
      crmjira_operation: OperationType.Create,
      crmjira_sync_status: error === null ? SyncStatus.Success : SyncStatus.Failed,
      crmjira_sync_error: error,
      crmjira_synced_at: at,
      crmjira_sent_seconds: sent?.work.seconds ?? null,
      crmjira_sent_start: sent?.work.started ?? null,
      crmjira_sent_comment: sent?.comment ?? null,
      'crmjira_synced_by@odata.bind': ref('systemuser', person.id),
      ownerid: { table: 'systemuser', id: person.id },
    },
  };
}
