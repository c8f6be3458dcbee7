import type { TableDefinition, ViewDefinition } from '../../contract';
import type { FetchedPage, Row } from '../web-api/web-api';
import { changedFetchXml, sortingOf } from './fetch-xml';

type DataSet = ComponentFramework.PropertyTypes.DataSet;
type FilterExpression = ComponentFramework.PropertyHelper.DataSetApi.FilterExpression;
type EntityRecord = ComponentFramework.PropertyHelper.DataSetApi.EntityRecord;

export interface DataSetParts {
  readonly table: TableDefinition;
  readonly view: ViewDefinition;
  readonly title: string;
  /** one page of the view's query, asked of Dataverse under the person's own privileges */
  readonly read: (fetchXml: string) => Promise<FetchedPage>;
  /** a row as the component reads it */
  readonly record: (row: Row) => EntityRecord;
  readonly label: (column: string) => string;
  /** the component is to be updated; `haveCome` tells that rows were read */
  readonly changed: (haveCome: boolean) => void;
}

/** Rows of a page when the component has not said: "Records per page" of the person's settings. */
const DEFAULT_PAGE = 50;

/**
 * Data set of a component on a view, as the platform's runtime keeps it: columns, filter and sorting are changed by the component
 * and take effect with `refresh`; `loadNextPage` adds to what is shown. Every change ends in `updateView`.
 */
export function createDataSet(parts: DataSetParts): DataSet {
  const { table, view } = parts;
  const added: string[] = [];
  let filter: FilterExpression | null = null;
  let selected: string[] = [];
  let asked = 0;
  let cookie: string | null = null;
  let page = 1;

  const load = async (wanted: number): Promise<void> => {
    const question = ++asked;
    const isFirst = wanted === 1;
    dataset.loading = true;
    parts.changed(false);
    try {
      const found = await parts.read(
        changedFetchXml(view.fetchXml, {
          columns: added,
          filter,
          sorting: dataset.sorting,
          pageSize: paging.pageSize,
          page: wanted,
          cookie: isFirst ? null : cookie,
        }),
      );
      // Asked anew meanwhile: the later answer counts.
      if (question !== asked) return;
      const records = found.rows.map(parts.record);
      page = wanted;
      cookie = found.cookie;
      dataset.records = {
        ...(isFirst ? {} : dataset.records),
        ...Object.fromEntries(records.map((record) => [record.getRecordId(), record])),
      };
      const ids = records.map((record) => record.getRecordId());
      dataset.sortedRecordIds = isFirst ? ids : [...dataset.sortedRecordIds, ...ids];
      Object.assign(paging, {
        hasNextPage: found.more,
        hasPreviousPage: wanted > 1,
        totalResultCount: found.total,
        lastPageNumber: wanted,
      });
      Object.assign(dataset, { error: false, errorMessage: '' });
    } catch (error) {
      if (question !== asked) return;
      Object.assign(dataset, { error: true, errorMessage: error instanceof Error ? error.message : String(error) });
    }
    dataset.loading = false;
    parts.changed(!dataset.error);
  };

  const paging: DataSet['paging'] = {
    totalResultCount: -1,
    firstPageNumber: 1,
    lastPageNumber: 1,
    pageSize: DEFAULT_PAGE,
    hasNextPage: false,
    hasPreviousPage: false,
    loadNextPage: () => void load(page + 1),
    loadPreviousPage: () => void load(Math.max(1, page - 1)),
    loadExactPage: (number) => void load(number),
    reset: () => {
      page = 1;
      cookie = null;
    },
    setPageSize: (size) => {
      paging.pageSize = size;
    },
  };
  const dataset: DataSet = {
    loading: true,
    error: false,
    errorMessage: '',
    columns: view.columns.map((name, order) => ({
      name,
      displayName: parts.label(name),
      dataType: table.columns[name]?.type ?? 'SingleLine.Text',
      alias: name,
      order,
      visualSizeFactor: 1,
    })),
    records: {},
    sortedRecordIds: [],
    sorting: sortingOf(view.fetchXml),
    paging,
    filtering: {
      getFilter: () => filter ?? { conditions: [], filterOperator: 0 },
      setFilter: (expression) => {
        filter = expression;
      },
      clearFilter: () => {
        filter = null;
      },
    },
    linking: { getLinkedEntities: () => [], addLinkedEntity: () => undefined },
    addColumn: (name) => {
      if (!added.includes(name)) added.push(name);
    },
    refresh: () => void load(1),
    getSelectedRecordIds: () => selected,
    setSelectedRecordIds: (ids) => {
      selected = [...ids];
      parts.changed(false);
    },
    clearSelectedRecordIds: () => {
      selected = [];
      parts.changed(false);
    },
    getTargetEntityType: () => table.name,
    getTitle: () => parts.title,
    getViewId: () => view.id,
    openDatasetItem: () => undefined,
  } as DataSet; // the type also lists what only canvas apps have
  return dataset;
}
