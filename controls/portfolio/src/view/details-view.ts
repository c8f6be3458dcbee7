import {
  type HostFacts,
  type Words,
  commandText,
  formatDay,
  formatMonth,
  formatPercent,
  isUnderWay,
  userDay,
} from '@crmjira/form-data';
import { type MonthOfWork, isInPeriod, periodElapsed, sumOf } from '../details/allocation';
import type { Details } from '../details/read-details';
import type { DetailsState } from '../details/use-details';
import type { Resolution } from '../details/use-resolution';
import type { PortfolioRow } from '../rows/portfolio-row';
import type { StringKey } from '../string-keys';
import { fieldViews } from './fields-view';
import type { DetailsView, WorkView } from './portfolio-view';

/** The host's own way to write figures for this user: `context.formatting`. */
export type Formatting = Pick<ComponentFramework.Formatting, 'formatCurrency' | 'formatDecimal'>;

export interface DetailsTelling {
  readonly host: HostFacts;
  readonly formatting: Formatting;
  readonly say: Words<StringKey>;
  readonly now: string;
  readonly mayCommand: boolean;
  readonly state: DetailsState;
  readonly resolution: Resolution | null;
}

export function detailsView(row: PortfolioRow, telling: DetailsTelling): DetailsView {
  const { host, say, now, state, mayCommand } = telling;
  const progress = telling.resolution?.rowId === row.id ? telling.resolution.progress : null;
  const details = state.kind === 'read' ? state.details : null;
  const problem = { loading: 'details.loading', failed: 'details.failed', closed: null, read: null } as const;
  const note = problem[state.kind];
  return {
    label: say('details', { name: row.opportunity?.name ?? row.key ?? '' }),
    fieldCaption: say('fields'),
    fieldHeads: [say('field'), say('side.crm'), say('side.jira'), say('since'), say('take')],
    fields: fieldViews(row, host, say, now, mayCommand && row.opportunity !== null),
    busy: isUnderWay(progress),
    told: commandText(progress, now, say),
    workCaption: say(details?.named ? 'allocation.persons' : 'allocation'),
    workHeads: [say('month'), say('hours'), say('cost')],
    work: details === null ? [] : workViews(row, details, telling),
    notes: details === null ? [note === null ? '' : say(note)] : notes(row, details, telling),
  };
}

/** Months, each followed by its persons, and their total. */
function workViews(row: PortfolioRow, { months, symbol }: Details, telling: DetailsTelling): WorkView[] {
  const { host, say, formatting } = telling;
  const line = (name: string, { hours, cost }: Pick<MonthOfWork, 'hours' | 'cost'>, isPerson = false): WorkView => ({
    name,
    hours: formatting.formatDecimal(hours / 100, 2),
    cost: formatting.formatCurrency(cost / 100, 2, symbol),
    isPerson,
  });
  if (months.length === 0) return [];
  return [
    ...months.flatMap((work) => {
      const month = `${formatMonth(`${work.month}-01`, host.format.dates)}\u00a0${work.month.slice(0, 4)}`;
      const inside = isInPeriod(work.month, row.periodFrom, row.periodTo);
      return [
        line(inside ? month : `${month} · ${say('outsidePeriod')}`, work),
        ...work.persons.map((person) => line(person.person || say('unnamed'), person, true)),
      ];
    }),
    line(say('total'), sumOf(months)),
  ];
}

/** How the work stands against the period, and why there are only sums. */
function notes(row: PortfolioRow, { months, refused }: Details, { host, say, now }: DetailsTelling): string[] {
  const { dates, numbers } = host.format;
  const { periodFrom: from, periodTo: to } = row;
  const elapsed = periodElapsed(from, to, userDay(now, dates));
  const said: string[] = [];
  if (from !== null && to !== null && elapsed !== null) {
    said.push(
      say('period', {
        from: formatDay(from, dates),
        to: formatDay(to, dates),
        elapsed: formatPercent(elapsed * 100, 0, numbers),
        spent: row.percent === null ? say('unknown') : formatPercent(row.percent, 1, numbers),
      }),
    );
  }
  if (months.length === 0) said.push(say('nothingSpent'));
  else if (refused) said.push(say('sumsOnly'));
  return said;
}
