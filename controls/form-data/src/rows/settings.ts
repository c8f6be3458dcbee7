import { type RawRow, textField } from './row-fields';

/** Settings of the environment that the controls name in their texts (DATA-MODEL 10). */
export interface Settings {
  /** `crmjira_BudgetThreshold`, major units; strictly greater provisions */
  readonly budgetThreshold: number;
  /** `crmjira_WarningThreshold`, percent, inclusive */
  readonly warningPercent: number;
}

/** Defaults of DATA-MODEL 10; they also hold for users who may not read environment variables. */
export const DEFAULT_SETTINGS: Settings = { budgetThreshold: 10_000, warningPercent: 80 };

const VALUES = 'environmentvariabledefinition_environmentvariablevalue';

export const SETTINGS_QUERY =
  "?$select=schemaname,defaultvalue&$filter=schemaname eq 'crmjira_BudgetThreshold' or schemaname eq 'crmjira_WarningThreshold'" +
  `&$expand=${VALUES}($select=value)`;

export function parseSettings(rows: readonly RawRow[]): Settings {
  const read = (name: string, fallback: number): number => {
    const row = rows.find((candidate) => candidate.schemaname === name);
    if (!row) return fallback;
    const values: unknown = row[VALUES];
    // An expanded collection: an array of rows, each read through textField.
    const current = Array.isArray(values) && values[0] ? textField(values[0] as RawRow, 'value') : null;
    const value = Number(current ?? textField(row, 'defaultvalue') ?? NaN);
    return Number.isFinite(value) && value > 0 ? value : fallback;
  };
  return {
    budgetThreshold: read('crmjira_BudgetThreshold', DEFAULT_SETTINGS.budgetThreshold),
    warningPercent: read('crmjira_WarningThreshold', DEFAULT_SETTINGS.warningPercent),
  };
}
