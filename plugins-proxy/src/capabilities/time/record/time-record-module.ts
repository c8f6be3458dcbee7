import {
  type Guid,
  type Language,
  planTimeRecord,
  tables,
  type TimeRecordAction,
  type TimeRecordFacts,
  type TimeTrouble,
} from '@crmjira/domain';
import { z } from 'zod';
import { optionalFlag } from '../../../clients/dataverse/columns';
import { classifyError } from '../../../platform/errors/classify-error';
import { jobKey } from '../../../queue/job-key';
import { defaultLeaseMs } from '../../../queue/worker';
import { commandKind } from '../../../reconciler/command-triggers';
import type { Run, Session, SyncModule } from '../../../reconciler/sync-module';
import { applyTimeAction, takenWorklogs, type TimeApplying } from './apply-time-action';
import { closedPeriod } from './closed-period';
import { explainTime, recoverTime, timeFailureRows } from './time-failure';
import { issueTurn } from './issue-turn';
import { readTimeFacts, type TimeMemory } from './read-time-facts';
import type { PersonalClient, TimeParts, TimeSides } from './time-parts';
import { waitingCommand } from './waiting-command';
import { readTimeRow, recordOf, type TimeRow, troubleOfRow } from './time-row';

/** Stands before the colon of the job keys of time records. */
export const timeKind = 'time-record';
/** Looks again once what a record waits for has passed. */
export const timeLaterKind = 'time-record-later';

/** Jira's feeds of changed worklogs leave out the last minute: only after it an empty one tells something. */
const feedLagMs = 60_000;

/** Of texts that nobody reads yet. */
const noLanguage: Language = 1033;
const nothing: TimeSides = { row: null, facts: null, policy: null, language: noLanguage };
const connectionRow = z.object({ crmjira_inbound: optionalFlag });

const MISSING: Readonly<Record<Extract<PersonalClient, { missing: string }>['missing'], TimeTrouble['code']>> = {
  'no-connection': 'time-no-connection',
  'integration-off': 'time-no-connection',
  'secret-gone': 'time-sign-in',
  refused: 'time-sign-in',
};

/** What is known where nobody can ask Jira. Pure. */
function withoutJira(
  { stored, ...row }: TimeRow,
  record: TimeRecordFacts['record'],
  code: TimeTrouble['code'],
): TimeRecordFacts {
  return {
    record,
    stored,
    integration: stored.integration,
    target: null,
    trouble: troubleOfRow({ stored, ...row }) ?? { code, about: row.issueKey?.replace(/-\d+$/, '') ?? null, on: null },
    worklog: stored.worklogId === null ? { kind: 'unknown', found: null, twin: null } : { kind: 'hidden' },
    isRefused: false,
    answered: null,
    covered: null,
  };
}

function openSession(parts: TimeParts, run: Run<TimeSides, TimeRecordAction>): Session<TimeSides, TimeRecordAction> {
  const { dataverse, environmentSettings, personal } = parts;
  const memory: TimeMemory = { answered: null, refused: null };
  let integrationId = '';
  const turn = issueTurn(parts, () => integrationId);
  let context: Omit<TimeApplying, 'log'> | null = null;
  let wakes: Guid | null = null;

  /** First Dataverse, then Jira: in the other order a person's change between both would be overwritten. */
  async function read(tell: (sides: TimeSides) => void): Promise<TimeSides> {
    context = null;
    const reader = dataverse.batched;
    const now = parts.now().toISOString();
    const row = await readTimeRow(reader, run.id);
    if (row === null) return nothing;
    tell({ ...nothing, row });
    const { stored, ownerId } = row;
    const isIdle = !row.wished && !stored.removing && stored.worklogId === null && stored.sent === null;
    if (isIdle) return { ...nothing, row, wakes };
    const [{ userId }, language, person, waiting] = await Promise.all([
      environmentSettings.whoAmI(),
      ownerId === null ? noLanguage : environmentSettings.languageOf(ownerId),
      ownerId === null ? ({ missing: 'no-connection' } as const) : personal.of(ownerId),
      row.wished || stored.removing ? waitingCommand(parts, run.id) : wakes,
    ]);
    wakes = waiting;
    const record = recordOf(row, language, userId.toLowerCase());
    const wireMs = defaultLeaseMs + parts.limits().timeoutMs + feedLagMs;
    const sides = (facts: TimeRecordFacts, takes: boolean): TimeSides => {
      const site = 'client' in person ? person.client : null;
      context = { dataverse, site, row, facts, language, memory, turn, now };
      return { row, facts, policy: { wireMs, takes }, language, wakes };
    };
    if ('missing' in person) return sides(withoutJira(row, record, MISSING[person.missing]), false);
    const { client: site, accountId, connectionId } = person;
    integrationId = person.integrationId;
    try {
      const { entitySet } = tables.crmjira_jira_connection;
      const [connection, facts] = await Promise.all([
        reader.one(entitySet, connectionId, Object.keys(connectionRow.shape), connectionRow),
        readTimeFacts(
          record,
          stored,
          {
            site,
            integrationId,
            accountId,
            memory,
            isQuiet: stored.sent === null || Date.parse(now) >= Date.parse(stored.sent.on) + wireMs,
            takenBy: (ids) => takenWorklogs(dataverse, row.id, ids),
          },
          { rowTrouble: troubleOfRow(row), seen: row.syncedOn },
        ),
      ]);
      return sides(facts, connection?.crmjira_inbound === true);
    } catch (thrown) {
      // Their own sign-in and rights are theirs to renew: no administrator is asked.
      const { code } = classifyError(thrown);
      if (code === 'jira-credentials') return sides(withoutJira(row, record, 'time-sign-in'), false);
      if (code !== 'jira-forbidden') throw thrown;
      return sides(withoutJira(row, record, 'time-no-permission'), false);
    }
  }

  return {
    read,
    plan: async ({ facts, policy }) => {
      if (facts === null || policy === null || context === null) return [];
      const { now, site } = context;
      const planned = planTimeRecord(facts, policy, now);
      if (site === null) return planned;
      const { logger } = run;
      const trouble = await closedPeriod(planned, facts, { timesheets: parts.timesheets, site, integrationId, logger });
      return trouble === null ? planned : planTimeRecord({ ...facts, trouble }, policy, now);
    },
    apply: async (action, _sides, log) => {
      if (context === null) throw new Error('A run applies what it has read.');
      await applyTimeAction(action, { ...context, log });
    },
  };
}

/** A time record and its worklog: what a person logs once is in both (R-1806, R-1829, R-1839). */
export function timeRecordModule(parts: TimeParts): SyncModule<TimeSides, TimeRecordAction> {
  return {
    kind: timeKind,
    table: 'crmjira_time_record',
    open: (run) => openSession(parts, run),
    stepOf: ({ kind }) => ({ kind, about: null }),
    report: timeFailureRows,
    recover: recoverTime,
    explain: explainTime,
    versionOf: ({ row }) => row?.version,
    again: ({ row, facts, policy, wakes }, now) => {
      const isDone = row !== null && !row.wished && !row.stored.removing;
      if (isDone && wakes != null) return { keys: [jobKey(commandKind, wakes)], urgent: true };
      // A create that may still land; an update that waits until one that was cut off no longer can.
      const sent = row?.wished === true || facts?.stored.worklogId === null ? facts?.stored.sent : null;
      if (row === null || policy === null || sent == null) return null;
      const delayMs = Math.max(1_000, Date.parse(sent.on) + policy.wireMs - Date.parse(now));
      return { keys: [jobKey(timeLaterKind, row.id)], urgent: false, delayMs };
    },
  };
}
