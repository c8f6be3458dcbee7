import * as React from 'react';
import type { HostDefinition, Persona, TablePages } from '../../contract';
import { DataSetView } from '../data-set/data-set-view';
import { type Language, labelIn } from '../language';
import type { HostTheme } from '../pcf/design-language';
import { HomepageCommands } from '../ribbon/homepage-commands';
import { TableProblem } from '../record/table-problem';
import { useTable } from '../record/use-table';
import { Grid } from '../sub-grid/grid';
import { GridModel } from '../sub-grid/grid-model';
import { ViewSelector } from '../sub-grid/view-selector';
import { useCurrencies } from '../web-api/currencies';
import { useModel } from '../use-session';
import { word } from '../words';
import type { PageNavigator } from '../xrm/navigation-api';

export interface TableListProps {
  readonly table: string;
  /** null: the default one */
  readonly viewId: string | null;
  readonly language: Language;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
}

/** "Records per page" of the person's settings, as the platform sets it at first. */
const ROWS_PER_PAGE = 50;

/** The list page of a table of the solution: a view to choose, its rows. */
export function TableList({ table, ...props }: TableListProps) {
  const { language } = props;
  const state = useTable(table, language);
  const currencies = useCurrencies();
  if (state && 'problem' in state) return <TableProblem language={language} reason={state.problem} />;
  if (state === null || currencies === null)
    return (
      <p className="card section" role="status">
        {word(language, 'loading')}
      </p>
    );
  return <Rows {...props} pages={state.pages} currencies={currencies} />;
}

interface RowsProps extends Omit<TableListProps, 'table'> {
  readonly pages: TablePages;
  readonly currencies: ReadonlyMap<string, string>;
}

function Rows({ pages, viewId, currencies, ...props }: RowsProps) {
  const { language, pageNavigator } = props;
  const title = labelIn(language, pages.collectionLabel);
  const [model] = React.useState(
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
  const grid = useModel(model);
  const { view, dataset } = grid;
  const { views } = pages;
  React.useEffect(() => model.refresh(), [model]);
  React.useEffect(() => {
    document.title = `${title} - ${word(language, 'app')}`;
  }, [language, title]);
  return (
    <div className="card view">
      <div className="list-head">
        <h1>{title}</h1>
        {views.length > 1 && (
          <ViewSelector views={views} selected={view?.id} language={language} onChoose={(id) => grid.choose(id)} />
        )}
      </div>
      <HomepageCommands {...props} grid={grid} version={grid.ribbonVersion} />
      {view?.component && dataset ? (
        <DataSetView {...props} key={view.id} placement={view.component} dataset={dataset} />
      ) : (
        <Grid grid={grid} label={title} viewSelector={false} onGo={pageNavigator.go} />
      )}
    </div>
  );
}
