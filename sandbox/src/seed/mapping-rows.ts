import {
  BudgetCategoryType,
  MappingStatus,
  ProvisioningState,
  addMonths,
  alertLevel,
  derivedId,
  money,
  remainingBudget,
  teamText,
  toDecimal,
  utilization,
} from '@crmjira/domain';
import { allocationRows } from './allocation-rows';
import { alertRows } from './alert-rows';
import { currencies } from './currencies';
import { logRows } from './log-rows';
import { type MappingShare, shareOf } from './mapping-share';
import { PROJECT_MANAGER } from './people';
import { type ProjectOfOpportunity, ownerOf } from './project-of-opportunity';
import { reportRows } from './report-rows';
import { ref } from './seed-row';
import type { SeedRow } from './seed-row';
import { hours, snapshotRows } from './snapshot-rows';
import { at } from './work-days';
import { budgetSourceOption } from './write-budget';
import type { SeededSource } from '../run/budget-source-of';

/** percent; the solution's default of `crmjira_WarningThreshold` */
const WARNING_PERCENT = 80;
/** What the rows of every project are made with. */
export interface RowContext {
  readonly now: Date;
  readonly connectionId: string;
  readonly budgetSource: SeededSource;
}

function mappingRow(
  project: ProjectOfOpportunity,
  share: MappingShare,
  { connectionId, budgetSource }: RowContext,
): SeedRow {
  const { opportunity, scenario, work, jira, status } = project;
  const { approved, syncedOn, error } = share;
  const spent = money(work.history.at(-1)?.spent ?? 0, opportunity.currency);
  const completed = scenario.state === 'completed';
  const team = [ownerOf(opportunity), PROJECT_MANAGER.id].sort();
  return {
    table: 'crmjira_budget_mapping',
    row: {
      crmjira_budget_mappingid: share.id,
      crmjira_name: jira.reference,
      'crmjira_opportunity_id@odata.bind': ref('opportunity', opportunity.id),
      'crmjira_integration_id@odata.bind': ref('crmjira_integration', connectionId),
      ...share.currency,
      ...share.owner,
      createdon: at(work.startDay, 14),
      crmjira_integration_reference: jira.reference,
      crmjira_jira_project_id: jira.id,
      crmjira_jira_project_key: jira.key,
      crmjira_jira_project_name: jira.name,
      crmjira_jira_project_url: jira.url,
      crmjira_jira_lead: jira.lead,
      // Sales and project management have no accounts in Jira.
      crmjira_team: teamText(team, team),
      crmjira_jira_project_status: jira.status,
      crmjira_project_archived: false,
      crmjira_jira_budget_id: jira.budget.id,
      crmjira_approved_budget: toDecimal(approved),
      crmjira_spent_amount: toDecimal(spent),
      crmjira_remaining_budget: toDecimal(remainingBudget(approved, spent)),
      crmjira_utilization: utilization(spent, approved),
      crmjira_total_hours: hours(work.history.at(-1)?.seconds ?? 0),
      crmjira_budget_status: status,
      crmjira_mapping_status: completed ? MappingStatus.Archived : MappingStatus.Active,
      crmjira_provisioning_state: ProvisioningState.Linked,
      crmjira_budget_source: budgetSourceOption[budgetSource],
      ...(jira.budget.amount === null ? {} : { crmjira_jira_amount: jira.budget.amount }),
      crmjira_period_from: work.startDay,
      crmjira_period_to: addMonths(work.startDay, 12),
      crmjira_last_alert_level: alertLevel(spent, approved, WARNING_PERCENT),
      crmjira_last_sync_date: syncedOn,
      ...(error === null ? {} : { crmjira_last_error: error, crmjira_last_error_code: 'project-deleted' }),
      ...(completed ? { crmjira_completed_on: syncedOn, crmjira_archived_on: syncedOn } : {}),
      crmjira_issues_done: jira.issuesDone,
      crmjira_issues_open: jira.issuesOpen,
      crmjira_milestones: JSON.stringify(jira.milestones),
    },
  };
}

/** What an hour costs in this project. */
function rateRow({ opportunity }: ProjectOfOpportunity, share: MappingShare): SeedRow {
  return {
    table: 'crmjira_budget_category',
    row: {
      crmjira_budget_categoryid: derivedId(share.id, 'seed', 'rate'),
      crmjira_category_id: 'DEVELOPMENT',
      crmjira_name: 'Development Resources',
      crmjira_type: BudgetCategoryType.HourlyRate,
      crmjira_default_rate: currencies[opportunity.currency].hourlyRate,
      ...share.currency,
      ...share.owner,
      ...share.ofMapping,
    },
  };
}

/** Mapping, its rate, its daily history, its log and alerts: in agreement with the worklogs, so that nothing is left to plan. */
export function mappingRows(project: ProjectOfOpportunity, context: RowContext): SeedRow[] {
  const share = shareOf(project, context.now);
  return [
    mappingRow(project, share, context),
    rateRow(project, share),
    ...snapshotRows(project, share),
    ...allocationRows(project, share),
    ...logRows(project, share),
    ...reportRows(project, share),
    ...alertRows(project, { approved: share.approved, warningPercent: WARNING_PERCENT }),
  ];
}
