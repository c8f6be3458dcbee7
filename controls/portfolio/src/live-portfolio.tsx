/** @jsx h */
import * as React from 'react';
import { type HostFacts, type Words, useUnchanged, h } from '@crmjira/form-data';
import { PortfolioCard } from './components/portfolio-card';
import { useDetails } from './details/use-details';
import { useResolution } from './details/use-resolution';
import type { ColumnName } from './rows/columns';
import { type Choice, filterOf } from './rows/filter';
import { type PortfolioRow, readPortfolioRow } from './rows/portfolio-row';
import { nextSort } from './rows/sort';
import type { StringKey } from './string-keys';
import type { Formatting } from './view/details-view';
import { useLatest } from './use-latest';
import { portfolioView } from './view/view-of-portfolio';

export interface LivePortfolioProps {
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly host: HostFacts;
  readonly webApi: ComponentFramework.WebApi;
  readonly navigation: ComponentFramework.Navigation;
  readonly mayCommand: boolean;
  readonly maySeePersons: boolean;
  readonly formatting: Formatting;
  /** instant, to the minute: ages do not make the same rows another view */
  readonly now: string;
  readonly say: Words<StringKey>;
}

/** Milliseconds after the last key before a keyword is asked for. */
const TYPING = 300;

/** Joins the data set with the card: its rows become a view, what a person does becomes a question to it. */
export function LivePortfolio(props: LivePortfolioProps): React.ReactElement {
  const { dataset, host, webApi, navigation, formatting, now, say } = props;
  const [id] = React.useState(headingId);
  const [openId, setOpen] = React.useState<string | null>(null);
  const [choice, setChoice] = React.useState<Choice>('all');
  const look = useUnchanged(host.look);
  const latestRef = useLatest({ dataset, navigation });
  const rows = rowsOf(dataset);
  const open = rows.find((row) => row.id === openId) ?? null;
  const details = useDetails(webApi, open, props.maySeePersons);
  const refresh = React.useCallback(() => latestRef.current.dataset.refresh(), [latestRef]);
  const { resolution, take } = useResolution(webApi, host.offline, refresh);
  const view = useUnchanged(
    portfolioView(
      { host, dataset, rows, choice, openId, details, resolution, mayCommand: props.mayCommand, formatting, now },
      say,
    ),
  );
  const { onKeyword, onChoice } = useFilter(latestRef, setChoice);
  const onSort = React.useCallback(
    (column: ColumnName, isFigure: boolean) => {
      const { sorting } = latestRef.current.dataset;
      // The platform reads the array that it gave; it is changed, not replaced.
      sorting.splice(0, sorting.length, nextSort(sorting, column, isFigure));
      latestRef.current.dataset.refresh();
    },
    [latestRef],
  );
  const onOpen = React.useCallback(
    (opportunityId: string) => {
      void latestRef.current.navigation.openForm({ entityName: 'opportunity', entityId: opportunityId });
    },
    [latestRef],
  );
  const onToggle = React.useCallback((row: string) => setOpen((before) => (before === row ? null : row)), []);
  const onMore = React.useCallback(() => latestRef.current.dataset.paging.loadNextPage(), [latestRef]);
  const opportunityId = open?.opportunity?.id ?? null;
  const onTake = React.useCallback(
    (argument: string, label: string) => {
      if (openId !== null && opportunityId !== null) take(openId, opportunityId, argument, label);
    },
    [take, openId, opportunityId],
  );
  return <PortfolioCard {...{ view, look, id, onKeyword, onChoice, onSort, onOpen, onToggle, onMore, onTake }} />;
}

function rowsOf(dataset: ComponentFramework.PropertyTypes.DataSet): readonly PortfolioRow[] {
  return dataset.sortedRecordIds.flatMap((id) => {
    const record = dataset.records[id];
    return record ? [readPortfolioRow(record)] : [];
  });
}

type Latest = React.MutableRefObject<Pick<LivePortfolioProps, 'dataset'>>;

function useFilter(latestRef: Latest, setChoice: (choice: Choice) => void) {
  const wanted = React.useRef({ choice: 'all' as Choice, keyword: '' });
  const timer = React.useRef(0);
  React.useEffect(() => () => window.clearTimeout(timer.current), []);
  const apply = React.useCallback(() => {
    const { filtering, paging, refresh } = latestRef.current.dataset;
    const filter = filterOf(wanted.current.choice, wanted.current.keyword);
    if (filter === null) filtering.clearFilter();
    else filtering.setFilter(filter);
    paging.reset();
    refresh.call(latestRef.current.dataset);
  }, [latestRef]);
  const onKeyword = React.useCallback(
    (keyword: string) => {
      wanted.current = { ...wanted.current, keyword };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(apply, TYPING);
    },
    [apply],
  );
  const onChoice = React.useCallback(
    (choice: Choice) => {
      wanted.current = { ...wanted.current, choice };
      setChoice(choice);
      apply();
    },
    [apply, setChoice],
  );
  return { onKeyword, onChoice };
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-portfolio-${headings}`;
}
