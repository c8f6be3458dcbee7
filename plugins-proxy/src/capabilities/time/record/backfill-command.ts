import {
  checkedKeysText,
  CommandState,
  CommandType,
  type Guid,
  linkedTimeText,
  noRecordText,
  payloadRefusedText,
  refusalText,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { noAnswer, notConnected } from '../no-answer';
import { type CheckedIssue, checkKeys } from './checked-keys';
import { isTheirs, readAll, timeTable } from './own-records';
import type { TimeParts } from './time-parts';
import type { TimeRow } from './time-row';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

/** Records of one command: what a person waits for, and what fits its answer. */
const mostRecords = 100;
/** How often rows that somebody changes meanwhile are read again. */
const rounds = 3;

const issueKey = z.string().trim().min(1).max(50);
const payloadOf = z
  .object({
    /** `from`: the key as the person saw it; `to`: the one it is to have, null takes it off again */
    records: z
      .object({ record: guid, from: issueKey.nullable(), to: issueKey.nullable() })
      .array()
      .min(1)
      .max(mostRecords),
    /** Nothing is written. */
    check: z.boolean().default(false),
  })
  .refine(({ records, check }) => check || new Set(records.map(({ record }) => record)).size === records.length);
type Wanted = z.output<typeof payloadOf>['records'][number];

interface Outcome {
  readonly record: Guid;
  readonly key: string | null;
  readonly ok: boolean;
  readonly reason: CheckedIssue['reason'] | 'time-not-yours' | 'time-changed' | 'time-in-jira' | null;
}

const outcome = ({ record, to: key }: Wanted, reason: Outcome['reason']): Outcome => ({
  record,
  key,
  ok: reason === null,
  reason,
});

/** Its worklog stands in Jira, or may be on its way there: another issue is chosen on the record itself. */
const isInJira = ({ stored, wished }: TimeRow): boolean => stored.worklogId !== null || stored.sent !== null || wished;

/** Writes the keys of records that are as the person saw them; nobody's change is overwritten. */
async function writeKeys(
  parts: Pick<TimeParts, 'dataverse'>,
  wanted: readonly Wanted[],
  own: (row: TimeRow | undefined) => row is TimeRow,
): Promise<readonly Outcome[]> {
  const judge = (one: Wanted, row: TimeRow | undefined): Outcome['reason'] | 'write' => {
    if (!own(row)) return 'time-not-yours';
    if (row.issueKey === one.to) return null;
    if (isInJira(row)) return 'time-in-jira';
    return row.issueKey === one.from ? 'write' : 'time-changed';
  };
  for (let round = 1; ; round += 1) {
    const rows = await readAll(
      parts,
      wanted.map(({ record }) => record),
    );
    const judged = wanted.map((one) => ({ one, row: rows.get(one.record), reason: judge(one, rows.get(one.record)) }));
    const writes = judged.flatMap(({ one, row, reason }): PlainWrite[] =>
      reason !== 'write' || row === undefined
        ? []
        : [
            {
              ...{ op: 'update', collection: tables[timeTable].entitySet, id: row.id, ifMatch: row.etag },
              // What was wrong with the former key says nothing of this one.
              columns: { crmjira_jira_issue_key: one.to, crmjira_jira_sync_error: null, crmjira_error_code: null },
            },
          ],
    );
    try {
      if (writes.length > 0) await parts.dataverse.changeSet(writes);
      return judged.map(({ one, reason }) => outcome(one, reason === 'write' ? null : reason));
    } catch (error) {
      const isOutdated = error instanceof PlanOutdated || hasChangedMeanwhile(error);
      // Somebody has changed one of them since: all are read again.
      if (!isOutdated || round === rounds) throw error;
    }
  }
}

/**
 * Answers the command "Backfill": whether keys are issues on which the person may log work, and gives their records these keys, or takes
 * them off again, as long as nothing of them is in Jira (R-1814). Nothing is sent to Jira.
 */
export const backfillCommand = (
  parts: Pick<TimeParts, 'dataverse' | 'environmentSettings' | 'personal'>,
): CommandHandler => ({
  type: CommandType.Backfill,
  answer: async (command): Promise<CommandAnswer> => {
    const { regarding, requestedById, payload: given } = command;
    const [{ userId }, language] = await Promise.all([
      parts.environmentSettings.whoAmI(),
      parts.environmentSettings.languageOf(requestedById),
    ]);
    const payload = payloadOf.safeParse(given);
    if (!payload.success) return { state: CommandState.Refused, result: payloadRefusedText(language) };
    if (regarding?.table !== timeTable) return { state: CommandState.Failed, result: noRecordText(language) };
    const { records, check } = payload.data;
    const own = (row: TimeRow | undefined): row is TimeRow =>
      row !== undefined && isTheirs(CommandType.Backfill, row, requestedById, userId.toLowerCase());
    const rows = await readAll(parts, [...new Set(records.map(({ record }) => record))]);
    const mine = records.filter(({ record }) => own(rows.get(record)));
    if (mine.length === 0)
      return { state: CommandState.Refused, result: refusalText('owner', language, { table: timeTable }) };
    const keys = mine.flatMap(({ to }) => to ?? []);
    let checked: ReadonlyMap<string, CheckedIssue> = new Map();
    if (keys.length > 0) {
      const person = await parts.personal.of(requestedById);
      if ('missing' in person) return notConnected(person.missing, language);
      try {
        checked = await checkKeys(person.client, keys);
      } catch (thrown) {
        return noAnswer(thrown, language);
      }
    }
    const reasonOf = ({ record, to }: Wanted): Outcome['reason'] =>
      own(rows.get(record)) ? (to === null ? null : (checked.get(to)?.reason ?? null)) : 'time-not-yours';
    const good = records.filter((one) => reasonOf(one) === null);
    const written =
      check || good.length === 0
        ? []
        : await writeKeys(
            parts,
            good.map((one) => ({ ...one, to: one.to === null ? null : (checked.get(one.to)?.key ?? one.to) })),
            own,
          );
    const outcomes = records.map(
      (one) => written.find(({ record }) => record === one.record) ?? outcome(one, reasonOf(one)),
    );
    const done = outcomes.filter(({ ok }) => ok).length;
    const counts = { done, left: outcomes.length - done };
    return {
      state: done === 0 && !check ? CommandState.Failed : CommandState.Done,
      result: check ? checkedKeysText(counts, language) : linkedTimeText(counts, keys.length === 0, language),
      answer: { records: outcomes, issues: [...checked.values()] },
    };
  },
});
