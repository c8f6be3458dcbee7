import type { ColumnName } from './columns';

type SortStatus = ComponentFramework.PropertyHelper.DataSetApi.SortStatus;

/** SortDirection of the data set API: 0 ascending, 1 descending. */
const ASCENDING = 0;
const DESCENDING = 1;

export type Sorted = 'ascending' | 'descending' | 'none';

export function sortedBy(sorting: readonly SortStatus[], column: ColumnName | null): Sorted {
  const [first] = sorting;
  if (first?.name !== column) return 'none';
  return first.sortDirection === DESCENDING ? 'descending' : 'ascending';
}

/** Figures are first looked at from the largest, words from A; a second press turns it round. */
export function nextSort(sorting: readonly SortStatus[], column: ColumnName, isFigure: boolean): SortStatus {
  const now = sortedBy(sorting, column);
  const descending = now === 'none' ? isFigure : now === 'ascending';
  return { name: column, sortDirection: descending ? DESCENDING : ASCENDING };
}
