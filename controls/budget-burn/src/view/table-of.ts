import { dayFromNumber, dayNumber, remainingBudget, utilization } from '@crmjira/domain';
import type { TableView } from './burn-view';
import type { Figures } from './figures';
import type { Formatter } from './formatter';

/** The last day of a day's month. */
function lastOfMonth(day: string): string {
  // The 32nd day of the month at the earliest: as many days into the next one as it says.
  const after = dayNumber(`${day.slice(0, 7)}-28`) + 4;
  return dayFromNumber(after - Number(dayFromNumber(after).slice(8)));
}

/** What the chart draws, as text: the keyboard's and the screen reader's way to it. */
export function tablesOf(
  { history: stored, at, milestones, standing }: Figures,
  formatter: Formatter,
): readonly TableView[] {
  const { say, narrow, date, dateShort, dayOf } = formatter;
  // Snapshots are of UTC days (D-3.10); the newest figures are of the day on the user's clock (R-2308).
  const history = stored.map((point, index) => (stored[index + 1] ? point : { ...point, day: dayOf(at) }));
  const ends = history.filter((point, index) => point.day.slice(0, 7) !== history[index + 1]?.day.slice(0, 7));
  const amount = narrow ? formatter.whole : formatter.money;
  const spending = {
    caption: say('caption'),
    head: [say('upTo'), say('inMonth'), say('table.spent'), say(`standing.${standing}`), say('percent')],
    rows: ends.map((point, index) => {
      const before = ends[index - 1];
      const share = utilization(point.spent, point.approved, 1);
      // A month that is over is told to its end, whenever its last row was written (F-122).
      const day = index < ends.length - 1 ? lastOfMonth(point.day) : point.day;
      return [
        narrow ? dateShort(day) : date(day),
        amount(before ? remainingBudget(point.spent, before.spent) : point.spent),
        amount(point.spent),
        amount(point.approved),
        share === null ? '–' : formatter.inPercent(share),
      ];
    }),
  };
  if (!milestones.length) return [spending];
  // All of them: the chart has no room for some names, and no day for those far ahead.
  return [
    spending,
    {
      caption: say('milestones'),
      head: [say('milestone'), say('date'), say('released')],
      rows: milestones.map(({ name, date: planned, released }) => [name, date(planned), say(released ? 'yes' : 'no')]),
    },
  ];
}
