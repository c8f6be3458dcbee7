import { type BudgetMappingRow, type Money, moneyFromDecimal } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import { type Currencies, type Currency, currencyOf } from '../environment/currencies';
import type { RawRow } from '../row/row-fields';

const { text, number, date, flag } = columnsOf<BudgetMappingRow>();

/** By type and name: like beside like packs best. */
const COLUMNS = {
  connectionId: text('_crmjira_integration_id_value'),
  currencyId: text('_transactioncurrencyid_value'),
  id: text('crmjira_budget_mappingid'),
  reference: text('crmjira_integration_reference'),
  lead: text('crmjira_jira_lead'),
  projectKey: text('crmjira_jira_project_key'),
  projectName: text('crmjira_jira_project_name'),
  projectStatus: text('crmjira_jira_project_status'),
  projectUrl: text('crmjira_jira_project_url'),
  /** a sentence of the integration about the last sync that failed; null when it worked */
  lastError: text('crmjira_last_error'),
  /** kind of that failure: see failure-words.ts */
  lastErrorCode: text('crmjira_last_error_code'),
  /** JSON text as stored: see milestones.ts */
  milestones: text('crmjira_milestones'),
  approved: number('crmjira_approved_budget'),
  approvedBase: number('crmjira_approved_budget_base'),
  budgetStatus: number('crmjira_budget_status'),
  issuesDone: number('crmjira_issues_done'),
  issuesOpen: number('crmjira_issues_open'),
  /** amount seen in Jira; differs from approved: discrepancy */
  jiraAmount: number('crmjira_jira_amount'),
  mappingStatus: number('crmjira_mapping_status'),
  provisioning: number('crmjira_provisioning_state'),
  spent: number('crmjira_spent_amount'),
  spentBase: number('crmjira_spent_amount_base'),
  hours: number('crmjira_total_hours'),
  rate: number('exchangerate'),
  createdOn: date('createdon'),
  completedOn: date('crmjira_completed_on'),
  /** since when the project waits for an administrator: see freshness.ts, isHeld */
  heldOn: date('crmjira_held_on'),
  /** since when runs fail for that reason */
  since: date('crmjira_failing_since'),
  /** last change applied, or last sync of its connection where that was asked for: see connection.ts */
  lastSyncOn: date('crmjira_last_sync_date'),
  /** when the integration tries again by itself; null when it does not, or soon */
  nextRetryOn: date('crmjira_next_retry_on'),
  periodFrom: date('crmjira_period_from'),
  projectArchived: flag('crmjira_project_archived'),
};

/** The budget mapping of the opportunity (D-3.2). Money is null where column security hides it. */
export interface Mapping extends Omit<Values<typeof COLUMNS>, 'approved' | 'spent' | 'jiraAmount'> {
  /** changes with the row: figures and snapshots need no second look while it stands still */
  readonly version: string;
  /** false: nobody could say whether the figures are old or only unchanged */
  readonly ageIsKnown: boolean;
  readonly currency: Currency;
  readonly approved: Money | null;
  readonly spent: Money | null;
  readonly jiraAmount: Money | null;
  /** the same figures in the organization's currency, with the rate they were computed at */
  readonly base: {
    readonly currency: Currency;
    readonly approved: Money;
    readonly spent: Money;
    readonly rate: number;
  } | null;
}

export const MAPPING_SELECT = selectOf(COLUMNS);

export function parseMapping(row: RawRow, currencies: Currencies): Mapping {
  const values = readColumns(row, COLUMNS);
  const currency = currencyOf(values.currencyId, currencies);
  const { base } = currencies;
  const { approvedBase, spentBase, rate } = values;
  const money = (value: number | null, code = currency.code): Money | null =>
    value === null ? null : moneyFromDecimal(value, code);
  const approved = base && money(approvedBase, base.code);
  const spent = base && money(spentBase, base.code);
  return {
    ...values,
    // The row's own ETag where the client passes it on; else all that was read of it.
    version: String(row['@odata.etag'] ?? Object.values(values)),
    ageIsKnown: true,
    currency,
    approved: money(values.approved),
    spent: money(values.spent),
    jiraAmount: money(values.jiraAmount),
    base:
      base && base.code !== currency.code && approved && spent && rate
        ? { currency: base, approved, spent, rate }
        : null,
  };
}
