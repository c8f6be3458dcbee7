import type { BudgetMappingRow } from '@crmjira/domain';

/** Rows of one page: the most that a Dataverse view gives at once. */
export const PAGE_SIZE = 250;

/** A data set names a lookup by its column, a row of the Web API by `_<column>_value`. */
type LookupName = keyof BudgetMappingRow extends infer Name
  ? Name extends `_${infer Column}_value`
    ? Column
    : never
  : never;

/** Columns of the budget mapping as a data set names them, checked against the generated schema. */
export type ColumnName = LookupName | (keyof BudgetMappingRow & string);
