import type { ChartData } from '@crmjira/control-budget-burn';
import {
  budgetCategoryTypeLabels,
  efficiencyRatingLabels,
  type Money,
  performanceLabels,
  toDecimal,
} from '@crmjira/domain';
import type { Report } from './read-report';
import { reportChart } from './report-chart';
import type { CsvCell } from '../platform/csv';
import { busiestMonth, reportMonths } from './report-months';
import type { ReportTelling } from './report-telling';

/** A table of texts; the first column names the row. */
export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[] | null;
}

/** What the page shows, and the same for a spreadsheet. */
export interface ReportView {
  readonly name: string;
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly chart: ChartData | null;
  /** what the chart shows, in a sentence */
  readonly chartSays: string;
  readonly months: ReportTable;
  /** null: the budget was not divided */
  readonly categories: ReportTable | null;
  readonly csv: readonly (readonly CsvCell[])[];
}

/** Pure but for the reader's formats. */
export function reportView(report: Report, tell: ReportTelling): ReportView {
  const { language, say } = tell;
  const months = reportMonths(report.days);
  const days = report.durationDays;
  const label = (labels: Readonly<Record<1033 | 3084, string>> | undefined): string =>
    labels?.[language] ?? say('unknown');
  const major = (amount: Report['actual']): number | null => amount && toDecimal(amount);
  /** name, as it is shown, as a spreadsheet takes it */
  const figures: readonly (readonly [string, string, CsvCell])[] = [
    [say('project'), report.projectKey ?? say('unknown'), report.projectKey],
    [say('completed'), tell.day(report.completedOn), report.completedOn?.slice(0, 10) ?? null],
    [say('approved'), tell.money(report.approved), major(report.approved)],
    [say('actual'), tell.money(report.actual), major(report.actual)],
    [say('variance'), tell.money(report.variance), major(report.variance)],
    [say('variancePercent'), tell.percent(report.variancePercent), report.variancePercent],
    ...(
      [
        ['performance', label(report.performance === null ? undefined : performanceLabels[report.performance])],
        ['rating', label(report.rating === null ? undefined : efficiencyRatingLabels[report.rating])],
      ] as const
    ).map(([key, text]) => [say(key), text, text] as const),
    [say('hours'), tell.number(report.hours, 2), report.hours],
    [say('rate'), tell.money(report.rate), major(report.rate)],
    [say('dailyHours'), tell.number(report.dailyHours, 1), report.dailyHours],
    [
      say('duration'),
      days === null ? say('unknown') : days === 1 ? say('day') : say('days', { n: tell.number(days, 0) }),
      days,
    ],
    [say('peak'), tell.month(busiestMonth(months)), busiestMonth(months)],
  ];
  const monthHead = (['month', 'inMonth', 'monthHours', 'toDate', 'share'] as const).map((key) => say(key));
  const categoryHead = (['category', 'type', 'categoryBudget', 'categoryRate'] as const).map((key) => say(key));
  const typeOf = ({ type }: Report['categories'][number]): string =>
    label(type === null ? undefined : budgetCategoryTypeLabels[type]);
  /** Not every category has an amount of its own. */
  const planned = (amount: Money | null): string => (amount === null ? '–' : tell.money(amount));
  return {
    name: report.projectName ?? report.projectKey ?? '',
    figures: figures.map(([name, value]) => [name, value]),
    chart: reportChart(report.days, tell.dates, {
      approved: say('approved'),
      spent: say('spent'),
      end: say('end'),
      compact: tell.compact,
    }),
    chartSays: say('burnUpSays', {
      actual: tell.money(report.actual),
      approved: tell.money(report.approved),
      day: tell.day(report.days.at(-1)?.day ?? report.completedOn),
    }),
    months: {
      head: monthHead,
      rows: months.map(({ month, spent, hours, toDate, share }) => [
        tell.month(month),
        tell.money(spent),
        tell.number(hours, 2),
        tell.money(toDate),
        tell.percent(share),
      ]),
      foot: [say('total'), tell.money(report.actual), tell.number(report.hours, 2), '', ''],
    },
    categories:
      report.categories.length === 0
        ? null
        : {
            head: categoryHead,
            rows: report.categories.map((one) => [one.name, typeOf(one), planned(one.budget), planned(one.rate)]),
            foot: null,
          },
    csv: [
      [say('title'), report.projectName],
      [],
      ...figures.map(([name, , value]) => [name, value]),
      [],
      monthHead,
      ...months.map(({ month, spent, hours, toDate, share }) => [month, major(spent), hours, major(toDate), share]),
      ...(report.categories.length === 0 ? [] : [[], categoryHead]),
      ...report.categories.map((one) => [one.name, typeOf(one), major(one.budget), major(one.rate)]),
    ],
  };
}
