import * as React from 'react';
import type { TablePages } from '../../contract';
import { type Language, labelIn } from '../language';
import type { Place } from '../navigation';
import { TableProblem } from '../record/table-problem';
import { useTable } from '../record/use-table';
import { Grid } from '../sub-grid/grid';
import { GridModel } from '../sub-grid/grid-model';
import { useCurrencies } from '../web-api/currencies';
import { word } from '../words';

export interface TableListProps {
  readonly table: string;
  /** null: the default one */
  readonly viewId: string | null;
  readonly language: Language;
  readonly onGo: (place: Place) => void;
}

/** "Records per page" of the person's settings, as the platform sets it at first. */
const ROWS_PER_PAGE = 50;

/** The list page of a table of the solution: a view to choose, its rows. */
export function TableList({ table, viewId, language, onGo }: TableListProps) {
  const state = useTable(table, language);
  const currencies = useCurrencies();
  if (state && 'problem' in state) return <TableProblem language={language} reason={state.problem} />;
  if (state === null || currencies === null)
    return (
      <p className="card section" role="status">
        {word(language, 'loading')}
      </p>
    );
  return <Rows pages={state.pages} viewId={viewId} language={language} currencies={currencies} onGo={onGo} />;
}

interface RowsProps extends Omit<TableListProps, 'table'> {
  readonly pages: TablePages;
  readonly currencies: ReadonlyMap<string, string>;
}

function Rows({ pages, viewId, language, currencies, onGo }: RowsProps) {
  const title = labelIn(language, pages.collectionLabel);
  const [grid] = React.useState(
    () =>
      new GridModel({
        table: pages,
        views: pages.views,
        viewId,
        lookup: null,
        rowsPerPage: ROWS_PER_PAGE,
        language,
        currencyCode: (id) => currencies.get(id) ?? 'CAD',
      }),
  );
  React.useEffect(() => grid.refresh(), [grid]);
  React.useEffect(() => {
    document.title = `${title} - ${word(language, 'app')}`;
  }, [language, title]);
  return (
    <div className="card view">
      <div className="list-head">
        <h1>{title}</h1>
      </div>
      <Grid grid={grid} label={title} viewSelector onGo={onGo} />
    </div>
  );
}
