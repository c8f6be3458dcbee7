import type { ProvisioningState } from '@crmjira/domain';

/** `crmjira_BudgetThreshold` where no environment says otherwise, major units (DATA-MODEL 10). */
const DEFAULT_THRESHOLD = 10_000;
const THRESHOLD_VARIABLE = 'crmjira_BudgetThreshold';
/** Open, of `statecode`. */
const OPEN = 0;

/** What the gates need that may not stand on the form. */
export interface RecordFacts {
  readonly isOpen: boolean;
  /** ISO code */
  readonly currency: string;
  /** null: no mapping yet, or none that this person may read */
  readonly provisioningState: ProvisioningState | null;
}

let threshold: Promise<number> | null = null;

/** Threshold of the environment, read once for the page: its current value, else its default. Major units. */
export function readThreshold(): Promise<number> {
  threshold ??= fetchThreshold().catch((error: unknown) => {
    threshold = null;
    throw error;
  });
  return threshold;
}

/** Forgets the threshold that was read; for tests of another environment. */
export function forgetThreshold(): void {
  threshold = null;
}

async function fetchThreshold(): Promise<number> {
  const number = Number((await fetchVariable(THRESHOLD_VARIABLE)) ?? DEFAULT_THRESHOLD);
  return Number.isFinite(number) ? number : DEFAULT_THRESHOLD;
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
  return typeof value === 'string' && value !== ''
    ? ['yes', 'true', '1', 'on'].includes(value.toLowerCase())
    : otherwise;
}

/** @param recordId as the form gives it, with or without braces */
export async function readRecordFacts(recordId: string): Promise<RecordFacts> {
  const id = recordId.replace(/[{}]/g, '').toLowerCase();
  const [record, mappings] = await Promise.all([
    Xrm.WebApi.retrieveRecord(
      'opportunity',
      id,
      '?$select=statecode&$expand=transactioncurrencyid($select=isocurrencycode)',
    ),
    Xrm.WebApi.retrieveMultipleRecords(
      'crmjira_budget_mapping',
      `?$select=crmjira_provisioning_state&$filter=_crmjira_opportunity_id_value eq ${id}&$top=1`,
    ),
  ]);
  return {
    isOpen: record['statecode'] === OPEN,
    currency: record['transactioncurrencyid']?.isocurrencycode ?? 'CAD',
    provisioningState: mappings.entities[0]?.['crmjira_provisioning_state'] ?? null,
  };
}
