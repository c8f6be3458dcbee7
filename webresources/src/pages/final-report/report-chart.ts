import { axisMaximum, type ChartData, dayRange, gridAmounts, monthStarts } from '@crmjira/control-budget-burn';
import { dayFromNumber, dayNumber, type Money, moneyFromDecimal, toDecimal } from '@crmjira/domain';
import { type Snapshot, type UserFormat, formatMonth } from '@crmjira/form-data';

/** Words and amounts of the chart in the reader's language. */
export interface ChartWords {
  readonly approved: string;
  readonly spent: string;
  readonly end: string;
  /** $250K */
  readonly compact: (amount: Money) => string;
}

/** The burn-up of a project that has ended; null without a day. Pure. @param days ascending */
export function reportChart(
  days: readonly Snapshot[],
  dates: UserFormat['dates'],
  words: ChartWords,
): ChartData | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [approved, spent] = [toDecimal(last.approved), toDecimal(last.spent)];
  const greatest = Math.max(...days.flatMap((day) => [toDecimal(day.approved), toDecimal(day.spent)]));
  const maximum = axisMaximum(approved, spent, greatest);
  const range = dayRange(dayNumber(first.day), dayNumber(last.day), dayNumber(last.day));
  const changes = days.filter((day, index) => day.approved.minor !== days[index - 1]?.approved.minor);
  return {
    approved,
    spent,
    tone: last.spent.minor > last.approved.minor ? 'over' : 'ok',
    warningShare: 0,
    forecast: null,
    maximum,
    grid: gridAmounts(maximum).map((amount) => ({
      amount,
      label: words.compact(moneyFromDecimal(amount, last.approved.currency)),
    })),
    range,
    months: monthStarts(...range).map((day) => ({ day, label: formatMonth(dayFromNumber(day), dates) })),
    today: dayNumber(last.day),
    history: days.map((day) => ({ day: dayNumber(day.day), spent: toDecimal(day.spent) })),
    steps: changes.map((change) => ({
      day: dayNumber(change.day),
      amount: toDecimal(change.approved),
      label: `${words.approved} ${words.compact(change.approved)}`,
    })),
    paces: null,
    milestones: [],
    labels: {
      warning: '',
      full: '',
      fullLong: '',
      spentShare: '',
      spent: words.spent,
      today: words.end,
      approvedShort: `${words.approved} ${words.compact(last.approved)}`,
      runOut: '',
    },
  };
}
