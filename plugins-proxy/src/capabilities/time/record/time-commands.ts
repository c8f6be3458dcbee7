import {
  CommandState,
  CommandType,
  noRecordText,
  payloadRefusedText,
  refusalText,
  removedTimeText,
  syncedTimeText,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { PlanOutdated } from '../../../platform/errors/plan-outdated';
import { jobKey } from '../../../queue/job-key';
import {
  type AnswerLater,
  type CommandAnswer,
  type CommandHandler,
  progressColumns,
} from '../../../reconciler/commands';
import { askedOf, askedSync, failedOf, removalOf, waitingOf, wishSync } from './ask-for-sync';
import { isTheirs, readAll, timeTable as table } from './own-records';
import { timeKind } from './time-record-module';
import type { TimeParts } from './time-parts';
import { awaitRecord, stopWaiting } from './waiting-command';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

/** Records of one command. */
const mostRecords = 1_000;
/** How often it is looked whether they are done, and until when. The run that ends a single one wakes its command before. */
const lookMs = 2_000;
const givesUpMs = 10 * 60_000;

const payloadOf = z.object({ records: guid.array().min(1).max(mostRecords).optional() }).nullable();

type Parts = Pick<TimeParts, 'dataverse' | 'environmentSettings' | 'now' | 'store'>;

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
        ? await askedOf(dataverse, { requestedById, serviceId, language }, ids)
        : askedSync.parse(command.progress);
      if (progress.asked.length === 0)
        return { state: CommandState.Refused, result: refusalText('owner', language, { table }) };
      const total = ids.length;
      if (isFirst) {
        const [single, ...more] = progress.asked;
        if (single !== undefined && more.length === 0) await awaitRecord(parts, single, command.id);
        await wishSync(dataverse, progress.asked);
        await report({ ...progressColumns(progress), crmjira_done_count: 0, crmjira_total_count: total });
        return { againInMs: lookMs, keys: progress.asked.map((one) => jobKey(timeKind, one)) };
      }
      const rows = await readAll(parts, progress.asked);
      const isLate = now().getTime() - Date.parse(createdOn) > givesUpMs;
      const waiting = isLate ? [] : waitingOf(progress, rows);
      if (waiting.length > 0) {
        const failed = failedOf(progress, rows, language).filter(({ record }) => !waiting.includes(record)).length;
        await report({ ...progressColumns({ ...progress, failed }), crmjira_done_count: total - waiting.length });
        return { againInMs: lookMs };
      }
      if (progress.asked.length === 1) await stopWaiting(parts, progress.asked[0]!);
      const errors = failedOf(progress, rows, language);
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
        await awaitRecord(parts, row.id, command.id);
        try {
          await dataverse.changeSet([
            removalOf(row, language),
            {
              op: 'update',
              collection: tables.crmjira_command.entitySet,
              id: command.id,
              columns: progressColumns({ asked: true }),
            },
          ]);
        } catch (error) {
          if (!(error instanceof PlanOutdated) && !hasChangedMeanwhile(error)) throw error;
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
