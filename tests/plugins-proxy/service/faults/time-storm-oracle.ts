import { SyncStatus } from '@crmjira/domain';
import { z } from 'zod';
import type { StandIns } from '../../stand-ins';
import { records, type TimePeople } from './time-storm-people';

const anyRow = z.record(z.string(), z.unknown());
type Row = z.output<typeof anyRow>;
const worklogPage = z.object({
  worklogs: z.array(
    z.object({
      id: z.string(),
      timeSpentSeconds: z.number(),
      properties: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
    }),
  ),
});
const markValue = z.object({ id: z.string() });
const issueAnswer = z.object({ fields: z.object({ timespent: z.number().nullish() }) });

/** What is wrong after a storm of time, in sentences; each list is empty after a good one. */
export interface TimeVerdict {
  /** Values that a person entered and that stand on no side, were sent to none and are named by no entry; work that is not in Jira. */
  readonly lost: readonly string[];
  /** Worklogs of which a record has two, or none. */
  readonly doubled: readonly string[];
  /** Sums and states that do not agree. */
  readonly differs: readonly string[];
  readonly seconds: { readonly dynamics: number; readonly jira: number };
  readonly arrived: number;
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const secondsOf = (row: Row): number =>
  Math.max(60, (Date.parse(String(row['crmjira_time_out'])) - Date.parse(String(row['crmjira_time_in']))) / 1_000);
const told = <T>(items: readonly T[]): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

/** Whether a person's value is accounted for: it stands, or a row of the log names it: as given to the other side, or as having given way. */
function isKnown(value: number, standing: number, logs: readonly Row[]): boolean {
  return (
    value === standing ||
    logs.some((log) => log['crmjira_sent_seconds'] === value && log['crmjira_sync_status'] === SyncStatus.Success)
  );
}

/** Compares what Dynamics holds with what Jira answers about every issue. */
export async function judgeTime(
  { admin, jiraUrl, environment }: StandIns,
  issueIds: readonly { readonly id: string; readonly key: string }[],
  { stories, kept, counts }: Pick<TimePeople, 'stories' | 'kept' | 'counts'>,
): Promise<TimeVerdict> {
  const { JIRA_EMAIL, JIRA_API_TOKEN } = environment;
  const authorization = `Basic ${Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64')}`;
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const answer = await fetch(`${jiraUrl}/rest/api/2${path}`, { headers: { authorization } });
    return schema.parse(await answer.json());
  };
  const all = (collection: string): Promise<Row[]> => admin.many(collection, { select: [] }, anyRow);
  const [lost, doubled, differs]: [string[], string[], string[]] = [[], [], []];

  const rows = new Map((await all(records)).map((row) => [String(row['crmjira_time_recordid']), row]));
  const byRecord = (found: readonly Row[]): Map<string, Row[]> => {
    const of = new Map<string, Row[]>();
    for (const row of found) {
      const id = String(row['_crmjira_time_record_value']);
      of.set(id, [...(of.get(id) ?? []), row]);
    }
    return of;
  };
  const logs = byRecord(await all('crmjira_worklog_sync_logs'));
  const synced = [...rows.values()].filter((row) => row['crmjira_jira_synced'] === true);
  for (const [id, count] of told(synced.map((row) => row['crmjira_jira_worklog_id'])))
    if (count > 1) doubled.push(`worklog ${String(id)} is of ${count} records`);

  const recordOf = new Map(synced.map((row) => [String(row['crmjira_jira_worklog_id']), row]));
  const marks: string[] = [];
  const standing = new Map<string, number>();
  let inJira = 0;
  for (const { id, key } of issueIds) {
    const { worklogs } = await ask(`/issue/${id}/worklog?expand=properties&maxResults=5000`, worklogPage);
    const { fields } = await ask(`/issue/${id}?fields=timespent`, issueAnswer);
    const spent = sum(worklogs.map(({ timeSpentSeconds }) => timeSpentSeconds));
    if ((fields.timespent ?? 0) !== spent)
      differs.push(`${key} says ${fields.timespent ?? 0} s, its worklogs ${spent} s`);
    inJira += spent;
    const keptHere = sum(worklogs.filter((one) => kept.has(one.id)).map(({ timeSpentSeconds }) => timeSpentSeconds));
    const ofIssue = synced.filter((row) => row['crmjira_jira_issue_key'] === key);
    const entered = sum(ofIssue.map(secondsOf));
    if (entered !== spent - keptHere) differs.push(`${key}: ${entered} s in Dynamics, ${spent - keptHere} s in Jira`);
    for (const { id: worklogId, timeSpentSeconds, properties } of worklogs) {
      standing.set(worklogId, timeSpentSeconds);
      const mark = markValue.safeParse(properties.find((one) => one.key === 'crmjira.timeRecordId')?.value);
      if (mark.success && !kept.has(worklogId)) marks.push(mark.data.id);
      const row = recordOf.get(worklogId);
      if (row === undefined && !kept.has(worklogId)) doubled.push(`worklog ${worklogId} of ${key} is of no record`);
      if (row !== undefined && row['crmjira_jira_seconds'] !== timeSpentSeconds)
        differs.push(
          `worklog ${worklogId}: ${String(row['crmjira_jira_seconds'])} s shown, ${timeSpentSeconds} s there`,
        );
    }
  }
  for (const [id, count] of told(marks)) if (count > 1) doubled.push(`record ${id} has ${count} worklogs`);

  for (const story of stories) {
    if (story.isDeleted) continue;
    const row = rows.get(story.id);
    const worklogId = String(row?.['crmjira_jira_worklog_id']);
    const state = `${String(row?.['crmjira_jira_sync_error'] ?? 'no error')}, wished ${String(row?.['crmjira_sync_requested'])}`;
    if (row?.['crmjira_jira_synced'] !== true || !standing.has(worklogId))
      lost.push(`${story.id} is not in Jira: ${state}`);
    if (row?.['crmjira_sync_requested'] === true) differs.push(`${story.id} still waits: ${state}`);
    const ofLogs = logs.get(story.id) ?? [];
    const entered = { ...story.entered, ...(story.isTakenBack ? { jira: null } : {}) };
    for (const [side, value] of Object.entries(entered))
      if (value !== null && !isKnown(value, standing.get(worklogId) ?? 0, ofLogs)) {
        const sent = ofLogs.map((log) => `${String(log['crmjira_operation'])}: ${String(log['crmjira_sent_seconds'])}`);
        lost.push(
          `${story.id}: ${value} s of ${side}; ${standing.get(worklogId) ?? 0} s stand, logs ${sent.join(', ')}`,
        );
      }
  }
  const arrived = rows.size - stories.filter(({ isDeleted }) => !isDeleted).length;
  if (arrived !== counts.logged)
    differs.push(`${arrived} records of ${counts.logged} worklogs that were logged in Jira`);
  return {
    ...{ lost, doubled, differs },
    seconds: { dynamics: sum(synced.map(secondsOf)), jira: inJira },
    arrived,
  };
}
