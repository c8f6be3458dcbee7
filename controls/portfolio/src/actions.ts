import type { CommandName } from '@crmjira/form-data';
import type { ColumnName } from './rows/columns';
import { type Choice, filterOf } from './rows/filter';
import type { PortfolioRow } from './rows/portfolio-row';
import { nextSort } from './rows/sort';
import type { ToolName } from './view/portfolio-view';

/** What a person can do, in the words of the card. */
export interface Actions {
  readonly onTool: (name: ToolName, label: string) => void;
  readonly onKeyword: (keyword: string) => void;
  readonly onChoice: (choice: Choice) => void;
  readonly onSort: (column: ColumnName, isFigure: boolean) => void;
  readonly onOpen: (opportunityId: string) => void;
  readonly onToggle: (rowId: string) => void;
  /** @param rowId null: all rows, or none where all are selected */
  readonly onSelect: (rowId: string | null) => void;
  readonly onMore: () => void;
  /** @param argument field and side, as the integration reads them */
  readonly onTake: (argument: string, label: string) => void;
}

/** What stands when a person acts. */
export interface Standing {
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly navigation: Pick<ComponentFramework.Navigation, 'openForm' | 'openUrl'>;
  readonly rows: readonly PortfolioRow[];
  readonly openId: string | null;
  readonly choice: Choice;
  readonly setOpen: (rowId: string | null) => void;
  readonly setChoice: (choice: Choice) => void;
  readonly warningPercent: number;
  readonly charted: boolean;
  readonly setCharted: (charted: boolean) => void;
  /** hands the rows to the browser as a file */
  readonly saveRows: () => void;
  readonly ask: (rows: readonly PortfolioRow[], name: CommandName, label: string, argument?: string) => void;
}

/** Milliseconds after the last key before a keyword is asked for. */
const TYPING = 300;

export const hasOpportunity = ({ opportunity }: PortfolioRow): boolean => opportunity !== null;

/** Made once: the card is not drawn again because a handler is another. @param latest what stands now */
export function actionsOn(latest: () => Standing): Actions {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keyword = '';
  const narrow = (choice: Choice): void => {
    const { dataset, warningPercent } = latest();
    const filter = filterOf(choice, keyword, warningPercent);
    if (filter === null) dataset.filtering.clearFilter();
    else dataset.filtering.setFilter(filter);
    dataset.paging.reset();
    dataset.refresh();
  };
  return {
    onTool: (name, label) => {
      const { dataset, rows, ask, setOpen, navigation, charted, setCharted, saveRows } = latest();
      const selected = dataset.getSelectedRecordIds();
      const chosen = rows.filter(({ id }) => selected.includes(id));
      const [one] = chosen;
      if (name === 'sync') ask(chosen.filter(hasOpportunity), name, label);
      else if (name === 'resolve') setOpen(one?.id ?? null);
      else if (name === 'chart') setCharted(!charted);
      else if (name === 'export') saveRows();
      else if (one?.url) navigation.openUrl(one.url);
    },
    onKeyword: (typed) => {
      keyword = typed;
      clearTimeout(timer);
      timer = setTimeout(() => narrow(latest().choice), TYPING);
    },
    onChoice: (choice) => {
      latest().setChoice(choice);
      narrow(choice);
    },
    onSort: (column, isFigure) => {
      const { dataset } = latest();
      // The platform reads the array that it gave; it is changed, not replaced.
      dataset.sorting.splice(0, dataset.sorting.length, nextSort(dataset.sorting, column, isFigure));
      dataset.refresh();
    },
    onOpen: (entityId) => void latest().navigation.openForm({ entityName: 'opportunity', entityId }),
    onToggle: (row) => {
      const { openId, setOpen } = latest();
      setOpen(openId === row ? null : row);
    },
    onSelect: (row) => {
      const { dataset, rows } = latest();
      const before = dataset.getSelectedRecordIds();
      const wanted = row === null ? rows.map(({ id }) => id) : [row];
      const others = before.filter((id) => !wanted.includes(id));
      const isChosen = wanted.every((id) => before.includes(id));
      dataset.setSelectedRecordIds(isChosen ? others : [...others, ...wanted]);
    },
    onMore: () => latest().dataset.paging.loadNextPage(),
    onTake: (argument, label) => {
      const { rows, openId, ask } = latest();
      ask(
        rows.filter((row) => row.id === openId),
        'resolve',
        label,
        argument,
      );
    },
  };
}
