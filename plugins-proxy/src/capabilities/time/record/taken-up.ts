import { IntegrationStatus, OperationType, type RowWrite, SourceSystem, takenUpLogId } from '@crmjira/domain';

/**
 * The row of the log that says that a worklog without our mark is a time record. It stays when the record is deleted, so that the worklog,
 * which may stay in Jira, does not come back as a new one.
 */
export const takenUpWrite = (integration: string, worklogId: string, recordId: string): RowWrite => ({
  op: 'create',
  table: 'crmjira_integration_log',
  id: takenUpLogId(integration, worklogId),
  columns: {
    crmjira_operation_type: OperationType.Sync,
    crmjira_integration_status: IntegrationStatus.Success,
    crmjira_source_system: SourceSystem.Jira,
    crmjira_source_record_id: worklogId,
    crmjira_target_record_id: recordId,
  },
});
