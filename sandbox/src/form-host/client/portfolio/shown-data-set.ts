import type { TableDefinition, ViewDefinition } from '../../contract';
import type { ShownGrid } from '../sub-grid/grid-model';

export interface ShownDataSetParts {
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly table: TableDefinition;
  readonly view: ViewDefinition;
  readonly fetchXml: string;
  readonly refreshRibbon: () => void;
}

/** The rows of a data set component as the command bar above it knows them: the component says which are selected. */
export function shownDataSet({ dataset, refreshRibbon, ...parts }: ShownDataSetParts): ShownGrid {
  const rows = dataset.sortedRecordIds.flatMap((id) => dataset.records[id] ?? []);
  const shown = new Set(dataset.sortedRecordIds);
  return {
    ...parts,
    rows,
    selectedIds: new Set(dataset.getSelectedRecordIds().filter((id) => shown.has(id))),
    total: Math.max(dataset.paging.totalResultCount, rows.length),
    refresh: () => dataset.refresh(),
    refreshRibbon,
  };
}
