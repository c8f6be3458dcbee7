import { plainId } from '@crmjira/form-data';
import { OpportunityState, BudgetStatus, type Money, type ProvisioningState, moneyFromDecimal } from '@crmjira/domain';
import { saysYes } from '../pages/platform/environment-variable';

/** `crmjira_DefaultCurrency` (D-10) */
const DEFAULT_CURRENCY = 'CAD';

/** What the gates need that may not stand on the form. */
export interface RecordFacts {
  readonly isOpen: boolean;
  /** ISO code */
  readonly currency: string;
  /** null: no mapping yet, or none that this person may read */
  readonly provisioningState: ProvisioningState | null;
  /** null: no mapping yet, completed, or amounts that column security hides */
  readonly burn: { readonly spent: Money; readonly approved: Money } | null;
}

/** Environment variables of the type number, read once for the page. */
const numbers = new Map<string, Promise<number>>();

/** What a budget must exceed to get a project, major units (D-10). */
export function readThreshold(): Promise<number> {
  return readNumber('crmjira_BudgetThreshold', 10_000);
}

/** Share of the budget from which it is warned, percent (D-10). */
export function readWarningPercent(): Promise<number> {
  return readNumber('crmjira_WarningThreshold', 80);
}

/** Forgets what was read; for tests of another environment. */
export function forgetThreshold(): void {
  numbers.clear();
}

function readNumber(name: string, otherwise: number): Promise<number> {
  const known = numbers.get(name);
  if (known) return known;
  const read = fetchVariable(name).then(
    (value) => {
      const number = Number(value ?? otherwise);
      return Number.isFinite(number) ? number : otherwise;
    },
    (error: unknown) => {
      numbers.delete(name);
      throw error;
    },
  );
  numbers.set(name, read);
  return read;
}

/** Current value of an environment variable, else its default; undefined when there is neither. */
async function fetchVariable(name: string): Promise<unknown> {
  const { entities } = await Xrm.WebApi.retrieveMultipleRecords(
    'environmentvariabledefinition',
    `?$select=defaultvalue&$filter=schemaname eq '${name}'` +
      '&$expand=environmentvariabledefinition_environmentvariablevalue($select=value)',
  );
  const [definition] = entities;
  const value: unknown = definition?.['environmentvariabledefinition_environmentvariablevalue']?.[0]?.value;
  return value ?? definition?.['defaultvalue'];
}

/** An environment variable of the type yes or no. @param otherwise where nothing is set */
export async function readFlag(name: string, otherwise: boolean): Promise<boolean> {
  const value = await fetchVariable(name);
  return typeof value === 'string' && value !== '' ? saysYes(value) : otherwise;
}

/** @param recordId as the form gives it, with or without braces */
export async function readRecordFacts(recordId: string): Promise<RecordFacts> {
  const id = plainId(recordId);
  const [record, mappings] = await Promise.all([
    Xrm.WebApi.retrieveRecord(
      'opportunity',
      id,
      '?$select=statecode&$expand=transactioncurrencyid($select=isocurrencycode)',
    ),
    Xrm.WebApi.retrieveMultipleRecords(
      'crmjira_budget_mapping',
      '?$select=crmjira_provisioning_state,crmjira_budget_status,crmjira_approved_budget,crmjira_spent_amount' +
        `&$expand=transactioncurrencyid($select=isocurrencycode)&$filter=_crmjira_opportunity_id_value eq ${id}&$top=1`,
    ),
  ]);
  const [mapping] = mappings.entities;
  return {
    isOpen: record['statecode'] === OpportunityState.Open,
    currency: record['transactioncurrencyid']?.isocurrencycode ?? DEFAULT_CURRENCY,
    provisioningState: mapping?.['crmjira_provisioning_state'] ?? null,
    burn: mapping ? burnOf(mapping) : null,
  };
}

/** In the mapping's own currency: approved figures keep theirs. */
function burnOf(mapping: Readonly<Record<string, unknown>>): RecordFacts['burn'] {
  const {
    crmjira_budget_status: status,
    crmjira_approved_budget: approved,
    crmjira_spent_amount: spent,
    transactioncurrencyid: currency,
  } = mapping;
  if (status === BudgetStatus.Completed || typeof approved !== 'number' || typeof spent !== 'number') return null;
  const { isocurrencycode: code = DEFAULT_CURRENCY } = (currency ?? {}) as { readonly isocurrencycode?: string }; // as expanded above
  return { spent: moneyFromDecimal(spent, code), approved: moneyFromDecimal(approved, code) };
}
