import type { FailureCode } from '../../faults/failure-texts';
import type { IntegrationStatus, OperationType, SourceSystem } from '../../schema/generated/options';
import type { TableRows } from '../../schema/rows';
import type { Guid } from './facts';
import { bind } from './write-rows';

export interface LogEntry {
  readonly operation: OperationType;
  readonly source: SourceSystem;
  /** opportunity id or Jira project key */
  readonly sourceId: string;
  readonly targetId: string | null;
  readonly status: IntegrationStatus;
  readonly mapping: Guid | null;
  readonly eventType?: string;
  readonly message?: string;
  /** by which people read the message in their language (F-117) */
  readonly code?: FailureCode;
}

/** A row of the integration log (R-103, R-1101); the writer adds correlation id and duration. */
export function logRow(entry: LogEntry): Partial<TableRows['crmjira_integration_log']> {
  return {
    crmjira_operation_type: entry.operation,
    crmjira_source_system: entry.source,
    crmjira_source_record_id: entry.sourceId,
    ...(entry.targetId === null ? {} : { crmjira_target_record_id: entry.targetId }),
    crmjira_integration_status: entry.status,
    ...(entry.eventType === undefined ? {} : { crmjira_event_type: entry.eventType }),
    ...(entry.code === undefined ? {} : { crmjira_error_code: entry.code }),
    ...(entry.message === undefined ? {} : { crmjira_error_message: entry.message }),
    ...(entry.mapping === null
      ? {}
      : { 'crmjira_budget_mapping_id@odata.bind': bind('crmjira_budget_mapping', entry.mapping) }),
  };
}
