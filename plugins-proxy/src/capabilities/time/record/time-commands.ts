import {
  CommandState,
  CommandType,
  type Guid,
  type Language,
  noRecordText,
  payloadRefusedText,
  refusalText,
  removedTimeText,
  type StoredTimeRecord,
  syncedTimeText,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import { classifyError } from '../../../platform/errors/classify-error';
import { jobKey } from '../../../queue/job-key';
import {
  type AnswerLater,
  type CommandAnswer,
  type CommandHandler,
  type GivenCommand,
  progressColumns,
} from '../../../reconciler/commands';
import { atOnce, isTheirs, readAll, timeTable } from './own-records';
import { timeKind } from './time-record-module';
import type { TimeParts } from './time-parts';
import { shownColumns, type TimeRow } from './time-row';
import { awaitRecord, stopWaiting } from './waiting-command';

const table = timeTable;
const { entitySet } = tables[table];
/** Records of one command. */
const mostRecords = 1_000;
/** How often it is looked whether they are done, and until when. The run that ends a single one wakes its command before. */
const lookMs = 2_000;
const givesUpMs = 10 * 60_000;

const payloadOf = z.object({ records: guid.array().min(1).max(mostRecords).optional() }).nullable();
/** What the command has asked for already, and what was not even asked for. */
const progressOf = z.object({
  asked: guid.array(),
  refused: z.object({ record: guid, code: z.string(), error: z.string() }).array(),
  /** so far, for whoever watches */
  failed: z.number().default(0),
});
type Progress = z.output<typeof progressOf>;

type Parts = Pick<TimeParts, 'dataverse' | 'environmentSettings' | 'now' | 'store'>;

async function writeAll({ dataverse }: Parts, writes: readonly PlainWrite[]): Promise<void> {
  for (let start = 0; start < writes.length; start += atOnce)
    await dataverse.changeSet(writes.slice(start, start + atOnce));
}

const wishOf = ({ id }: TimeRow): PlainWrite => ({
  op: 'update',
  collection: entitySet,
  id,
  columns: {
    crmjira_sync_requested: true,
    crmjira_jira_sync_error: null,
    crmjira_error_code: null,
    crmjira_next_retry_on: null,
  },
});

interface Begun {
  readonly parts: Parts;
  readonly command: GivenCommand;
  readonly language: Language;
  readonly serviceId: string;
}

/** Wishes the records, and notes whom it has asked. */
async function begin({ parts, command, language, serviceId }: Begun, ids: readonly Guid[]): Promise<Progress> {
  const rows = await readAll(parts, ids);
  const own = ids.flatMap((id) => {
    const row = rows.get(id);
    return row !== undefined && isTheirs(CommandType.SyncTime, row, command.requestedById, serviceId) ? [row] : [];
  });
  const foreign = ids.filter((id) => !own.some((row) => row.id === id));
  const [single] = own;
  if (own.length === 1 && single !== undefined) await awaitRecord(parts, single.id, command.id);
  await writeAll(parts, own.map(wishOf));
  return {
    asked: own.map(({ id }) => id),
    refused: foreign.map((record) => ({ record, code: 'time-not-yours', error: noRecordText(language) })),
    failed: foreign.length,
  };
}

/** Answers the command "Sync time": the same wish as the column's, for one record or several, with progress (R-1806, R-1807). */
export function syncTimeCommand(parts: Parts): CommandHandler {
  const { dataverse, environmentSettings, now } = parts;
  return {
    type: CommandType.SyncTime,
    answer: async (command): Promise<CommandAnswer | AnswerLater> => {
      const { regarding, requestedById, createdOn, id } = command;
      const [{ userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      const payload = payloadOf.safeParse(command.payload);
      if (!payload.success) return { state: CommandState.Refused, result: payloadRefusedText(language) };
      if (regarding?.table !== table) return { state: CommandState.Failed, result: noRecordText(language) };
      const ids = [...new Set(payload.data?.records ?? [regarding.id])];
      const serviceId = userId.toLowerCase();
      const report = (columns: Readonly<Record<string, unknown>>): Promise<void> =>
        dataverse.changeSet([{ op: 'update', collection: tables.crmjira_command.entitySet, id, columns }]);
      const isFirst = command.progress === null;
      const progress = isFirst
        ? await begin({ parts, command, language, serviceId }, ids)
        : progressOf.parse(command.progress);
      if (progress.asked.length === 0)
        return { state: CommandState.Refused, result: refusalText('owner', language, { table }) };
      const total = ids.length;
      if (isFirst) {
        await report({ ...progressColumns(progress), crmjira_done_count: 0, crmjira_total_count: total });
        return { againInMs: lookMs, keys: progress.asked.map((one) => jobKey(timeKind, one)) };
      }
      const rows = await readAll(parts, progress.asked);
      const isLate = now().getTime() - Date.parse(createdOn) > givesUpMs;
      const waiting = progress.asked.filter((one) => {
        const row = rows.get(one);
        return row?.wished === true && row.error === null && !isLate;
      });
      if (waiting.length > 0) {
        const isFailed = (one: Guid): boolean => !waiting.includes(one) && (rows.get(one)?.error ?? '') !== '';
        const failed = progress.refused.length + progress.asked.filter(isFailed).length;
        await report({ ...progressColumns({ ...progress, failed }), crmjira_done_count: total - waiting.length });
        return { againInMs: lookMs };
      }
      if (progress.asked.length === 1) await stopWaiting(parts, progress.asked[0]!);
      const errors = [
        ...progress.refused,
        ...progress.asked.flatMap((record) => {
          const row = rows.get(record);
          if (row === undefined) return [{ record, code: 'time-not-yours', error: noRecordText(language) }];
          const isWaiting = row.wished;
          return row.error === null && !isWaiting
            ? []
            : [{ record, code: row.errorCode ?? 'time-waits', error: row.error ?? '' }];
        }),
      ];
      const counts = { total, succeeded: total - errors.length, failed: errors.length };
      await report({ crmjira_done_count: total, crmjira_total_count: total });
      return {
        state: counts.succeeded === 0 ? CommandState.Failed : CommandState.Done,
        result: total === 1 && errors[0] !== undefined ? errors[0].error : syncedTimeText(counts, language),
        answer: { ...counts, errors },
      };
    },
  };
}

/** Answers the command "Remove worklog": it goes from Jira, the record stays (R-1808, R-1839). */
export function removeWorklogCommand(parts: Parts): CommandHandler {
  const { dataverse, environmentSettings, now } = parts;
  return {
    type: CommandType.RemoveWorklog,
    answer: async (command): Promise<CommandAnswer | AnswerLater> => {
      const { regarding, requestedById, createdOn } = command;
      const [{ userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      const row = regarding?.table === table ? (await readAll(parts, [regarding.id])).get(regarding.id) : undefined;
      if (row === undefined) return { state: CommandState.Failed, result: noRecordText(language) };
      if (!isTheirs(CommandType.RemoveWorklog, row, requestedById, userId.toLowerCase()))
        return { state: CommandState.Refused, result: refusalText('owner', language, { table }) };
      const { stored } = row;
      if (command.progress === null) {
        const removing: StoredTimeRecord = { ...stored, removing: true, trouble: null };
        const columns = { ...shownColumns(removing, language), crmjira_sync_requested: false };
        await awaitRecord(parts, row.id, command.id);
        try {
          await dataverse.changeSet([
            { op: 'update', collection: entitySet, id: row.id, columns, ifMatch: row.etag },
            {
              op: 'update',
              collection: tables.crmjira_command.entitySet,
              id: command.id,
              columns: progressColumns({ asked: true }),
            },
          ]);
        } catch (error) {
          if (!(error instanceof PlanOutdated) && classifyError(error).code !== 'dataverse-precondition') throw error;
          // Somebody has changed the record since: it is read again.
          return { againInMs: 0 };
        }
        return { againInMs: lookMs, keys: [jobKey(timeKind, row.id)] };
      }
      const isLate = now().getTime() - Date.parse(createdOn) > givesUpMs;
      if (stored.removing && row.error === null && !isLate) return { againInMs: lookMs };
      await stopWaiting(parts, row.id);
      return row.error === null && !stored.removing
        ? { state: CommandState.Done, result: removedTimeText(language) }
        : { state: CommandState.Failed, result: row.error ?? refusalText('available', language) };
    },
  };
}
