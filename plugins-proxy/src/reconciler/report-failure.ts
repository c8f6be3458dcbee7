import { administratorTaskTexts, derivedId, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { PlainWrite } from '../clients/dataverse/plain-write';
import { createAdministratorTask } from '../connections/administrator/administrator-task';
import { mailAdministratorTask } from '../connections/administrator/mail-administrator-task';
import type { MailContext } from '../connections/administrator/mail-context';
import type { IntegrationError } from '../platform/errors/integration-error';
import { regardingColumns } from './actions/event-columns';
import type { FailureRows } from './failure-rows';
import type { Regarding } from './log-context';

export type ReportContext = Pick<MailContext, 'dataverse' | 'environmentSettings'>;

/** What failed, and of which record. */
interface Cause {
  readonly regarding: Regarding;
  readonly error: IntegrationError;
  readonly correlationId: string;
}

/**
 * What only an administrator can put right becomes a task, one an error and UTC day however many records run into it (R-1401). Pure.
 * Null for trouble of another class.
 */
export function administratorTask({ error, correlationId }: Omit<Cause, 'regarding'>, now: string): PlainWrite | null {
  if (error.errorClass !== 'configuration') return null;
  const { code, message, status } = error;
  return {
    op: 'create',
    collection: tables.task.entitySet,
    id: derivedId('administrator-task', code, now.slice(0, 10)),
    columns: {
      ...administratorTaskTexts({ code, message, status, correlationId }),
      prioritycode: 2,
      scheduledstart: now,
    },
  };
}

/**
 * Writes the rows of a failure; a log row that exists already is the one of an earlier retry. The mail about the task comes last, and is
 * tried again by the next failure of that day: what cannot be mailed is in the rows all the same.
 */
export async function reportFailure(
  context: ReportContext,
  { log, isLogged, others }: FailureRows,
  cause: Cause,
  now: string,
): Promise<void> {
  const client = context.dataverse;
  const exists = async (): Promise<boolean> => {
    const { primaryId } = tables.crmjira_integration_log;
    const query = { select: [primaryId], filter: `${primaryId} eq ${log.id}` };
    return (await client.many(log.collection, query, z.unknown())).length > 0;
  };
  const logged = { ...log, columns: { ...regardingColumns(cause.regarding), ...log.columns } };
  const writes = isLogged || (await exists()) ? others : [logged, ...others];
  if (writes.length > 0) await client.changeSet(writes);
  const task = administratorTask(cause, now);
  if (task === null) return;
  // Another record may have run into the same today.
  await createAdministratorTask(context, task);
  const { error, correlationId } = cause;
  const { code, message, status } = error;
  await mailAdministratorTask(context, task.id, { code, message, status, correlationId });
}
