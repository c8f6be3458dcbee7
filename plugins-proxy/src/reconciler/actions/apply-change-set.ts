import { OperationType, type RowWrite, tables, taskOfAnother } from '@crmjira/domain';
import { z } from 'zod';
import { type DataverseClient } from '../../clients/dataverse/dataverse-client';
import { toPlainWrite } from '../../clients/dataverse/plain-write';
import type { LogContext } from '../log-context';
import { eventColumns, regardingColumns } from './event-columns';
import { PlanOutdated } from '../../platform/errors/plan-outdated';
import { hasChangedMeanwhile, hasCode } from '../../platform/errors/has-code';

async function complete(write: RowWrite, log: LogContext): Promise<RowWrite> {
  // Whoever asks about a mail can name the run that wrote it; both languages, as nobody knows who reads it.
  if (write.table === 'email' && typeof write.columns['description'] === 'string')
    return {
      ...write,
      columns: {
        ...write.columns,
        description: `${write.columns['description']}<p><small>Reference / Référence : ${log.correlationId}</small></p>`,
      },
    };
  // An error, its code and its times go together: a sentence that is taken back takes them along, and no retry is due of a run that
  // came to the end of its plan.
  if (write.table === 'crmjira_budget_mapping' && write.op === 'update' && 'crmjira_last_error' in write.columns) {
    const { crmjira_last_error: error } = write.columns;
    return {
      ...write,
      columns: {
        ...write.columns,
        ...(error === null ? { crmjira_last_error_code: null } : {}),
        crmjira_failing_since: null,
        crmjira_next_retry_on: null,
      },
    };
  }
  if (write.op === 'create' && (write.table === 'crmjira_budget_alert' || write.table === 'crmjira_inbound_event'))
    return { ...write, columns: { ...write.columns, crmjira_correlation_id: log.correlationId } };
  if (write.table !== 'crmjira_integration_log') return write;
  const columns = {
    crmjira_correlation_id: log.correlationId,
    crmjira_duration_ms: Math.max(0, Math.round(log.durationMs)),
    ...regardingColumns(log.regarding),
    ...eventColumns((await log.causedBy?.()) ?? null),
    ...write.columns,
    // What a change is called depends on who found it.
    ...(write.columns.crmjira_operation_type === OperationType.Update && log.trigger === 'daily-sync'
      ? { crmjira_operation_type: OperationType.Sync }
      : {}),
  };
  return { ...write, columns };
}

async function exists(client: DataverseClient, write: RowWrite): Promise<boolean> {
  const { entitySet, primaryId } = tables[write.table];
  return (await client.one(entitySet, write.id, [primaryId], z.unknown())) !== null;
}

/** The creates of a change set whose rows are there already: done by a run that was cut off, or closed by a person since. */
async function findDone(client: DataverseClient, writes: readonly RowWrite[]): Promise<ReadonlySet<RowWrite>> {
  const creates = writes.filter((write) => write.op === 'create');
  const there = await Promise.all(creates.map((write) => exists(client, write)));
  return new Set(creates.filter((_, index) => there[index]));
}

const namesOwner = (write: RowWrite): boolean =>
  (write.table === 'task' || write.table === 'crmjira_command') && write.columns['ownerid@odata.bind'] !== undefined;

/**
 * A user may own a row who may read its table: one who may not must not hold back the figures and the log that stand beside it. A task
 * says so; the answer to a command is then for administrators.
 */
function withoutOwners(writes: readonly RowWrite[]): readonly RowWrite[] {
  return writes.map((write) => {
    if (!namesOwner(write)) return write;
    if (write.table === 'crmjira_command') {
      const { 'ownerid@odata.bind': _owner, ...columns } = write.columns;
      return { ...write, columns };
    }
    if (write.table !== 'task') return write;
    const { 'ownerid@odata.bind': _owner, ...columns } = write.columns;
    const description = [taskOfAnother, columns.description].filter(Boolean).join('\n');
    return { ...write, columns: { ...columns, description } };
  });
}

/**
 * Commits a planned change set. A refused precondition does not say which write it was, and it undoes the whole set: rows that
 * exist already are then left out and the rest is committed, still as one. When none of them exists, a row has changed since it
 * was read. Where Dataverse refuses the right to something and a task or an answer to a command
 * has an owner, it is left to the integration account.
 * @throws PlanOutdated when the plan must be made anew
 */
export async function applyChangeSet(
  client: DataverseClient,
  planned: readonly RowWrite[],
  log: LogContext,
): Promise<void> {
  let writes = await Promise.all(planned.map((write) => complete(write, log)));
  while (writes.length > 0) {
    try {
      await client.changeSet(writes.map(toPlainWrite));
      return;
    } catch (error) {
      if (hasCode(error, 'dataverse-not-found'))
        throw new PlanOutdated('a row to be updated is gone', { cause: error });
      if (hasCode(error, 'dataverse-forbidden') && writes.some(namesOwner)) {
        writes = [...withoutOwners(writes)];
        continue;
      }
      if (!hasChangedMeanwhile(error)) throw error;
      const done = await findDone(client, writes);
      if (done.size === 0) throw new PlanOutdated('a row has changed since it was read', { cause: error });
      writes = writes.filter((write) => !done.has(write));
    }
  }
}
