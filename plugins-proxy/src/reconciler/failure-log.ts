import { derivedId, IntegrationStatus, OperationType, tables } from '@crmjira/domain';
import type { PlainWrite } from '../clients/dataverse/plain-write';
import { hintOf } from '../platform/errors/hints';
import { eventColumns } from './actions/event-columns';
import type { FailedRun } from './sync-module';

/**
 * A retry sooner than this, in milliseconds, is not written by itself: it is over before anybody has read of it. Longer waits double up
 * to ten minutes, so that an outage costs a row one write in that time, in place of the look for the log row.
 */
export const shortestToldMs = 60_000;

/** Of the record that failed. */
interface FailedRecord {
  /** What it failed on was to make something that is not there yet. */
  readonly isCreate: boolean;
  /** Sides, code and lookups, as its table has them. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** The log row of a failed run: one a streak and cause, not one a retry (R-1401: logged once). Pure. */
export function failureLog(run: FailedRun<unknown>, { isCreate, columns }: FailedRecord): PlainWrite {
  const { error, retryAt } = run;
  const retryOn = error.errorClass === 'transient' ? retryAt : null;
  const hint = hintOf(error);
  return {
    op: 'create',
    collection: tables.crmjira_integration_log.entitySet,
    id: derivedId(run.id, 'log', 'failure', error.code, String(run.waitingSince)),
    columns: {
      crmjira_operation_type: isCreate
        ? OperationType.Create
        : run.trigger === 'daily-sync'
          ? OperationType.Sync
          : OperationType.Update,
      crmjira_integration_status: retryOn === null ? IntegrationStatus.Failed : IntegrationStatus.Retry,
      // The sentence with where to look first (R-1411); the hint is what is cut when both do not fit.
      crmjira_error_message: hint === null ? error.message : `${error.message} ${hint}`,
      crmjira_correlation_id: run.correlationId,
      ...eventColumns(run.event),
      crmjira_duration_ms: Math.max(0, Math.round(run.durationMs)),
      crmjira_retry_count: run.attempts,
      ...(error.status === undefined ? {} : { crmjira_http_status: error.status }),
      ...(retryOn === null ? {} : { crmjira_next_retry_on: new Date(retryOn).toISOString() }),
      ...columns,
    },
  };
}
