import type { TableDefinition, ViewDefinition } from '../../contract';
import { type Language, labelIn } from '../language';
import { createDataSet } from '../data-set/data-set';
import { filteredFetchXml } from '../data-set/fetch-xml';
import { recordOf } from '../data-set/record';
import { entitySetOf } from '../web-api/tables';
import { WebApiError, readFetch } from '../web-api/web-api';

type DataSet = ComponentFramework.PropertyTypes.DataSet;
type EntityRecord = ComponentFramework.PropertyHelper.DataSetApi.EntityRecord;
type FilterExpression = ComponentFramework.PropertyHelper.DataSetApi.FilterExpression;

export interface GridParts {
  readonly table: TableDefinition;
  /** to choose from, the first one shown unless `viewId` names another */
  readonly views: readonly ViewDefinition[];
  readonly viewId: string | null;
  /** Only the rows whose lookup holds this record. */
  readonly lookup: { readonly column: string; readonly id: string } | null;
  readonly rowsPerPage: number;
  readonly language: Language;
  /** ISO code of a currency row */
  readonly currencyCode: (id: string) => string;
  /** Called whenever rows have come. */
  readonly onLoad?: () => void;
}

export interface GridColumn {
  readonly name: string;
  readonly label: string;
  /** A column of another table, joined by the view, cannot be sorted by. */
  readonly sortable: boolean;
  readonly sorted: 'ascending' | 'descending' | null;
  readonly isNumber: boolean;
}

/** ConditionOperator "Equal" and directions of the data set API. */
const EQUAL = 0;
const ASCENDING = 0;
const DESCENDING = 1;
const numbers = ['Money', 'Decimal', 'Double', 'Integer'];

/** What scripts and the ribbon may know of a list: its rows, and which of them are selected. */
export interface ShownGrid {
  readonly table: TableDefinition;
  readonly view: ViewDefinition | null;
  readonly rows: readonly EntityRecord[];
  /** of the shown rows */
  readonly selectedIds: ReadonlySet<string>;
  /** every row of the view, shown or not */
  readonly total: number;
  /** the query that the rows came by */
  readonly fetchXml: string;
  refresh(): void;
  /** The rules of its command bar are asked again. */
  refreshRibbon(): void;
}

/** Rows of one table by a view, page by page: what a list and a sub-grid show. */
export class GridModel implements ShownGrid {
  view: ViewDefinition | null;
  version = 0;
  /** How often rows have come. */
  private loads = 0;
  /** How often its command bar was asked to look again. */
  private ribbonRefreshes = 0;
  /** The query that the rows came by; empty before the first one. */
  fetchXml = '';
  /** FetchXML filter element of a script, for the rows that come next; empty: none. */
  filterXml = '';
  /** Dataverse refused the rows to this person. */
  refused = false;
  /** what a component over the view is given */
  dataset: DataSet | null;
  private readonly listeners = new Set<() => void>();

  constructor(readonly parts: GridParts) {
    this.view = parts.views.find(({ id }) => id === parts.viewId) ?? parts.views[0] ?? null;
    this.dataset = this.view && this.dataSetOf(this.view);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get columns(): readonly GridColumn[] {
    const { table } = this.parts;
    return (this.dataset?.columns ?? []).map(({ name, displayName }) => {
      const sorting = this.dataset?.sorting.find((one) => one.name === name);
      return {
        name,
        label: displayName,
        sortable: name in table.columns,
        sorted: sorting === undefined ? null : sorting.sortDirection === DESCENDING ? 'descending' : 'ascending',
        isNumber: numbers.includes(table.columns[name]?.type ?? ''),
      };
    });
  }

  get rows(): readonly EntityRecord[] {
    const { dataset } = this;
    return dataset === null ? [] : dataset.sortedRecordIds.flatMap((id) => dataset.records[id] ?? []);
  }

  get table(): TableDefinition {
    return this.parts.table;
  }

  /** A row that is shown no longer is not selected either. */
  get selectedIds(): ReadonlySet<string> {
    const chosen = new Set(this.dataset?.getSelectedRecordIds());
    return new Set(this.rows.map((row) => row.getRecordId()).filter((id) => chosen.has(id)));
  }

  select(ids: Iterable<string>): void {
    this.dataset?.setSelectedRecordIds([...ids]);
    this.tell();
  }

  /** Selects a row that is not selected, and the other way round. */
  toggle(id: string): void {
    const ids = new Set(this.selectedIds);
    if (!ids.delete(id)) ids.add(id);
    this.select(ids);
  }

  refreshRibbon(): void {
    this.ribbonRefreshes += 1;
    this.tell();
  }

  /** Another one whenever rows, selection or a script ask the rules of the command bar anew. */
  get ribbonVersion(): string {
    return `${this.loads} ${this.ribbonRefreshes} ${[...this.selectedIds].join()}`;
  }

  /** Every row of the view, shown or not. */
  get total(): number {
    return Math.max(this.dataset?.paging.totalResultCount ?? 0, this.rows.length);
  }

  get hasMore(): boolean {
    return this.dataset?.paging.hasNextPage ?? false;
  }

  get isLoading(): boolean {
    return this.dataset?.loading ?? false;
  }

  /** What kept the rows from being read; null when nothing did. */
  get problem(): string | null {
    return this.dataset?.error === true ? this.dataset.errorMessage : null;
  }

  refresh(): void {
    this.dataset?.refresh();
  }

  loadMore(): void {
    if (this.hasMore && !this.isLoading) this.dataset?.paging.loadNextPage();
  }

  /** Sorts by this column alone: ascending at first, then the other way round. */
  sortBy(name: string): void {
    const { dataset } = this;
    if (dataset === null) return;
    const isAscending = dataset.sorting[0]?.name === name && dataset.sorting[0].sortDirection === ASCENDING;
    dataset.sorting = [{ name, sortDirection: isAscending ? DESCENDING : ASCENDING }];
    dataset.refresh();
  }

  /** @throws Error for a view that is not one of the grid's */
  choose(viewId: string): void {
    const view = this.parts.views.find(({ id }) => id === viewId);
    if (!view) throw new Error(`The grid of ${this.parts.table.name} has no view ${viewId}.`);
    this.view = view;
    this.dataset = this.dataSetOf(view);
    this.dataset.refresh();
  }

  private dataSetOf(view: ViewDefinition): DataSet {
    const { table, language, currencyCode, lookup, rowsPerPage } = this.parts;
    const dataset = createDataSet({
      table,
      view,
      title: labelIn(language, view.name),
      read: async (asked) => {
        const fetchXml = this.filterXml === '' ? asked : filteredFetchXml(asked, [this.filterXml]);
        this.fetchXml = fetchXml;
        this.refused = false;
        try {
          return await readFetch(entitySetOf(table.name), fetchXml);
        } catch (error) {
          this.refused = error instanceof WebApiError && error.status === 403;
          throw error;
        }
      },
      record: (row) => recordOf(row, { table, language, currencyCode }),
      label: (column) => labelIn(language, table.columns[column]?.label) || column,
      // A component may ask for rows while it is drawn: the page follows afterwards.
      changed: (haveCome) =>
        queueMicrotask(() => {
          // Another view was chosen while this one was being read.
          if (dataset === this.dataset) this.changed(haveCome);
        }),
    });
    // Amounts need their currency, the link of a row its name.
    for (const column of ['transactioncurrencyid', table.primaryName])
      if (column in table.columns) dataset.addColumn?.(column);
    const filter: FilterExpression | null = lookup && {
      filterOperator: 0,
      conditions: [{ attributeName: lookup.column, conditionOperator: EQUAL, value: lookup.id }],
    };
    if (filter) dataset.filtering.setFilter(filter);
    dataset.paging.setPageSize(rowsPerPage);
    return dataset;
  }

  private changed(hasLoaded: boolean): void {
    if (hasLoaded) this.loads += 1;
    this.tell();
    if (hasLoaded) this.parts.onLoad?.();
  }

  private tell(): void {
    this.version += 1;
    for (const listener of [...this.listeners]) listener();
  }
}
