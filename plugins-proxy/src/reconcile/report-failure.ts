import {
  administratorTaskTexts,
  CommandState,
  type CrmFacts,
  derivedId,
  failureSentence,
  fitText,
  IntegrationStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
  tables,
  waitingSentence,
  wholeSecond,
} from '@crmjira/domain';
import { eventColumns } from '../dataverse/apply/event-columns';
import type { PlainWrite } from '../dataverse/dataverse-client';
import { isSyncCorrelation } from '../poll/sync-correlation';
import { hintOf } from '../errors/hints';
import type { IntegrationError } from '../errors/integration-error';
import { createAdministratorTask } from '../mail/administrator-task';
import type { MailContext } from '../mail/ask-about-held';
import { mailAdministratorTask } from '../mail/mail-administrator-task';
import type { DeliveredEvent } from '../store/store';
import { z } from 'zod';

/** A failed run, as it is to be shown to people. */
export interface FailedRun {
  readonly opportunityId: string;
  readonly error: IntegrationError;
  readonly correlationId: string;
  /** How long the run took until it failed, in milliseconds. */
  readonly durationMs: number;
  /** Failures in a row, this one included. */
  readonly attempts: number;
  /** Start of the streak: the same for all its retries. */
  readonly waitingSince: number;
  /** null: not retried by itself */
  readonly retryAt: number | null;
  /** As last read; null when not even that succeeded. */
  readonly crm: CrmFacts | null;
  /** The event that it began with; null = none was delivered. */
  readonly event: DeliveredEvent | null;
}

/**
 * A retry sooner than this, in milliseconds, is not written by itself: it is over before anybody has read of it. Longer waits double up
 * to ten minutes, so that an outage costs a row one write in that time, in place of the look for the log row.
 */
const shortestToldMs = 60_000;

/** The error's code as the mapping keeps it. */
const codeOf = ({ code }: IntegrationError): string =>
  fitText('crmjira_budget_mapping', 'crmjira_last_error_code', code);

/** The sentence with where to look first (R-1411); the hint is what is cut when both do not fit. */
function withHint(error: IntegrationError): string {
  const hint = hintOf(error);
  return hint === null ? error.message : `${error.message} ${hint}`;
}

function logWrite(run: FailedRun): PlainWrite {
  const { crm, error } = run;
  const mapping = crm?.mapping ?? null;
  const provisioning = mapping?.provisioningState !== ProvisioningState.Linked;
  const retrying = error.errorClass === 'transient' && run.retryAt !== null;
  return {
    op: 'create',
    collection: tables.crmjira_integration_log.entitySet,
    // One row a streak and cause, not one a retry (R-1401: logged once).
    id: derivedId(run.opportunityId, 'log', 'failure', error.code, String(run.waitingSince)),
    columns: {
      crmjira_operation_type: provisioning
        ? OperationType.Create
        : isSyncCorrelation(run.correlationId)
          ? OperationType.Sync
          : OperationType.Update,
      crmjira_source_system: provisioning ? SourceSystem.Dynamics365 : SourceSystem.Jira,
      crmjira_source_record_id: provisioning ? run.opportunityId : (mapping?.projectKey ?? run.opportunityId),
      ...(provisioning
        ? mapping?.projectId == null
          ? {}
          : { crmjira_target_record_id: mapping.projectKey }
        : { crmjira_target_record_id: run.opportunityId }),
      crmjira_integration_status: retrying ? IntegrationStatus.Retry : IntegrationStatus.Failed,
      crmjira_error_message: withHint(error),
      crmjira_error_code: codeOf(error),
      crmjira_correlation_id: run.correlationId,
      ...eventColumns(run.event),
      crmjira_duration_ms: Math.max(0, Math.round(run.durationMs)),
      crmjira_retry_count: run.attempts,
      ...(error.status === undefined ? {} : { crmjira_http_status: error.status }),
      ...(retrying && run.retryAt !== null ? { crmjira_next_retry_on: new Date(run.retryAt).toISOString() } : {}),
      ...(mapping === null
        ? {}
        : {
            'crmjira_budget_mapping_id@odata.bind': `/${tables.crmjira_budget_mapping.entitySet}(${mapping.id})`,
          }),
    },
  };
}

function mappingWrite(run: FailedRun, now: string): PlainWrite[] {
  const mapping = run.crm?.mapping;
  if (mapping == null) return [];
  const { message } = run.error;
  const code = codeOf(run.error);
  const failed =
    run.error.errorClass === 'permanent' &&
    mapping.provisioningState !== ProvisioningState.Linked &&
    mapping.provisioningState !== ProvisioningState.Failed;
  const { retryAt } = run;
  const isTold = retryAt === null ? (mapping.nextRetryOn ?? null) === null : retryAt - Date.parse(now) < shortestToldMs;
  if (mapping.lastError === fitText('crmjira_budget_mapping', 'crmjira_last_error', message) && !failed && isTold)
    return [];
  return [
    {
      op: 'update',
      collection: tables.crmjira_budget_mapping.entitySet,
      id: mapping.id,
      columns: {
        crmjira_last_error: message,
        crmjira_last_error_code: code,
        crmjira_failing_since: (mapping.lastErrorCode === code ? mapping.failingSince : null) ?? wholeSecond(now),
        crmjira_next_retry_on: retryAt === null ? null : wholeSecond(new Date(retryAt).toISOString()),
        ...(failed ? { crmjira_provisioning_state: ProvisioningState.Failed } : {}),
      },
    },
  ];
}

/** A person who waits is told for what (F-108), and gets an answer as soon as waiting will not help. */
function commandWrites({ crm, error, retryAt }: FailedRun, now: string): PlainWrite[] {
  const waits = error.errorClass === 'transient' && retryAt !== null;
  return (crm?.commands ?? []).flatMap(({ id, language, result }): PlainWrite[] => {
    const said = (waits ? waitingSentence : failureSentence)(error.code, error.message, language);
    // Told once, not at every retry.
    if (waits && result === said) return [];
    const state = waits ? CommandState.Running : CommandState.Failed;
    const columns = {
      crmjira_command_state: state,
      crmjira_result: said,
      ...(waits ? {} : { crmjira_finished_on: now }),
    };
    return [{ op: 'update', collection: tables.crmjira_command.entitySet, id, columns }];
  });
}

/** The rows that make a failure visible (R-412, E1-F1, E1-F2). Pure; the log row comes first and stands alone. */
export function failureWrites(
  run: FailedRun,
  now: string,
): { readonly log: PlainWrite; readonly others: PlainWrite[] } {
  return { log: logWrite(run), others: [...mappingWrite(run, now), ...commandWrites(run, now)] };
}

/**
 * Whether the mapping tells of this streak and cause already. It was written in one change set with the log row, which therefore exists:
 * what was left by an earlier streak has a time before this one began. Pure.
 */
function isLogged({ crm, error, waitingSince }: FailedRun): boolean {
  const mapping = crm?.mapping;
  if (mapping?.nextRetryOn == null || mapping.lastErrorCode !== codeOf(error)) return false;
  return Date.parse(mapping.nextRetryOn) >= waitingSince;
}

/**
 * Takes back what a failed run has left, where the plan of the run that went well had no reason to write the row: a completed project,
 * whose figures are final, or one that was closed. What a plan itself has to say has no `failingSince`. Pure.
 * @param crm as the last round has read it; null: nothing to take back
 */
export function recoveryWrite(crm: CrmFacts | null): PlainWrite | null {
  const mapping = crm?.mapping;
  if (mapping == null || (mapping.nextRetryOn == null && mapping.failingSince == null)) return null;
  return {
    op: 'update',
    collection: tables.crmjira_budget_mapping.entitySet,
    id: mapping.id,
    columns: {
      crmjira_last_error: null,
      crmjira_last_error_code: null,
      crmjira_failing_since: null,
      crmjira_next_retry_on: null,
    },
  };
}

/**
 * What only an administrator can put right becomes a task, one an error and UTC day however many records run into it (R-1401). Pure.
 * Null for trouble of another class.
 */
export function administratorTask({ error, correlationId }: FailedRun, now: string): PlainWrite | null {
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
 * Writes them; a log row that exists already is the one of an earlier retry. The mail about the task comes last, and is tried again by
 * the next failure of that day: what cannot be mailed is in the rows all the same.
 */
export async function reportFailure(
  context: Pick<MailContext, 'dataverse' | 'surroundings'>,
  run: FailedRun,
  now: string,
): Promise<void> {
  const client = context.dataverse;
  const { log, others } = failureWrites(run, now);
  const exists = async (): Promise<boolean> => {
    const { primaryId } = tables.crmjira_integration_log;
    const query = { select: [primaryId], filter: `${primaryId} eq ${log.id}` };
    return (await client.many(log.collection, query, z.unknown())).length > 0;
  };
  const writes = isLogged(run) || (await exists()) ? others : [log, ...others];
  if (writes.length > 0) await client.changeSet(writes);
  const task = administratorTask(run, now);
  if (task === null) return;
  // Another record may have run into the same today.
  await createAdministratorTask(context, task);
  const { error, correlationId } = run;
  const { code, message, status } = error;
  await mailAdministratorTask(context, task.id, { code, message, status, correlationId });
}
