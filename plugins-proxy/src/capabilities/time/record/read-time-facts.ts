import {
  type CoveredTime,
  coveredByRemoval,
  coveredByWrite,
  keptOfWrite,
  type RecordOfTime,
  type SeenWorklog,
  type StoredTimeRecord,
  type TimeRecordFacts,
  type TimeTrouble,
  unaccountedWrite,
  type Work,
  type WorklogFacts,
} from '@crmjira/domain';
import type { JiraSite } from '../../../clients/jira/jira-site';
import {
  findMarked,
  isOwn,
  type LoggedWork,
  mayLogWork,
  readTarget,
  readWorklog,
  readWorklogById,
  readWorklogsAt,
  readWorklogSteps,
  wasDeleted,
  type WorkTarget,
} from '../../../clients/jira/worklogs/worklogs';

/** What a run knows of its own writes, beyond what its rows say. */
export interface TimeMemory {
  /** Jira's answer to the last create or update. */
  answered: LoggedWork | null;
  /** Why Jira has refused it. */
  refused: TimeTrouble | null;
}

export interface TimeReading {
  readonly site: JiraSite;
  readonly integrationId: string;
  readonly accountId: string | null;
  readonly memory: TimeMemory;
  /** Nothing of an earlier write can land any more. */
  readonly isQuiet: boolean;
  /** Worklogs that other records have already. */
  readonly takenBy: (worklogIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Feeds are asked from so long before a time of ours, in milliseconds: no two clocks are compared. */
const clockMarginMs = 3_600_000;

const because = (code: TimeTrouble['code'], about: string | null): TimeTrouble => ({ code, about, on: null });
const withKey = (worklog: LoggedWork, issueKey: string): SeenWorklog => ({ ...worklog, issueKey });

async function readUnknown(
  record: RecordOfTime,
  stored: StoredTimeRecord,
  target: WorkTarget | null,
  reading: TimeReading,
): Promise<WorklogFacts> {
  const { site, accountId, memory, isQuiet } = reading;
  const unknown = (found: SeenWorklog | null, twin: SeenWorklog | null = null): WorklogFacts => ({
    kind: 'unknown',
    found,
    twin,
  });
  const keyOf = async ({ issueId }: LoggedWork): Promise<string> =>
    issueId === target?.issueId ? target.issueKey : ((await readTarget(site, issueId))?.issueKey ?? issueId);
  if (memory.answered !== null) return unknown(withKey(memory.answered, await keyOf(memory.answered)));
  const issueId = stored.sent === null ? target?.issueId : (stored.issueId ?? target?.issueId);
  if (issueId === undefined || record.work === null || (!record.wished && stored.sent === null)) return unknown(null);
  const { work } = record;
  const there = await readWorklogsAt(site, issueId, work.started);
  const marked = there.find(({ mark }) => mark?.record === record.id);
  if (marked !== undefined) return unknown(withKey(marked, await keyOf(marked)));
  if (stored.sent !== null && isQuiet) {
    const found = await findMarked(site, record.id, Date.parse(stored.sent.on) - clockMarginMs);
    if (found !== null) return unknown(withKey(found, await keyOf(found)));
  }
  const same = there.filter((one) => one.mark === null && one.work.seconds === work.seconds);
  const taken = same.length === 0 ? new Set<string>() : await reading.takenBy(same.map(({ worklogId }) => worklogId));
  for (const one of same)
    if (!taken.has(one.worklogId) && (await isOwn(site, one, accountId)))
      return unknown(null, withKey(one, await keyOf(one)));
  return unknown(null);
}

async function readKnown(
  stored: StoredTimeRecord,
  worklogId: string,
  { site }: TimeReading,
  seen: string | null,
): Promise<WorklogFacts> {
  const onIssue = stored.issueId === null ? null : await readWorklog(site, stored.issueId, worklogId);
  if (onIssue !== null) return { kind: 'there', worklog: withKey(onIssue, stored.issueKey ?? onIssue.issueId) };
  const elsewhere = await readWorklogById(site, worklogId);
  if (elsewhere !== null) {
    const issue = await readTarget(site, elsewhere.issueId);
    if (issue !== null) return { kind: 'there', worklog: withKey(elsewhere, issue.issueKey) };
  }
  // What is about to go by our own hand is gone.
  if (stored.moving || stored.removing || stored.gone) return { kind: 'gone' };
  const since = Date.parse(seen ?? new Date(0).toISOString()) - clockMarginMs;
  return { kind: (await wasDeleted(site, worklogId, since)) ? 'gone' : 'hidden' };
}

/** What the issue's history tells of our last write to the worklog, or of its removal. */
async function readHistory(
  stored: StoredTimeRecord,
  facts: WorklogFacts,
  { site }: TimeReading,
): Promise<{ readonly covered: CoveredTime | null; readonly kept: Work | null }> {
  const { left } = stored;
  if (left !== null) {
    const steps = await readWorklogSteps(site, left.issueId, left.worklogId);
    return { covered: coveredByRemoval(steps, stored), kept: null };
  }
  if (facts.kind !== 'there' || unaccountedWrite(stored, facts.worklog) === null) return { covered: null, kept: null };
  const { worklog } = facts;
  const steps = await readWorklogSteps(site, worklog.issueId, worklog.worklogId);
  return { covered: coveredByWrite(steps, stored, worklog), kept: keptOfWrite(steps, stored, worklog) };
}

/** Jira's side of a time record, read with its owner's account. @param seen when the row last had an answer of Jira */
export async function readTimeFacts(
  record: RecordOfTime,
  stored: StoredTimeRecord,
  reading: TimeReading,
  { rowTrouble, seen }: { readonly rowTrouble: TimeTrouble | null; readonly seen: string | null },
): Promise<TimeRecordFacts> {
  const { site, integrationId, memory } = reading;
  const { worklogId } = stored;
  const isOtherSite = worklogId !== null && stored.integration !== integrationId;
  const empty = {
    record,
    stored,
    integration: integrationId,
    target: null,
    answered: null,
    covered: null,
    isRefused: false,
  };
  if (isOtherSite) return { ...empty, trouble: because('time-other-site', worklogId), worklog: { kind: 'hidden' } };
  const { issueKey } = record;
  // Of a worklog that stands the key is asked for only where it is another one.
  const isNamed = issueKey !== null && rowTrouble?.code !== 'time-issue-format' && record.wished;
  const isSame = worklogId !== null && issueKey === stored.issueKey && stored.issueId !== null;
  const known: WorkTarget | null =
    isSame && issueKey !== null && stored.issueId !== null
      ? { issueId: stored.issueId, issueKey, projectKey: '', isClosed: false }
      : null;
  const target = known ?? (isNamed ? await readTarget(site, issueKey) : null);
  const worklog =
    worklogId === null
      ? await readUnknown(record, stored, target, reading)
      : await readKnown(stored, worklogId, reading, seen);
  let trouble = rowTrouble ?? memory.refused;
  if (trouble === null && isNamed && target === null) trouble = because('time-issue-missing', issueKey);
  const logsAnew = record.wished && target !== null && (worklogId === null || target.issueId !== stored.issueId);
  if (trouble === null && logsAnew && memory.answered === null && !(await mayLogWork(site, target.issueKey)))
    trouble = because('time-no-permission', target.projectKey);
  const { covered, kept } = await readHistory(stored, worklog, reading);
  return {
    ...empty,
    target,
    trouble,
    isRefused: memory.refused !== null,
    worklog,
    answered: answeredWork(memory, worklog) ?? kept,
    covered,
  };
}

const answeredWork = ({ answered }: TimeMemory, facts: WorklogFacts): Work | null =>
  answered !== null && facts.kind === 'there' && facts.worklog.worklogId === answered.worklogId ? answered.work : null;
