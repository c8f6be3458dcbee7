import type { RawRow } from '../row/row-fields';
import type { WebApi } from '../store/desk';

/** Settings of the environment that the controls name in their texts (D-10). */
export interface Settings {
  /** `crmjira_BudgetThreshold`, major units; strictly greater provisions */
  readonly budgetThreshold: number;
  /** `crmjira_WarningThreshold`, percent, inclusive */
  readonly warningPercent: number;
}

/** Defaults of D-10; they also hold for users who may not read environment variables. */
export const DEFAULT_SETTINGS: Settings = { budgetThreshold: 10_000, warningPercent: 80 };

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';

export const SETTINGS_QUERY =
  `?$select=schemaname,defaultvalue&$expand=${VALUES}($select=value)` +
  "&$filter=schemaname eq 'crmjira_BudgetThreshold' or schemaname eq 'crmjira_WarningThreshold'";

export function parseSettings(rows: readonly RawRow[]): Settings {
  const read = (name: string, fallback: number): number => {
    const row = rows.find((candidate) => candidate.schemaname === name);
    // An expanded collection: an array of rows, of which there is one at most.
    const [current] = (row?.[VALUES] ?? []) as readonly RawRow[];
    const value = Number(current?.value ?? row?.defaultvalue);
    return value > 0 ? value : fallback;
  };
  return {
    budgetThreshold: read('crmjira_BudgetThreshold', DEFAULT_SETTINGS.budgetThreshold),
    warningPercent: read('crmjira_WarningThreshold', DEFAULT_SETTINGS.warningPercent),
  };
}

/** They only phrase texts, so the defaults stand in for people who may not read environment variables. */
export function readSettings(webApi: Pick<WebApi, 'retrieveMultipleRecords'>): Promise<Settings> {
  return webApi.retrieveMultipleRecords('environmentvariabledefinition', SETTINGS_QUERY).then(
    ({ entities }) => parseSettings(entities),
    () => DEFAULT_SETTINGS,
  );
}
