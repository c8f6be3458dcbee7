import type {
  BudgetCategoryRow,
  BudgetCategoryType,
  BudgetSnapshotRow,
  EfficiencyRating,
  FinalReportRow,
  Money,
  Performance,
} from '@crmjira/domain';
import {
  type Currency,
  DEFAULT_CURRENCY,
  type RawRow,
  type Snapshot,
  dateField,
  moneyField,
  numberField,
  parseSnapshots,
  textField,
  isForbidden,
} from '@crmjira/form-data';

/** What was planned for a kind of work. */
export interface ReportCategory {
  readonly name: string;
  readonly type: BudgetCategoryType | null;
  readonly budget: Money | null;
  readonly rate: Money | null;
}

/** A final report with the days that led to it; null: empty, or hidden by column security. */
export interface Report {
  readonly projectName: string | null;
  readonly projectKey: string | null;
  readonly currency: Currency;
  readonly generatedOn: string | null;
  readonly completedOn: string | null;
  readonly approved: Money | null;
  readonly actual: Money | null;
  readonly variance: Money | null;
  readonly variancePercent: number | null;
  readonly performance: Performance | null;
  readonly rating: EfficiencyRating | null;
  readonly hours: number | null;
  readonly rate: Money | null;
  readonly dailyHours: number | null;
  readonly durationDays: number | null;
  /** ascending by day */
  readonly days: readonly Snapshot[];
  readonly categories: readonly ReportCategory[];
}

/** Days that are read, the newest first: more than thirteen years, and one page of Dataverse. */
const DAYS_AT_MOST = 5_000;

const REPORT: readonly (keyof FinalReportRow)[] = [
  'crmjira_project_name',
  'crmjira_project_key',
  'crmjira_generated_on',
  'crmjira_completion_date',
  'crmjira_approved',
  'crmjira_actual',
  'crmjira_variance',
  'crmjira_variance_percentage',
  'crmjira_performance',
  'crmjira_efficiency_rating',
  'crmjira_total_hours',
  'crmjira_average_hourly_rate',
  'crmjira_avg_daily_hours',
  'crmjira_duration_days',
  '_crmjira_budget_mapping_id_value',
];
const DAYS: readonly (keyof BudgetSnapshotRow)[] = [
  'crmjira_snapshot_date',
  'crmjira_spent_amount',
  'crmjira_approved_budget',
  'crmjira_total_hours',
];
const CATEGORIES: readonly (keyof BudgetCategoryRow)[] = [
  'crmjira_name',
  'crmjira_type',
  'crmjira_budget_amount',
  'crmjira_default_rate',
];

/** @param id of the report's row @throws what the client API throws when the row cannot be read */
export async function readReport(id: string): Promise<Report> {
  const row: RawRow = await Xrm.WebApi.retrieveRecord(
    'crmjira_final_report',
    id,
    `?$select=${REPORT.join()}&$expand=transactioncurrencyid($select=isocurrencycode,currencysymbol)`,
  );
  const currency = currencyIn(row['transactioncurrencyid']);
  const mapping = textField(row, '_crmjira_budget_mapping_id_value');
  const [days, categories] = await Promise.all([readDays(mapping, currency), readCategories(mapping, currency)]);
  const money = (column: keyof FinalReportRow): Money | null => moneyField(row, column, currency);
  return {
    projectName: textField(row, 'crmjira_project_name'),
    projectKey: textField(row, 'crmjira_project_key'),
    currency,
    generatedOn: dateField(row, 'crmjira_generated_on'),
    completedOn: dateField(row, 'crmjira_completion_date'),
    approved: money('crmjira_approved'),
    actual: money('crmjira_actual'),
    variance: money('crmjira_variance'),
    variancePercent: numberField(row, 'crmjira_variance_percentage'),
    // Global choices: their values are of these types.
    performance: numberField(row, 'crmjira_performance') as Performance | null,
    rating: numberField(row, 'crmjira_efficiency_rating') as EfficiencyRating | null,
    hours: numberField(row, 'crmjira_total_hours'),
    rate: money('crmjira_average_hourly_rate'),
    dailyHours: numberField(row, 'crmjira_avg_daily_hours'),
    durationDays: numberField(row, 'crmjira_duration_days'),
    days,
    categories,
  };
}

function currencyIn(expanded: unknown): Currency {
  if (typeof expanded !== 'object' || expanded === null) return DEFAULT_CURRENCY;
  const row: RawRow = { ...expanded };
  const code = textField(row, 'isocurrencycode') ?? DEFAULT_CURRENCY.code;
  return { code, symbol: textField(row, 'currencysymbol') ?? code };
}

async function readDays(mapping: string | null, { code }: Currency): Promise<readonly Snapshot[]> {
  const rows = await rowsOf('crmjira_budget_snapshot', mapping, DAYS, 'crmjira_snapshot_date desc');
  return parseSnapshots([...rows].reverse(), code);
}

async function readCategories(mapping: string | null, currency: Currency): Promise<readonly ReportCategory[]> {
  const rows = await rowsOf('crmjira_budget_category', mapping, CATEGORIES, 'crmjira_name');
  return rows.map((row) => ({
    name: textField(row, 'crmjira_name') ?? '',
    // A choice of the table: its values are of this type.
    type: numberField(row, 'crmjira_type') as BudgetCategoryType | null,
    budget: moneyField(row, 'crmjira_budget_amount', currency),
    rate: moneyField(row, 'crmjira_default_rate', currency),
  }));
}

/** Rows of the report's mapping; none where the person may not read them: the figures stand without. */
async function rowsOf(
  table: string,
  mapping: string | null,
  columns: readonly string[],
  orderBy: string,
): Promise<readonly RawRow[]> {
  if (mapping === null) return [];
  const query = `?$select=${columns.join()}&$filter=_crmjira_budget_mapping_id_value eq ${mapping}&$orderby=${orderBy}`;
  try {
    return (await Xrm.WebApi.retrieveMultipleRecords(table, query, DAYS_AT_MOST)).entities;
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}
