import {
  type Money,
  type Pace,
  dayFromNumber,
  dayNumber,
  moneyFromDecimal,
  remainingBudget,
  toDecimal,
} from '@crmjira/domain';
import { type Snapshot, formatMonth } from '@crmjira/form-data';
import { axisMaximum, dayRange, gridAmounts, monthStarts } from '../geometry/axis';
import type { ChartData, SpentTone } from '../geometry/chart-data';
import type { Figures } from './figures';
import type { Formatter } from './formatter';

/** Days beyond the slowest run-out that are drawn at most. */
const LONGEST_FAN = 180;

/** Amounts, days and labels of bullet and burn-up; where they stand is geometry's business. */
export function chartOf(figures: Figures, warningPercent: number, formatter: Formatter): ChartData {
  const { approved, spent, forecast, history } = figures;
  const { say, format } = formatter;
  const standing = say(`standing.${figures.standing}`);
  const named = (amount?: Money): string =>
    amount ? say('approved', { standing, approved: formatter.compact(amount) }) : standing;
  const { completion } = forecast;
  const exhaustion = figures.freshness.kind === 'fresh' ? forecast.exhaustion : null;
  const range = exhaustion?.kind === 'range' ? exhaustion : null;
  const paced = range ?? (exhaustion?.kind === 'not-before-completion' ? exhaustion : null);
  const today = dayNumber(figures.day);
  const first = dayNumber(history[0]?.day ?? figures.day);
  // Amounts that were taken back are drawn too: an approval of less, time that was deleted.
  const greatest = Math.max(...history.flatMap((point) => [toDecimal(point.approved), toDecimal(point.spent)]));
  const maximum = axisMaximum(toDecimal(approved), toDecimal(completion?.high ?? spent), greatest);
  const both = (write: (amount: Money) => string): Record<string, string> =>
    completion ? { low: write(completion.low), high: write(completion.high) } : {};
  // To where the fan reaches the forecast, so that it ends beside its label; not for ever, where it is slow.
  const latest = paced ? dayNumber(paced.latest) : today;
  const reached = paced && completion ? (completion.high.minor - spent.minor) / (paced.perDay.minor || 1) : 0;
  const days = dayRange(first, today, Math.max(latest, Math.min(latest + LONGEST_FAN, today + Math.ceil(reached))));
  const perDay = (pace: Pace | undefined): number => (pace ? toDecimal(pace.spent) / pace.days : 0);
  return {
    approved: toDecimal(approved),
    spent: toDecimal(spent),
    tone: toneOf(figures),
    warningShare: warningPercent / 100,
    forecast: completion && {
      low: toDecimal(completion.low),
      high: toDecimal(completion.high),
      label: say('forecast.long', both(formatter.whole)),
      short: say('forecast.short', both(formatter.compact)),
      lines: [say('forecast.title'), formatter.whole(completion.high), formatter.whole(completion.low)],
    },
    maximum,
    grid: gridAmounts(maximum).map((amount) => ({
      amount,
      label: formatter.compact(moneyFromDecimal(amount, approved.currency)),
    })),
    range: days,
    months: monthStarts(...days).map((day) => ({ day, label: formatMonth(dayFromNumber(day), format.dates) })),
    today,
    history: history.map((point) => ({ day: dayNumber(point.day), spent: toDecimal(point.spent) })),
    steps: stepsOf(history, named, formatter),
    paces: paced && {
      slowest: perDay(paced.paces[0]),
      fastest: perDay(paced.paces.at(-1)),
      centre: toDecimal(paced.perDay),
    },
    milestones: figures.milestones.map(({ name, date, released }) => ({
      day: dayNumber(date),
      name,
      title: `${name} · ${formatter.date(date)}`,
      released,
    })),
    labels: {
      warning: formatter.inPercent(warningPercent, 0),
      full: formatter.inPercent(100, 0),
      fullLong: say('full', { percent: formatter.inPercent(100, 0), standing, approved: formatter.whole(approved) }),
      spentShare: say('spentShare', {
        percent: figures.percent === null ? formatter.compact(spent) : formatter.inPercent(figures.percent),
      }),
      spent: say('table.spent'),
      today: say(figures.state === 'completed' ? 'completed' : figures.freshness.kind === 'fresh' ? 'today' : 'last'),
      approvedShort: named(approved),
      runOut: range ? formatter.dateShort(range.centre) : '',
    },
  };
}

function toneOf({ state, spent, approved }: Figures): SpentTone {
  if (spent.minor > approved.minor) return 'over';
  if (state === 'completed') return 'ok';
  return state === 'warning' ? 'warn' : 'brand';
}

/** The approved amount at the start and each change of it; amounts only where there is more than one. */
function stepsOf(
  history: readonly Snapshot[],
  named: (amount?: Money) => string,
  { compact }: Formatter,
): ChartData['steps'] {
  const changes = history.filter(
    (point, index) => index === 0 || point.approved.minor !== history[index - 1]?.approved.minor,
  );
  return changes.map((point, index) => {
    const before = changes[index - 1]?.approved;
    let label = named(changes.length === 1 ? undefined : point.approved);
    if (before) {
      const by = remainingBudget(point.approved, before);
      label = (by.minor > 0 ? '+' : '') + compact(by);
    }
    return { day: dayNumber(point.day), amount: toDecimal(point.approved), label };
  });
}
