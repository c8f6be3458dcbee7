import { BudgetStatus, ProvisioningState } from '@crmjira/domain';
import { isHeld, plainId } from '@crmjira/form-data';
import { type ChosenRow, type Discrepancy, parseDiscrepancies } from './discrepancies';
import type { ColumnName } from './columns';

type EntityRecord = ComponentFramework.PropertyHelper.DataSetApi.EntityRecord;

/** One mapping as the data set gives it; amounts as the host formats them for this user and the row's currency. */
export interface PortfolioRow extends ChosenRow {
  readonly id: string;
  readonly opportunity: { readonly id: string; readonly name: string } | null;
  readonly projectName: string | null;
  /** spent ÷ approved × 100; null while nothing is approved or column security hides it */
  readonly percent: number | null;
  readonly remaining: string;
  readonly isNegative: boolean;
  /** hundredths; null where column security hides them */
  readonly approvedAmount: number | null;
  readonly spentAmount: number | null;
  /** the same in the organization's currency, as Dataverse has converted them */
  readonly approvedBase: number | null;
  readonly spentBase: number | null;
  /** no approval has been given yet: the amount is planned, and no total of approved ones has it (F-106) */
  readonly isDraft: boolean;
  /** the project waits for an administrator since; null where it does not (F-107) */
  readonly heldSince: string | null;
  /** hours logged in all */
  readonly hours: number | null;
  /** address of the project, where it is one that a browser may open */
  readonly url: string | null;
  readonly lastSyncOn: string | null;
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
  /** the last run failed, and there will be others: the figures are those of the last that did not */
  readonly isFailing: boolean;
  readonly isCompleted: boolean;
  readonly createdOn: string | null;
  /** row and state of it: figures read with it need no second look while it stands still */
  readonly version: string;
  /** calendar days, and as this person's settings write them */
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly periodTexts: Readonly<Record<'from' | 'to', string>>;
  /** empty where it is not known */
  readonly currencyId: string;
  readonly discrepancies: readonly Discrepancy[];
}

/** Work costs money and is not done: there is something to forecast. */
export function isRunning({ isCompleted, spentAmount }: PortfolioRow): boolean {
  return !isCompleted && spentAmount !== null && spentAmount > 0;
}

export function readPortfolioRow(record: EntityRecord): PortfolioRow {
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
  const hundredths = (column: ColumnName): number | null => {
    const amount = number(column);
    return amount === null ? null : Math.round(amount * 100);
  };
  const id = record.getRecordId();
  const url = text('crmjira_jira_project_url');
  const lastError = text('crmjira_last_error');
  const status = number('crmjira_budget_status');
  const provisioning = number('crmjira_provisioning_state');
  const isLinked = provisioning === ProvisioningState.Linked;
  const lastErrorCode = text('crmjira_last_error_code');
  const isCompleted = status === BudgetStatus.Completed || instant('crmjira_completed_on') !== null;
  const opportunityId = lookupId(record.getValue('crmjira_opportunity_id'));
  return {
    id,
    opportunity: opportunityId === null ? null : { id: opportunityId, name: shown('crmjira_opportunity_id') },
    projectName: text('crmjira_jira_project_name'),
    // Announced before there is a project: nobody finds that key in Jira (F-107).
    key: (provisioning !== ProvisioningState.Requested && text('crmjira_jira_project_key')) || '',
    status,
    statusText: shown('crmjira_budget_status'),
    percent: number('crmjira_utilization'),
    approved: shown('crmjira_approved_budget'),
    spent: shown('crmjira_spent_amount'),
    remaining: shown('crmjira_remaining_budget'),
    isNegative: (number('crmjira_remaining_budget') ?? 0) < 0,
    approvedAmount: hundredths('crmjira_approved_budget'),
    spentAmount: hundredths('crmjira_spent_amount'),
    approvedBase: hundredths('crmjira_approved_budget_base'),
    spentBase: hundredths('crmjira_spent_amount_base'),
    isDraft: status === BudgetStatus.Draft && !isCompleted,
    heldSince: !isLinked && isHeld({ lastErrorCode }) ? instant('crmjira_held_on') : null,
    hours: number('crmjira_total_hours'),
    url: /^https?:/.test(url ?? '') ? url : null,
    jiraAmount: shown('crmjira_jira_amount'),
    lastSyncOn: instant('crmjira_last_sync_date'),
    lastError,
    lastErrorCode,
    isFailing: lastError !== null && !isCompleted && isLinked,
    isCompleted,
    createdOn: instant('createdon'),
    version: id + instant('modifiedon'),
    periodFrom: instant('crmjira_period_from')?.slice(0, 10) ?? null,
    periodTo: instant('crmjira_period_to')?.slice(0, 10) ?? null,
    periodTexts: { from: shown('crmjira_period_from'), to: shown('crmjira_period_to') },
    currencyId: lookupId(record.getValue('transactioncurrencyid')) ?? '',
    discrepancies: parseDiscrepancies(text('crmjira_discrepancies')),
  };
}

/** `{id: {guid}, …}` in a model-driven app; other hosts give the id itself. */
function lookupId(value: unknown): string | null {
  // Nothing is assumed about what a host puts here, every step is checked.
  const id = (value as { readonly id?: { readonly guid?: unknown } } | null | undefined)?.id;
  const guid = id?.guid ?? id;
  return typeof guid === 'string' ? plainId(guid) : null;
}

/** The columns that the grid and its details are drawn from: those that reading a row asks for, whatever the row holds. */
export function columnsOfRow(): ReadonlySet<string> {
  const asked = new Set<string>();
  const ask = (column: string): string => {
    asked.add(column);
    return '';
  };
  // A record that is only asked.
  readPortfolioRow({ getRecordId: String, getValue: ask, getFormattedValue: ask } as unknown as EntityRecord);
  return asked;
}
