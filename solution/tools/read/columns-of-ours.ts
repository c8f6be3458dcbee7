import type { ColumnMetadata } from '@crmjira/domain';

/** Columns that the solution adds: without those that the platform gives every table, and without amounts in base currency. */
export function columnsOfOurs(columns: readonly ColumnMetadata[]): ColumnMetadata[] {
  const twins = new Set(columns.map(({ baseColumn }) => baseColumn));
  return columns.filter(({ isCustom, logicalName }) => isCustom && !twins.has(logicalName));
}
