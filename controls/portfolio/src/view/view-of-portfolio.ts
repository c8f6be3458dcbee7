import { type ChipView, chip, message } from '@crmjira/form-data';
import { hasOpportunity } from '../actions';
import { type Errand, errandText } from '../commands/use-errand';
import type { DetailsState } from '../details/use-details';
import { type Sum, baseTotalOf, totalsOf } from '../figures/totals';
import type { Currency } from '../figures/read-figures';
import type { Figures } from '../figures/use-figures';
import type { PageFacts } from '../page-facts';
import type { ColumnName } from '../rows/columns';
import { CHOICES, type Choice } from '../rows/filter';
import type { PortfolioRow } from '../rows/portfolio-row';
import { sortedBy } from '../rows/sort';
import type { StringKey } from '../generated/string-keys';
import { detailsView } from './details-view';
import type { HeaderView, PortfolioView, RowView, ToolView, TotalView } from './portfolio-view';
import { barOf, rowView } from './row-view';
import { type Formatter, moneyText, percentText, thresholdOf } from './formatter';

const HEADERS = [
  ['crmjira_jira_project_name', 'head.name', false],
  ['crmjira_budget_status', 'head.status', false],
  ['crmjira_utilization', 'head.burn', true],
  ['crmjira_approved_budget', 'head.approved', true],
  ['crmjira_spent_amount', 'head.spent', true],
  ['crmjira_remaining_budget', 'head.remaining', true],
  [null, 'head.forecast', true],
  ['crmjira_last_sync_date', 'head.sync', false],
] as const satisfies readonly (readonly [ColumnName | null, StringKey, boolean])[];

const CHIPS = [
  ['over', 'over', 'ErrorBadge'],
  ['past', 'warn', 'Warning'],
  ['atRisk', 'warn', 'Warning'],
  ['differs', 'warn', 'BranchMerge'],
] as const;

export interface PortfolioFacts {
  readonly page: PageFacts;
  readonly dataset: Pick<ComponentFramework.PropertyTypes.DataSet, 'loading' | 'error' | 'sorting' | 'paging'>;
  readonly rows: readonly PortfolioRow[];
  readonly figures: Figures;
  readonly selected: readonly string[];
  readonly choice: Choice;
  readonly openId: string | null;
  readonly details: DetailsState;
  readonly errand: Errand | null;
  readonly mayCommand: boolean;
  /** only the bars are shown, wide */
  readonly charted: boolean;
}

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function portfolioView(facts: PortfolioFacts, formatter: Formatter): PortfolioView {
  const { page, dataset, rows, figures, selected, openId, errand, charted } = facts;
  const { say } = formatter;
  const { loading, error } = dataset;
  const mayCommand = facts.mayCommand && !page.still;
  const severalCurrencies = rows.some(({ currencyId }) => currencyId !== rows[0]?.currencyId);
  const currencies = figures.currencies ?? {};
  const listed = rows.map((row) => {
    const { id, currencyId } = row;
    const currency = currencies[currencyId];
    const estimate = figures.currencies ? figures.estimates[row.version] : undefined;
    const facts = { estimate, currency, severalCurrencies, isOpen: id === openId, isSelected: selected.includes(id) };
    return rowView(row, facts, formatter);
  });
  const chosen = rows.filter(({ id }) => selected.includes(id));
  const open = rows.find(({ id }) => id === openId);
  const told = errandText(errand, formatter);
  // What was asked for in the details is answered there.
  const isOfDetails = open !== undefined && errand?.progress.name === 'resolve';
  return {
    look: page.look,
    title: say('title'),
    busy: loading,
    charted,
    message: problem(facts, formatter),
    chips: chipsOf(listed, formatter),
    tools: toolsOf(chosen, listed, { mayCommand, charted }, formatter),
    told: isOfDetails ? '' : told,
    headers: HEADERS.map(([column, key, isFigure]): HeaderView => {
      return { column, text: say(key), isFigure, sorted: sortedBy(dataset.sorting, column) };
    }),
    rows: listed,
    selectAll: say('selectAll'),
    sortBy: say('sortBy'),
    allSelected: rows.length > 0 && chosen.length === rows.length,
    details: open
      ? detailsView(
          {
            row: open,
            listed: listed[rows.indexOf(open)] as RowView, // one for each row
            details: facts.details,
            errand,
            told: isOfDetails ? told : '',
            symbol: currencies[open.currencyId]?.symbol ?? '',
            mayCommand,
          },
          formatter,
        )
      : null,
    totals: figures.currencies && !error ? totalViews(facts, figures.currencies, formatter) : [],
    count: loading && rows.length === 0 ? say('loading') : error ? '' : countText(facts, chosen.length, formatter),
    legend: say('legend', thresholdOf(formatter)),
    more: dataset.paging.hasNextPage && !error ? say('more') : null,
    empty: !loading && !error && rows.length === 0 ? say('empty') : null,
    choiceText: say('show'),
    choice: facts.choice,
    choices: CHOICES.map((choice) => ({ choice, text: say(`show.${choice}`, thresholdOf(formatter)) })),
    keywordText: say('keyword'),
  };
}

function problem({ page, dataset }: PortfolioFacts, { say }: Formatter): PortfolioView['message'] {
  if (dataset.error) return message('over', 'ErrorBadge', say('unread'), say('unread.next'));
  return page.offline ? message('warn', 'PlugDisconnected', say('offline'), say('offline.next')) : null;
}

function chipsOf(rows: readonly RowView[], formatter: Formatter): ChipView[] {
  return CHIPS.flatMap(([name, tone, icon]) => {
    const count = rows.filter(({ counts }) => counts[name]).length;
    return count > 0
      ? [chip(tone, icon, formatter.say(`count.${name}`, { ...thresholdOf(formatter), count: String(count) }))]
      : [];
  });
}

/** What can be asked for the rows that are selected. */
function toolsOf(
  chosen: readonly PortfolioRow[],
  listed: readonly RowView[],
  { mayCommand, charted }: Pick<PortfolioFacts, 'mayCommand' | 'charted'>,
  { say }: Formatter,
): ToolView[] {
  const [one] = chosen.length === 1 ? chosen : [];
  const differs = listed.some(({ id, counts }) => id === one?.id && counts.differs);
  return [
    { name: 'sync', icon: 'Sync', text: say('sync'), disabled: !mayCommand || !chosen.some(hasOpportunity) },
    { name: 'resolve', icon: 'BranchMerge', text: say('resolve'), disabled: !differs },
    { name: 'open', icon: 'OpenInNewWindow', text: say('open'), disabled: !one?.url },
    { name: 'export', icon: 'Table', text: say('export'), disabled: listed.length === 0 },
    { name: 'chart', icon: 'LineChart', text: say(charted ? 'table' : 'chart'), disabled: listed.length === 0 },
  ];
}

function totalViews(
  { rows, dataset }: PortfolioFacts,
  currencies: NonNullable<Figures['currencies']>,
  formatter: Formatter,
): TotalView[] {
  const { say } = formatter;
  const { hasNextPage } = dataset.paging;
  const base = Object.values(currencies).find(({ isBase }) => isBase);
  const view = ({ approved, spent }: Sum, key: StringKey, { code, symbol }: Partial<Currency>): TotalView => {
    const percent = approved > 0 ? (spent / approved) * 100 : null;
    const money = (amount: number): string => moneyText(amount, symbol ?? '', formatter);
    return {
      name: say(key, { currency: code ?? '' }),
      percent: percentText(percent, 1, formatter),
      ...barOf(percent, spent > approved, false, formatter.warningPercent),
      note: null,
      approved: money(approved),
      spent: money(spent),
      remaining: money(approved - spent),
      isNegative: spent > approved,
    };
  };
  return [
    ...totalsOf(rows).map((sum) =>
      view(
        sum,
        sum.isDraft ? 'totalPlanned' : hasNextPage ? 'totalShown' : 'totalOf',
        currencies[sum.currencyId] ?? {},
      ),
    ),
    ...(base ? baseTotalOf(rows).map((sum) => view(sum, hasNextPage ? 'totalShown' : 'totalBase', base)) : []),
  ];
}

function countText({ dataset, rows }: PortfolioFacts, selected: number, { say }: Formatter): string {
  const total = dataset.paging.totalResultCount;
  const shown = String(rows.length);
  // -1 and 5,000: the platform has not counted, or stopped there.
  const count =
    total >= rows.length && total < 5_000 ? say('countOf', { shown, total: String(total) }) : say('count', { shown });
  return selected > 0 ? say('selected', { count, selected: String(selected) }) : count;
}
