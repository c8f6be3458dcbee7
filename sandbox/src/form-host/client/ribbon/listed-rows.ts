import type { ShownGrid } from '../sub-grid/grid-model';
import type { ListedRows } from './ribbon-context';

/** What a command bar above a list is told of its rows. @param control the list's grid context */
export function listedRows({ table, rows, selectedIds }: ShownGrid, control: unknown): ListedRows {
  return {
    table: table.name,
    control,
    selectedIds,
    all: rows.map((row) => ({
      id: row.getRecordId(),
      name: row.getFormattedValue(table.primaryName),
      entityType: table.name,
    })),
  };
}
