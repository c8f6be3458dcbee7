import { derivedId } from '../hash/derived-id';
import { ConflictState } from '../schema/generated/options';
import type { TimeAttempt, TimeEntry, TimeRecordAction } from './actions';
import {
  newTimeRecord,
  type RecordOfTime,
  type SeenWorklog,
  type StoredTimeRecord,
  type TimePolicy,
  type TimeRecordFacts,
  type WorklogMark,
} from './facts';
import { endOf, type Instant, sameWork, type Work } from './work';

type Actions = readonly TimeRecordAction[];

interface Extra {
  readonly served?: boolean;
  readonly attempt?: Partial<TimeAttempt> & Pick<TimeAttempt, 'operation'>;
}

/** What every row write of a plan says. */
function writing(record: RecordOfTime, stored: StoredTimeRecord, { served = false, attempt }: Extra = {}) {
  const none = { worklogId: stored.worklogId, work: null, trouble: null, keeps: null };
  return { etag: record.etag, stored, served, attempt: attempt === undefined ? null : { ...none, ...attempt } };
}

const isQuiet = ({ sent }: StoredTimeRecord, { wireMs }: TimePolicy, now: Instant): boolean =>
  sent === null || Date.parse(now) >= Date.parse(sent.on) + wireMs;

/** When a record that waits is to be looked at again; null: it waits for nothing. */
export const lookAgainAtTime = ({ sent }: StoredTimeRecord, { wireMs }: TimePolicy): Instant | null =>
  sent === null ? null : new Date(Date.parse(sent.on) + wireMs).toISOString();

const markOf = (record: RecordOfTime, wrote: Work): WorklogMark => ({
  record: record.id,
  version: record.version,
  wrote,
});

function refuse(record: RecordOfTime, { stored, trouble }: TimeRecordFacts): Actions {
  const operation = stored.removing ? 'delete' : stored.worklogId === null ? 'create' : 'update';
  const kept = {
    ...stored,
    trouble,
    removing: false,
    moving: false,
    ...(stored.worklogId === null ? { sent: null } : {}),
  };
  return [
    { kind: 'refuse', ...writing(record, kept, { served: true, attempt: { operation, trouble, work: record.work } }) },
  ];
}

/** Of `left` nothing stays, or the whole worklog did: both are told in an entry. */
function enter(record: RecordOfTime, { stored, covered }: TimeRecordFacts): Actions | null {
  if (covered === null || stored.entered === covered.of) return null;
  const entry: TimeEntry = {
    id: derivedId(record.id, 'time-covered', covered.of, String(covered.seconds)),
    field: 'seconds',
    base: null,
    crm: record.work === null ? null : String(record.work.seconds),
    jira: String(covered.seconds),
    crmBy: record.changedBy,
    crmOn: record.changedOn,
    jiraBy: covered.by,
    jiraOn: covered.on,
    state: ConflictState.KeptCrm,
  };
  return [{ kind: 'enter', entries: [entry], ...writing(record, { ...stored, entered: covered.of }) }];
}

/** Which of the values differ, one entry a field. */
function entriesOf(record: RecordOfTime, crm: Work, worklog: SeenWorklog, base: Work): readonly TimeEntry[] {
  const { work, comment } = worklog;
  const values = [
    { field: 'started', base: base.started, crm: crm.started, jira: work.started },
    { field: 'seconds', base: String(base.seconds), crm: String(crm.seconds), jira: String(work.seconds) },
    { field: 'comment', base: null, crm: record.comment, jira: comment },
  ] as const;
  return values
    .filter(({ crm: ours, jira }) => ours !== jira)
    .map((value) => ({
      ...value,
      id: derivedId(record.id, 'time-conflict', value.field, value.crm, value.jira, String(record.version)),
      crmBy: record.changedBy,
      crmOn: record.changedOn,
      jiraBy: worklog.updatedBy,
      jiraOn: worklog.updatedOn,
      state: ConflictState.KeptCrm,
    }));
}

/** Takes a worklog as the record's own. */
function adopt(record: RecordOfTime, { stored, target, integration }: TimeRecordFacts, seen: SeenWorklog): Actions {
  const { mark, work, worklogId } = seen;
  const isOurs = mark !== null;
  const crm = mark?.wrote ?? record.work ?? work;
  // Of ours, what was written counts as agreed unless it is still as it was made; of another's, what both sides hold.
  const jira = isOurs && !seen.isUntouched ? crm : work;
  const issueId = isOurs ? stored.issueId : seen.issueId;
  const adopted: StoredTimeRecord = {
    ...stored,
    integration,
    worklogId,
    issueId,
    issueKey: isOurs ? stored.issueKey : record.issueKey,
    base: { crm, jira, version: mark?.version ?? record.version },
    sent: null,
    gone: false,
    left: null,
    trouble: null,
  };
  const isDone =
    sameWork(record.work, crm) && sameWork(work, jira) && seen.issueId === issueId && target?.issueId === issueId;
  const isMade = isOurs || stored.sent !== null;
  return [
    {
      kind: 'adopt',
      ...writing(record, adopted, {
        served: isDone && !stored.removing,
        attempt: {
          operation: isMade ? 'create' : 'link',
          worklogId,
          work: crm,
          keeps: work.seconds === crm.seconds ? null : work.seconds,
        },
      }),
    },
  ];
}

function begin(record: RecordOfTime, { stored, integration }: TimeRecordFacts, now: Instant, issueId: string) {
  const { version, issueKey } = record;
  const of = stored.worklogId === null ? { issueId, issueKey, integration } : {};
  return {
    kind: 'begin',
    ...writing(record, { ...stored, ...of, sent: { on: now, version }, gone: false, trouble: null }),
  } as const;
}

/** No worklog is known: nothing was sent, or the answer of a create was lost. */
function planUnknown(record: RecordOfTime, facts: TimeRecordFacts, policy: TimePolicy, now: Instant): Actions {
  const { stored, worklog, target, trouble } = facts;
  const finish = (): Actions => [
    {
      kind: 'finish',
      ...writing(record, newTimeRecord, { served: true, attempt: { operation: 'delete', worklogId: null } }),
    },
  ];
  const { found, twin } = worklog.kind === 'unknown' ? worklog : { found: null, twin: null };
  const entering = enter(record, facts);
  if (entering !== null) return entering;
  if (stored.sent !== null && !facts.isRefused) {
    if (found !== null) return adopt(record, facts, found);
    if (!isQuiet(stored, policy, now)) return [];
  }
  if (stored.removing) return finish();
  if (!record.wished)
    return stored.sent === null ? [] : [{ kind: 'note', ...writing(record, { ...stored, sent: null }) }];
  if (trouble !== null || target === null || record.work === null) return refuse(record, facts);
  if (found !== null) return adopt(record, facts, found);
  if (twin !== null) return adopt(record, facts, twin);
  const { work, comment } = record;
  const { issueId } = target;
  return [begin(record, facts, now, issueId), { kind: 'create', issueId, work, comment, mark: markOf(record, work) }];
}

/** Not on its issue, and nowhere else. */
function planGone(record: RecordOfTime, { stored }: TimeRecordFacts, now: Instant): Actions {
  const { worklogId } = stored;
  if (stored.removing)
    return [
      {
        kind: 'finish',
        ...writing(record, newTimeRecord, { served: true, attempt: { operation: 'delete', worklogId } }),
      },
    ];
  const left =
    stored.moving && stored.base !== null && worklogId !== null && stored.issueId !== null
      ? { worklogId, issueId: stored.issueId, work: stored.base.jira }
      : null;
  if (stored.moving || (stored.gone && record.wished)) {
    const attempt = stored.moving ? { attempt: { operation: 'delete', worklogId } as const } : {};
    return [{ kind: 'anew', ...writing(record, { ...newTimeRecord, left }, attempt) }];
  }
  if (stored.gone) return [];
  const trouble = { code: 'time-worklog-gone', about: worklogId, on: now } as const;
  return [
    {
      kind: 'gone',
      ...writing(
        record,
        { ...stored, gone: true, sent: null, trouble },
        {
          served: true,
          attempt: { operation: 'update', worklogId, trouble },
        },
      ),
    },
  ];
}

/** Record and worklog are there. */
function planThere(
  record: RecordOfTime,
  worklog: SeenWorklog,
  facts: TimeRecordFacts,
  policy: TimePolicy,
  now: Instant,
): Actions {
  const { stored, target, trouble, answered } = facts;
  const { worklogId, work: theirs, mark } = worklog;
  const base = stored.base ?? { crm: theirs, jira: theirs, version: 0 };
  if (stored.removing)
    return trouble === null ? [{ kind: 'delete', issueId: worklog.issueId, worklogId }] : refuse(record, facts);
  const entering = enter(record, facts);
  if (entering !== null) return entering;
  const { work } = record;

  // What we wrote last counts as agreed, unless the base is newer.
  const isOurs = mark !== null && mark.version > base.version;
  const isAnswer = answered !== null && sameWork(theirs, answered);
  const isTheirsOld = isAnswer || (isOurs ? sameWork(theirs, mark.wrote) : sameWork(theirs, base.jira));
  const isOld = isOurs ? sameWork(work, mark.wrote) : sameWork(work, base.crm);
  const isLate =
    mark !== null && sameWork(theirs, mark.wrote) && mark.version <= base.version && !sameWork(theirs, base.jira);
  const hasLanded = answered !== null || (mark !== null && mark.version >= (stored.sent?.version ?? 0));
  const sent = hasLanded ? null : stored.sent;
  const clean = { ...stored, sent, gone: false, trouble: null };
  const accounted = (crm: Work, jira: Work): StoredTimeRecord => ({
    ...clean,
    base: { crm, jira, version: record.version },
  });

  const isMoved = worklog.issueId !== stored.issueId;
  const isElsewhere = target !== null && target.issueId !== stored.issueId;
  const follow = (): Actions => {
    const entry: TimeEntry = {
      id: derivedId(record.id, 'time-conflict', 'issue', record.issueKey ?? '', worklog.issueKey, worklogId),
      field: 'issue',
      base: stored.issueKey,
      crm: record.issueKey,
      jira: worklog.issueKey,
      crmBy: record.changedBy,
      crmOn: record.changedOn,
      jiraBy: worklog.updatedBy,
      jiraOn: worklog.updatedOn,
      state: ConflictState.KeptJira,
    };
    const followed = { ...stored, issueId: worklog.issueId, issueKey: worklog.issueKey, moving: false };
    return [
      {
        kind: 'follow',
        issueKey: worklog.issueKey,
        entries: isElsewhere && target.issueId !== worklog.issueId ? [entry] : [],
        ...writing(record, followed, { attempt: { operation: 'follow', worklogId } }),
      },
    ];
  };
  const conflict = (crm: Work): Actions => [
    {
      kind: 'conflict',
      entries: entriesOf(record, crm, worklog, base.jira),
      ...writing(record, accounted(theirs, theirs)),
    },
  ];

  if (work === null) return record.wished ? refuse(record, facts) : isMoved ? follow() : [];
  if (sameWork(work, theirs) || (isOld && (isAnswer || (!isOurs && isTheirsOld)))) {
    const isAccounted = sameWork(work, base.crm) && sameWork(theirs, base.jira);
    const served = record.wished && !isMoved && !isElsewhere && trouble === null;
    if (!isAccounted || served || stored.gone) {
      const keeps = theirs.seconds === work.seconds ? null : theirs.seconds;
      const attempt = isAccounted ? {} : { attempt: { operation: 'update', worklogId, work, keeps } as const };
      const noted = { ...accounted(work, theirs), moving: served ? false : stored.moving };
      return [{ kind: 'note', ...writing(record, noted, { served, ...attempt }) }];
    }
    if (isMoved) return follow();
    if (!record.wished) return [];
    if (trouble !== null) return refuse(record, facts);
    const remove = { kind: 'delete', issueId: worklog.issueId, worklogId } as const;
    return stored.moving ? [remove] : [{ kind: 'moving', ...writing(record, { ...stored, moving: true }) }, remove];
  }
  if (isTheirsOld || isLate) {
    if (!record.wished) return isMoved ? follow() : [];
    if (trouble !== null) return refuse(record, facts);
    if (!isQuiet(stored, policy, now)) return [];
    const put = { issueId: worklog.issueId, worklogId, work, comment: record.comment, mark: markOf(record, work) };
    return [begin(record, facts, now, worklog.issueId), { kind: 'put', ...put }];
  }
  if (!policy.takes) return record.wished ? conflict(work) : [];
  if (!isOld) return conflict(work);
  const change = { timeIn: theirs.started, timeOut: endOf(theirs), comment: worklog.comment };
  return [
    {
      kind: 'take',
      record: change,
      ...writing(record, accounted(theirs, theirs), { attempt: { operation: 'take', worklogId, work: theirs } }),
    },
  ];
}

/**
 * The next step towards agreement between a time record and its worklog; empty: nothing is left. Pure. The caller reads Dataverse, then
 * Jira, applies the step and asks again; a step list has a second element only where the first announces it. Jira is written only when a
 * person wishes it; what Jira says of the worklog is taken over whenever it is read.
 * @param now ISO 8601 instant in UTC
 */
export function planTimeRecord(facts: TimeRecordFacts, policy: TimePolicy, now: Instant): Actions {
  const { record, stored, worklog, trouble } = facts;
  if (record === null) return [];
  if (stored.worklogId === null) return planUnknown(record, facts, policy, now);
  switch (worklog.kind) {
    case 'gone':
      return planGone(record, facts, now);
    case 'there':
      return planThere(record, worklog.worklog, facts, policy, now);
    case 'hidden':
    case 'unknown': {
      if (!record.wished && !stored.removing) return [];
      const hidden = { code: 'time-worklog-hidden', about: stored.issueKey, on: null } as const;
      return refuse(record, { ...facts, trouble: trouble ?? hidden });
    }
  }
}
