import { type HostFacts, NARROW_BELOW, type Words, message } from '@crmjira/form-data';
import type { DetailsState } from '../details/use-details';
import type { Resolution } from '../details/use-resolution';
import type { ColumnName } from '../rows/columns';
import { CHOICES, type Choice } from '../rows/filter';
import type { PortfolioRow } from '../rows/portfolio-row';
import { sortedBy } from '../rows/sort';
import type { StringKey } from '../string-keys';
import { type Formatting, detailsView } from './details-view';
import type { HeaderView, PortfolioView } from './portfolio-view';
import { rowView } from './row-view';

/** Width below which each row is a card: the columns of the table would not fit. */
const CARDS_BELOW = 860;

const HEADERS = [
  ['crmjira_jira_project_name', 'head.name', false],
  ['crmjira_budget_status', 'head.status', false],
  ['crmjira_utilization', 'head.burn', true],
  ['crmjira_approved_budget', 'head.approved', true],
  ['crmjira_spent_amount', 'head.spent', true],
  ['crmjira_remaining_budget', 'head.remaining', true],
  ['crmjira_last_sync_date', 'head.sync', false],
] as const satisfies readonly (readonly [ColumnName, StringKey, boolean])[];

const CHOICE_TEXTS: Readonly<Record<Choice, StringKey>> = {
  all: 'show.all',
  over: 'show.over',
  past: 'show.past',
  discrepancy: 'show.discrepancy',
  failing: 'show.failing',
};

export interface PortfolioFacts {
  readonly host: HostFacts;
  readonly dataset: Pick<
    ComponentFramework.PropertyTypes.DataSet,
    'loading' | 'error' | 'errorMessage' | 'sorting' | 'paging'
  >;
  readonly rows: readonly PortfolioRow[];
  readonly choice: Choice;
  readonly openId: string | null;
  readonly details: DetailsState;
  readonly resolution: Resolution | null;
  readonly mayCommand: boolean;
  readonly formatting: Formatting;
  /** instant, to the minute: ages do not make the same rows another view */
  readonly now: string;
}

/** The whole control in words and figures; pure, so that the same facts always draw the same. */
export function portfolioView(facts: PortfolioFacts, say: Words<StringKey>): PortfolioView {
  const { host, dataset, rows, openId, now } = facts;
  const open = rows.find(({ id }) => id === openId) ?? null;
  const mayCommand = facts.mayCommand && !host.disabled && !host.offline;
  const severalCurrencies = rows.some(({ currencyId }) => currencyId !== rows[0]?.currencyId);
  const first = dataset.loading && rows.length === 0;
  return {
    title: say('title'),
    cards: host.width < CARDS_BELOW,
    narrow: host.width < NARROW_BELOW,
    busy: dataset.loading,
    message: problem(facts, say),
    headers: HEADERS.map(([column, key, isFigure]): HeaderView => {
      return { column, text: say(key), isFigure, sorted: sortedBy(dataset.sorting, column) };
    }),
    rows: rows.map((row) => rowView(row, { host, say, now, openId, severalCurrencies })),
    details:
      open === null
        ? null
        : detailsView(open, {
            host,
            formatting: facts.formatting,
            say,
            now,
            mayCommand,
            state: facts.details,
            resolution: facts.resolution,
          }),
    count: first ? say('loading') : dataset.error ? '' : countText(facts, say),
    legend: say('legend'),
    more: dataset.paging.hasNextPage && !dataset.error ? say('more') : null,
    empty: !dataset.loading && !dataset.error && rows.length === 0 ? say('empty') : null,
    filter: {
      choiceText: say('show'),
      choice: facts.choice,
      choices: CHOICES.map((choice) => ({ choice, text: say(CHOICE_TEXTS[choice]) })),
      keywordText: say('keyword'),
    },
  };
}

function problem({ host, dataset }: PortfolioFacts, say: Words<StringKey>): PortfolioView['message'] {
  if (dataset.error) return message('over', 'ErrorBadge', say('unread'), dataset.errorMessage || say('unread.next'));
  return host.offline ? message('warn', 'PlugDisconnected', say('offline'), say('offline.next')) : null;
}

function countText({ dataset, rows }: PortfolioFacts, say: Words<StringKey>): string {
  const total = dataset.paging.totalResultCount;
  const shown = String(rows.length);
  // -1 and 5,000: the platform has not counted, or stopped there.
  return total >= rows.length && total < 5_000
    ? say('countOf', { shown, total: String(total) })
    : say('count', { shown });
}
