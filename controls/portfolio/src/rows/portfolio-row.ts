import { type ChosenRow, type Discrepancy, parseDiscrepancies } from './discrepancies';
import type { ColumnName } from './columns';

type Record = ComponentFramework.PropertyHelper.DataSetApi.EntityRecord;

/** One mapping as the data set gives it; amounts as the host formats them for this user and the row's currency. */
export interface PortfolioRow extends ChosenRow {
  readonly id: string;
  readonly opportunity: { readonly id: string; readonly name: string } | null;
  readonly projectName: string | null;
  /** spent ÷ approved × 100; null while nothing is approved or column security hides it */
  readonly percent: number | null;
  readonly remaining: string;
  readonly isNegative: boolean;
  readonly lastSyncOn: string | null;
  readonly lastError: string | null;
  readonly provisioning: number | null;
  readonly completedOn: string | null;
  readonly createdOn: string | null;
  readonly modifiedOn: string | null;
  /** calendar days */
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly currencyId: string | null;
  readonly currency: string;
  readonly discrepancies: readonly Discrepancy[];
}

export function readPortfolioRow(record: Record): PortfolioRow {
  const text = (column: ColumnName): string | null => {
    const value = record.getValue(column);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  // Hosts give a choice as a number or as its digits.
  const number = (column: ColumnName): number | null => {
    const value = record.getValue(column);
    const found = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : NaN;
    return Number.isFinite(found) ? found : null;
  };
  const instant = (column: ColumnName): string | null => {
    const value = record.getValue(column);
    const at = value instanceof Date || typeof value === 'string' ? new Date(value) : null;
    return at === null || Number.isNaN(at.getTime()) ? null : at.toISOString();
  };
  const shown = (column: ColumnName): string => record.getFormattedValue(column) ?? '';
  const opportunityId = lookupId(record.getValue('crmjira_opportunity_id'));
  return {
    id: record.getRecordId(),
    opportunity: opportunityId === null ? null : { id: opportunityId, name: shown('crmjira_opportunity_id') },
    projectName: text('crmjira_jira_project_name'),
    key: text('crmjira_jira_project_key'),
    status: number('crmjira_budget_status'),
    statusText: shown('crmjira_budget_status'),
    percent: number('crmjira_utilization'),
    approved: shown('crmjira_approved_budget'),
    spent: shown('crmjira_spent_amount'),
    remaining: shown('crmjira_remaining_budget'),
    isNegative: (number('crmjira_remaining_budget') ?? 0) < 0,
    jiraAmount: shown('crmjira_jira_amount'),
    lastSyncOn: instant('crmjira_last_sync_date'),
    lastError: text('crmjira_last_error'),
    provisioning: number('crmjira_provisioning_state'),
    completedOn: instant('crmjira_completed_on'),
    createdOn: instant('createdon'),
    modifiedOn: instant('modifiedon'),
    periodFrom: instant('crmjira_period_from')?.slice(0, 10) ?? null,
    periodTo: instant('crmjira_period_to')?.slice(0, 10) ?? null,
    currencyId: lookupId(record.getValue('transactioncurrencyid')),
    currency: shown('transactioncurrencyid'),
    discrepancies: parseDiscrepancies(text('crmjira_discrepancies')),
  };
}

/** `{id: {guid}, …}` in a model-driven app; other hosts give the id itself. */
function lookupId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const id: unknown = Reflect.get(value, 'id');
  const guid: unknown = typeof id === 'object' && id !== null ? Reflect.get(id, 'guid') : id;
  return typeof guid === 'string' ? guid.replace(/[{}]/g, '').toLowerCase() : null;
}
