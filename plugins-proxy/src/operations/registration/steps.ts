import { derivedId, process } from '@crmjira/domain';

/** A webhook step on a table. Stage 10 PreValidation, 40 PostOperation; mode 0 synchronous, 1 asynchronous. */
export interface Step {
  readonly table: string;
  readonly message: 'Create' | 'Update' | 'Delete';
  readonly endpoint: 'async' | 'sync';
  readonly filteringAttributes?: string;
}

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
].join(',');

/** Every step the service needs (ADR-2, ADR-3). */
export const steps: readonly Step[] = [
  { table: 'opportunity', message: 'Create', endpoint: 'async' },
  { table: 'opportunity', message: 'Update', endpoint: 'async', filteringAttributes: watchedColumns },
  { table: 'opportunity', message: 'Delete', endpoint: 'async' },
  { table: 'crmjira_command', message: 'Create', endpoint: 'async' },
  { table: 'crmjira_budget_approval', message: 'Create', endpoint: 'async' },
  { table: 'crmjira_budget_decision', message: 'Create', endpoint: 'async' },
  // The state goes with the stage: finishing the process is a move too (D-8). So does its opportunity (F-308).
  {
    table: process.uniqueName,
    message: 'Update',
    endpoint: 'sync',
    filteringAttributes: 'activestageid,bpf_opportunityid,statecode,statuscode',
  },
];

/** Fixed ids, so that registering again updates the same rows. */
export const endpointId = (endpoint: Step['endpoint']): string => derivedId('register', 'service-endpoint', endpoint);
export const stepId = (step: Step): string => derivedId('register', 'step', step.table, step.message, step.endpoint);
