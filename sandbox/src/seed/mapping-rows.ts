import {
  BudgetCategoryType,
  BudgetSource,
  IntegrationStatus,
  MappingStatus,
  OperationType,
  ProvisioningState,
  SourceSystem,
  alertLevel,
  derivedId,
  mappingId,
  money,
  remainingBudget,
  snapshotId,
  toDecimal,
  utilization,
} from '@crmjira/domain';
import { alertRows } from './alert-rows';
import { currencies } from './currencies';
import type { ProjectOfOpportunity, RowContext } from './opportunity-rows';
import { periodOf } from './opportunity-rows';
import { applicationUsers } from './people';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import { at } from './work-days';

const WARNING_PERCENT = 80;
const SERVICE = applicationUsers[1].id;

const hours = (seconds: number) => Math.round(seconds / 36) / 100;
const wholeSecond = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

/** Mapping, its rate, its daily history, its log and alerts: in agreement with the worklogs, so that nothing is left to plan. */
export function mappingRows(project: ProjectOfOpportunity, context: RowContext): SeedRow[] {
  const { opportunity, scenario, work, jira, status } = project;
  const id = mappingId(opportunity.id);
  const approved = money(Math.round((opportunity.budget ?? 0) * 100), opportunity.currency);
  const spent = money(work.history.at(-1)?.spent ?? 0, opportunity.currency);
  const seconds = work.history.at(-1)?.seconds ?? 0;
  const period = periodOf(work);
  const completedOn = scenario.state === 'completed' ? at(work.history.at(-1)?.day ?? work.startDay, 16) : null;
  const syncedOn =
    completedOn ?? wholeSecond(new Date(context.now.getTime() - (scenario.stale?.hoursAgo ?? 0.1) * 3_600_000));
  const currency = {
    'transactioncurrencyid@odata.bind': ref('transactioncurrency', currencies[opportunity.currency].id),
  };
  const owner = { 'ownerid@odata.bind': ref('systemuser', SERVICE) };
  const ofMapping = { 'crmjira_budget_mapping_id@odata.bind': ref('crmjira_budget_mapping', id) };
  const mapping: SeedRow = {
    table: 'crmjira_budget_mapping',
    row: {
      crmjira_budget_mappingid: id,
      crmjira_name: jira.reference,
      'crmjira_opportunity_id@odata.bind': ref('opportunity', opportunity.id),
      'crmjira_integration_id@odata.bind': ref('crmjira_integration', context.connectionId),
      ...currency,
      ...owner,
      createdon: at(work.startDay, 14),
      crmjira_integration_reference: jira.reference,
      crmjira_jira_project_id: jira.id,
      crmjira_jira_project_key: jira.key,
      crmjira_jira_project_name: jira.name,
      crmjira_jira_project_url: jira.url,
      crmjira_jira_lead: jira.lead,
      crmjira_jira_project_status: jira.status,
      crmjira_project_archived: false,
      crmjira_jira_budget_id: `COMPUTED-${jira.id}`,
      crmjira_approved_budget: toDecimal(approved),
      crmjira_spent_amount: toDecimal(spent),
      crmjira_remaining_budget: toDecimal(remainingBudget(approved, spent)),
      crmjira_utilization: utilization(spent, approved),
      crmjira_total_hours: hours(seconds),
      crmjira_budget_status: status,
      crmjira_mapping_status: completedOn === null ? MappingStatus.Active : MappingStatus.Archived,
      crmjira_provisioning_state: ProvisioningState.Linked,
      crmjira_budget_source: BudgetSource.ComputedWorklogsRate,
      crmjira_period_from: period.from,
      crmjira_period_to: period.to,
      crmjira_last_alert_level: alertLevel(spent, approved, WARNING_PERCENT),
      crmjira_last_sync_date: syncedOn,
      ...(scenario.stale ? { crmjira_last_error: scenario.stale.error } : {}),
      ...(completedOn === null ? {} : { crmjira_completed_on: completedOn, crmjira_archived_on: completedOn }),
      crmjira_issues_done: jira.issuesDone,
      crmjira_issues_open: jira.issuesOpen,
      crmjira_milestones: JSON.stringify(jira.milestones),
    },
  };
  const rate: SeedRow = {
    table: 'crmjira_budget_category',
    row: {
      crmjira_budget_categoryid: derivedId(id, 'seed', 'rate'),
      crmjira_category_id: 'DEVELOPMENT',
      crmjira_name: 'Development Resources',
      crmjira_type: BudgetCategoryType.HourlyRate,
      crmjira_default_rate: currencies[opportunity.currency].hourlyRate,
      ...currency,
      ...owner,
      ...ofMapping,
    },
  };
  const whole = work.issues.reduce((sum, issue) => sum + issue.estimate, 0);
  const first = { day: work.startDay, spent: 0, seconds: 0, remainingEstimate: whole, doneFraction: 0 };
  const snapshots: SeedRow[] = [first, ...work.history.filter(({ day }) => day !== work.startDay)].map((burn) => ({
    table: 'crmjira_budget_snapshot',
    row: {
      crmjira_budget_snapshotid: snapshotId(id, burn.day),
      crmjira_name: `${jira.reference} ${burn.day}`,
      ...ofMapping,
      ...currency,
      ...owner,
      createdon: at(burn.day, 10),
      crmjira_snapshot_date: burn.day,
      crmjira_spent_amount: burn.spent / 100,
      crmjira_approved_budget: toDecimal(approved),
      crmjira_total_hours: hours(burn.seconds),
      crmjira_remaining_estimate_hours: hours(burn.remainingEstimate),
      crmjira_done_fraction: Math.round(burn.doneFraction * 10_000) / 10_000,
    },
  }));
  const log = (name: string, createdon: string, columns: Record<string, unknown>): SeedRow => ({
    table: 'crmjira_integration_log',
    row: {
      crmjira_integration_logid: derivedId(id, 'seed', 'log', name),
      crmjira_integration_status: IntegrationStatus.Success,
      crmjira_correlation_id: derivedId(id, 'seed', 'correlation', name),
      crmjira_records_processed: 1,
      createdon,
      ...ofMapping,
      ...owner,
      ...columns,
    },
  });
  const fromJira = {
    crmjira_source_system: SourceSystem.Jira,
    crmjira_source_record_id: jira.key,
    crmjira_target_record_id: opportunity.id,
  };
  const logs = [
    {
      ...log('create', at(work.startDay, 14), {
        crmjira_operation_type: OperationType.Create,
        crmjira_source_system: SourceSystem.Dynamics365,
        crmjira_source_record_id: opportunity.id,
        crmjira_target_record_id: jira.key,
        crmjira_duration_ms: 1840,
      }),
    },
    ...work.history.slice(-12).map((burn, index) =>
      log(burn.day, at(burn.day, 21, 45), {
        ...fromJira,
        crmjira_operation_type: OperationType.Update,
        crmjira_event_type: 'figures_changed',
        crmjira_duration_ms: 320 + index * 17,
      }),
    ),
    ...(scenario.stale
      ? [
          log('stale', syncedOn, {
            ...fromJira,
            crmjira_operation_type: OperationType.Sync,
            crmjira_integration_status: IntegrationStatus.Retry,
            crmjira_error_message: scenario.stale.error,
            crmjira_http_status: 503,
            crmjira_retry_count: 3,
          }),
        ]
      : []),
  ];
  return [mapping, rate, ...snapshots, ...logs, ...alertRows(project, { approved, warningPercent: WARNING_PERCENT })];
}
