import type { Money } from '@crmjira/domain';
import { type Currencies, type Currency, currencyOf } from './currencies';
import { type RawRow, dateField, flagField, moneyField, numberField, textField } from './row-fields';

/** The budget mapping of the opportunity (DATA-MODEL 3.2). Money is null where column security hides it. */
export interface Mapping {
  readonly id: string;
  /** changes with the row: figures and snapshots need no second look while it stands still */
  readonly version: string;
  readonly currency: Currency;
  readonly projectKey: string | null;
  readonly reference: string | null;
  readonly approved: Money | null;
  readonly spent: Money | null;
  /** the same figures in the organization's currency, with the rate they were computed at */
  readonly base: {
    readonly currency: Currency;
    readonly approved: Money;
    readonly spent: Money;
    readonly rate: number;
  } | null;
  /** amount seen in Jira; differs from approved: discrepancy */
  readonly jiraAmount: Money | null;
  /** `crmjira_provisioningstate` */
  readonly provisioning: number | null;
  /** `crmjira_mappingstatus` */
  readonly mappingStatus: number | null;
  /** `crmjira_budgetstatus` */
  readonly budgetStatus: number | null;
  readonly hours: number | null;
  readonly createdOn: string | null;
  readonly modifiedOn: string | null;
  readonly lastSyncOn: string | null;
  /** a sentence of the integration about the last sync that failed; null when it worked */
  readonly lastError: string | null;
  readonly completedOn: string | null;
  readonly periodFrom: string | null;
  readonly projectArchived: boolean;
  readonly projectName: string | null;
  readonly projectUrl: string | null;
  readonly lead: string | null;
  readonly projectStatus: string | null;
  readonly issuesDone: number | null;
  readonly issuesOpen: number | null;
  /** JSON text as stored: see milestones.ts */
  readonly milestones: string | null;
}

const COLUMNS = [
  'crmjira_budget_mappingid',
  'crmjira_jira_project_key',
  'crmjira_integration_reference',
  'crmjira_approved_budget',
  'crmjira_approved_budget_base',
  'crmjira_spent_amount',
  'crmjira_spent_amount_base',
  'exchangerate',
  '_transactioncurrencyid_value',
  'crmjira_jira_amount',
  'crmjira_provisioning_state',
  'crmjira_mapping_status',
  'crmjira_budget_status',
  'crmjira_total_hours',
  'createdon',
  'modifiedon',
  'crmjira_last_sync_date',
  'crmjira_last_error',
  'crmjira_completed_on',
  'crmjira_period_from',
  'crmjira_project_archived',
  'crmjira_jira_project_name',
  'crmjira_jira_project_url',
  'crmjira_jira_lead',
  'crmjira_jira_project_status',
  'crmjira_issues_done',
  'crmjira_issues_open',
  'crmjira_milestones',
] as const;

/** @param opportunityId lower-case GUID */
export function mappingQuery(opportunityId: string): string {
  return `?$select=${COLUMNS.join(',')}&$filter=_crmjira_opportunity_id_value eq ${opportunityId}&$top=1`;
}

export function parseMapping(row: RawRow, currencies: Currencies): Mapping {
  const currency = currencyOf(row, currencies);
  const approved = moneyField(row, 'crmjira_approved_budget', currency.code);
  const spent = moneyField(row, 'crmjira_spent_amount', currency.code);
  return {
    id: textField(row, 'crmjira_budget_mappingid') ?? '',
    version:
      textField(row, '@odata.etag') ?? `${dateField(row, 'modifiedon') ?? ''}|${String(row.crmjira_spent_amount)}`,
    currency,
    projectKey: textField(row, 'crmjira_jira_project_key'),
    reference: textField(row, 'crmjira_integration_reference'),
    approved,
    spent,
    base: parseBase(row, currency, currencies),
    jiraAmount: moneyField(row, 'crmjira_jira_amount', currency.code),
    provisioning: numberField(row, 'crmjira_provisioning_state'),
    mappingStatus: numberField(row, 'crmjira_mapping_status'),
    budgetStatus: numberField(row, 'crmjira_budget_status'),
    hours: numberField(row, 'crmjira_total_hours'),
    createdOn: dateField(row, 'createdon'),
    modifiedOn: dateField(row, 'modifiedon'),
    lastSyncOn: dateField(row, 'crmjira_last_sync_date'),
    lastError: textField(row, 'crmjira_last_error'),
    completedOn: dateField(row, 'crmjira_completed_on'),
    periodFrom: dateField(row, 'crmjira_period_from'),
    projectArchived: flagField(row, 'crmjira_project_archived'),
    projectName: textField(row, 'crmjira_jira_project_name'),
    projectUrl: textField(row, 'crmjira_jira_project_url'),
    lead: textField(row, 'crmjira_jira_lead'),
    projectStatus: textField(row, 'crmjira_jira_project_status'),
    issuesDone: numberField(row, 'crmjira_issues_done'),
    issuesOpen: numberField(row, 'crmjira_issues_open'),
    milestones: textField(row, 'crmjira_milestones'),
  };
}

function parseBase(row: RawRow, currency: Currency, currencies: Currencies): Mapping['base'] {
  const { base } = currencies;
  const rate = numberField(row, 'exchangerate');
  if (base === null || rate === null || base.code === currency.code) return null;
  const approved = moneyField(row, 'crmjira_approved_budget_base', base.code);
  const spent = moneyField(row, 'crmjira_spent_amount_base', base.code);
  return approved === null || spent === null ? null : { currency: base, approved, spent, rate };
}
