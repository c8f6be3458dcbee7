import { failureWords, isUnderWay, message } from '@crmjira/form-data';
import type { Errand } from '../commands/use-errand';
import { type MonthOfWork, isInPeriod, periodElapsed, sumOf } from '../details/allocation';
import type { Details } from '../details/read-details';
import type { DetailsState } from '../details/use-details';
import type { PortfolioRow } from '../rows/portfolio-row';
import { fieldViews } from './fields-view';
import type { DetailsView, RowView, WorkView } from './portfolio-view';
import { type Formatter, percentText } from './formatter';

export interface DetailsFacts {
  readonly row: PortfolioRow;
  /** the row as it is listed */
  readonly listed: RowView;
  readonly details: DetailsState;
  readonly errand: Errand | null;
  /** answer to what was asked for in these details */
  readonly told: string;
  readonly symbol: string;
  readonly mayCommand: boolean;
}

export function detailsView({ row, listed, details, ...facts }: DetailsFacts, formatter: Formatter): DetailsView {
  const { say } = formatter;
  return {
    label: listed.details,
    problem: listed.stale && message('warn', 'PlugDisconnected', listed.stale.text, failureWords(row, say)),
    fieldCaption: say('fields'),
    fieldHeads: [say('field'), say('side.crm'), say('side.jira'), say('since'), say('take')],
    fields: fieldViews(row, formatter, facts.mayCommand && row.opportunity !== null),
    busy: isUnderWay(facts.errand?.progress ?? null),
    told: facts.told,
    workCaption: say(details?.named ? 'allocation.persons' : 'allocation'),
    workHeads: [say('month'), say('hours'), say('cost')],
    work: details ? workViews(row, details, facts.symbol, formatter) : [],
    notes: details ? notes(row, details, formatter) : [say(details === null ? 'details.failed' : 'details.loading')],
  };
}

/** Months, each followed by its persons, and their total. */
function workViews(row: PortfolioRow, { months }: Details, symbol: string, { say, formatting }: Formatter): WorkView[] {
  const line = (name: string, { hours, cost }: Pick<MonthOfWork, 'hours' | 'cost'>, isPerson = false): WorkView => ({
    name,
    hours: formatting.formatDecimal(hours / 100, 2),
    cost: formatting.formatCurrency(cost / 100, 2, symbol),
    isPerson,
  });
  if (months.length === 0) return [];
  return [
    ...months.flatMap((work) => {
      // In the middle of a month no time zone leads to another one.
      const month = formatting.formatDateYearMonth(new Date(`${work.month}-15`));
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
function notes(row: PortfolioRow, { months, refused }: Details, formatter: Formatter): string[] {
  const { say, now } = formatter;
  // In UTC: the same share for everybody, whatever the day is where they are.
  const elapsed = periodElapsed(row.periodFrom, row.periodTo, now.slice(0, 10));
  const said: string[] = [];
  if (elapsed !== null) {
    said.push(
      say('period', {
        ...row.periodTexts,
        elapsed: percentText(elapsed * 100, 0, formatter),
        spent: percentText(row.percent, 1, formatter),
      }),
    );
  }
  if (months.length === 0) said.push(say('nothingSpent'));
  else if (refused) said.push(say('sumsOnly'));
  return said;
}
