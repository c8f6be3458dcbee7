import type { ShownGrid } from '../sub-grid/grid-model';
import { collectionApi } from './collection';
import { refused } from './not-there';

type EntityRecord = ShownGrid['rows'][number];

const choices = ['Picklist', 'State', 'Status'];

/** Rows of a grid: a collection of GridRow, each by the id of its record. */
export function rowsApi(grid: ShownGrid, rows: readonly EntityRecord[]) {
  return collectionApi(
    rows.map((row) => row.getRecordId()),
    (id) => {
      const row = rows.find((one) => one.getRecordId() === id);
      return row ? rowApi(row, grid) : null;
    },
  );
}

function rowApi(row: EntityRecord, { table, view }: ShownGrid) {
  const id = row.getRecordId();
  const name = row.getFormattedValue(table.primaryName);
  const shown = view?.columns.filter((column) => column in table.columns) ?? [];
  const entity = {
    attributes: collectionApi(shown, (column) =>
      shown.includes(column) ? cellApi(row, column, choices.includes(table.columns[column]?.type ?? '')) : null,
    ),
    getEntityName: () => table.name,
    getEntityReference: () => ({ entityType: table.name, id, name }),
    getId: () => `{${id.toUpperCase()}}`,
    getPrimaryAttributeValue: () => name,
  };
  const data = { entity, getEntity: () => entity };
  return { data, getData: () => data };
}

/** GridAttribute of a column that the view shows. */
function cellApi(row: EntityRecord, column: string, isChoice: boolean) {
  const getValue = () => {
    const value: unknown = row.getValue(column);
    if (value === null || value === undefined) return null;
    return isChoice ? Number(value) : toScript(value);
  };
  return refused('cell of a read-only grid', { getName: () => column, getValue });
}

/** A data set names the row of a lookup in its own way, the client API by an array of one. */
function toScript(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('etn' in value)) return value;
  const { etn, id, name } = value as { etn: string; id: { guid: string }; name: string };
  return [{ id: id.guid, name, entityType: etn }];
}
