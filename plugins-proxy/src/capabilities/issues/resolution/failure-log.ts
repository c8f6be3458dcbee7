import { derivedId, fitText, IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import { hintOf } from '../../../platform/errors/hints';
import { eventColumns } from '../../../reconciler/actions/event-columns';
import type { FailureRows } from '../../../reconciler/failure-rows';
import type { FailedRun } from '../../../reconciler/sync-module';

/** The log row of a failed run, one a streak and cause; the links tell on their own rows what fails of them. Pure. */
export function failureLog(run: Omit<FailedRun<unknown>, 'facts'>): FailureRows {
  const { error } = run;
  const hint = hintOf(error);
  const retrying = error.errorClass === 'transient' && run.retryAt !== null;
  return {
    isLogged: false,
    others: [],
    log: {
      op: 'create',
      collection: tables.crmjira_integration_log.entitySet,
      id: derivedId(run.id, 'log', 'failure', error.code, String(run.waitingSince)),
      columns: {
        crmjira_operation_type: run.trigger === 'daily-sync' ? OperationType.Sync : OperationType.Update,
        crmjira_source_system: SourceSystem.Jira,
        crmjira_source_record_id: run.id,
        crmjira_target_record_id: run.id,
        crmjira_integration_status: retrying ? IntegrationStatus.Retry : IntegrationStatus.Failed,
        crmjira_error_message: hint === null ? error.message : `${error.message} ${hint}`,
        crmjira_error_code: fitText('crmjira_integration_log', 'crmjira_error_code', error.code),
        crmjira_correlation_id: run.correlationId,
        ...eventColumns(run.event),
        crmjira_duration_ms: Math.max(0, Math.round(run.durationMs)),
        crmjira_retry_count: run.attempts,
        ...(error.status === undefined ? {} : { crmjira_http_status: error.status }),
        ...(retrying && run.retryAt !== null ? { crmjira_next_retry_on: new Date(run.retryAt).toISOString() } : {}),
      },
    },
  };
}
