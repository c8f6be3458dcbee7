import type { RelatedTable, SubGridPlacement } from '../../contract';
import { type Language, labelIn } from '../language';
import { changedFetchXml, sortingOf } from '../portfolio/fetch-xml';
import { recordOf } from '../portfolio/record';
import { textOf } from '../web-api/row-values';
import { entitySetOf } from '../web-api/tables';
import { readFetch, readRow } from '../web-api/web-api';

/** What a sub-grid shows: the view's columns, and the texts of its rows in that order. */
export interface SubGridRows {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[];
  /** how many there are beyond this page too; -1: not counted */
  readonly total: number;
}

/** ConditionOperator "Equal" of the data set API. */
const EQUAL = 0;

/**
 * First page of the rows that belong to a record: the view's own query, and the lookup of the relationship.
 * @param currency ISO code of the record's currency
 * @throws WebApiError, with status 403 where the person's role may not read them
 */
export async function readSubGrid(
  grid: SubGridPlacement,
  table: RelatedTable,
  recordId: string,
  language: Language,
  currency: string,
): Promise<SubGridRows> {
  const view = (await readRow(`savedqueries(${grid.viewId})?$select=fetchxml,layoutxml`)) ?? {};
  const fetchXml = textOf(view, 'fetchxml') ?? '';
  const names = cellsOf(textOf(view, 'layoutxml') ?? '');
  const page = await readFetch(
    entitySetOf(grid.table),
    changedFetchXml(fetchXml, {
      columns: ['transactioncurrencyid'].filter((column) => column in table.columns),
      filter: {
        filterOperator: 0,
        conditions: [{ attributeName: table.lookup, conditionOperator: EQUAL, value: recordId }],
      },
      sorting: sortingOf(fetchXml),
      pageSize: grid.rowsPerPage,
      page: 1,
      cookie: null,
    }),
  );
  const records = page.rows.map((row) =>
    recordOf(row, { table: { ...table, views: [] }, language, currencyCode: () => currency }),
  );
  return {
    columns: names.map((name) => labelIn(language, table.columns[name]?.label) || name),
    rows: records.map((record) => ({
      id: record.getRecordId(),
      cells: names.map((name) => record.getFormattedValue(name)),
    })),
    total: page.total,
  };
}

/** Columns of a view's layout, in their order. */
function cellsOf(layoutXml: string): string[] {
  const document = new DOMParser().parseFromString(layoutXml, 'text/xml');
  return [...document.querySelectorAll('cell')].map((cell) => cell.getAttribute('name') ?? '');
}
