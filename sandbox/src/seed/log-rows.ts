import { IntegrationStatus, OperationType, SourceSystem, derivedId } from '@crmjira/domain';
import type { MappingShare } from './mapping-share';
import type { ProjectOfOpportunity } from './project-of-opportunity';
import type { SeedRow } from './seed-row';
import { at } from './work-days';

/** days of work that are still in the log */
const DAYS_LOGGED = 12;

/** What the integration wrote down: the creation, the latest changes of figures, and what went wrong. */
export function logRows({ opportunity, work, jira }: ProjectOfOpportunity, share: MappingShare): SeedRow[] {
  const log = (name: string, createdon: string, columns: Record<string, unknown>): SeedRow => ({
    table: 'crmjira_integration_log',
    row: {
      crmjira_integration_logid: derivedId(share.id, 'seed', 'log', name),
      crmjira_integration_status: IntegrationStatus.Success,
      crmjira_correlation_id: derivedId(share.id, 'seed', 'correlation', name),
      crmjira_records_processed: 1,
      createdon,
      ...share.ofMapping,
      ...share.owner,
      ...columns,
    },
  });
  const fromJira = {
    crmjira_source_system: SourceSystem.Jira,
    crmjira_source_record_id: jira.key,
    crmjira_target_record_id: opportunity.id,
  };
  const created = log('create', at(work.startDay, 14), {
    crmjira_operation_type: OperationType.Create,
    crmjira_source_system: SourceSystem.Dynamics365,
    crmjira_source_record_id: opportunity.id,
    crmjira_target_record_id: jira.key,
    crmjira_duration_ms: 1840,
  });
  const updates = work.history.slice(-DAYS_LOGGED).map(({ day }, index) =>
    log(day, at(day, 21, 45), {
      ...fromJira,
      crmjira_operation_type: OperationType.Update,
      crmjira_event_type: 'figures_changed',
      crmjira_duration_ms: 320 + index * 17,
    }),
  );
  if (share.error === null) return [created, ...updates];
  const failed = log('deleted', share.syncedOn, {
    ...fromJira,
    crmjira_operation_type: OperationType.Delete,
    crmjira_integration_status: IntegrationStatus.Failed,
    crmjira_error_message: share.error,
    crmjira_http_status: 404,
  });
  return [created, ...updates, failed];
}
