import { process } from '@crmjira/domain';
import type { Step } from '../../../reconciler/triggers';

/**
 * Columns of the opportunity that people change and the plan reads. Those that only the service writes are left out: each of its
 * own writes would come back as an event.
 */
const watchedColumns = [
  'name',
  'description',
  'budgetamount',
  'transactioncurrencyid',
  'customerid',
  'ownerid',
  'statecode',
  'crmjira_project_budget',
  'crmjira_project_manager_id',
  'crmjira_budget_review_required',
  'crmjira_budget_review_note',
  'crmjira_jira_project_key',
  'crmjira_integration_reference',
];

/** The steps that tell of the budget (ADR-2, ADR-3). */
export const budgetSteps: readonly Step[] = [
  { table: 'opportunity', message: 'Create', endpoint: 'async' },
  { table: 'opportunity', message: 'Update', endpoint: 'async', columns: watchedColumns },
  { table: 'opportunity', message: 'Delete', endpoint: 'async' },
  { table: 'crmjira_budget_approval', message: 'Create', endpoint: 'async' },
  { table: 'crmjira_budget_decision', message: 'Create', endpoint: 'async' },
  // The state goes with the stage: finishing the process is a move too (D-8). So does its opportunity (F-308).
  {
    table: process.uniqueName,
    message: 'Update',
    endpoint: 'sync',
    columns: ['activestageid', 'bpf_opportunityid', 'statecode', 'statuscode'],
  },
];
