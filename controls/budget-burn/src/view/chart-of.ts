import {
  type Money,
  type Pace,
  dayFromNumber,
  dayNumber,
  moneyFromDecimal,
  remainingBudget,
  toDecimal,
} from '@crmjira/domain';
import { type Snapshot, formatDay, formatDayShort, formatMonth } from '@crmjira/form-data';
import { axisMaximum, dayRange, gridAmounts, monthStarts } from '../geometry/axis';
import type { ChartData, SpentTone } from '../geometry/chart-data';
import type { Figures } from './figures';
import type { Telling } from './telling';

/** Amounts, days and labels of bullet and burn-up; where they stand is geometry's business. */
export function chartOf(figures: Figures, warningPercent: number, tell: Telling): ChartData {
  const { approved, spent, forecast, history } = figures;
  const { say, format } = tell;
  const completion = forecast.completion;
  const range =
    forecast.exhaustion?.kind === 'range' && figures.freshness.kind === 'fresh' ? forecast.exhaustion : null;
  const today = dayNumber(figures.day);
  const first = dayNumber(history[0]?.day ?? figures.day);
  // Amounts that were taken back are drawn too: an approval of less, time that was deleted.
  const greatest = Math.max(...history.flatMap((point) => [toDecimal(point.approved), toDecimal(point.spent)]));
  const maximum = axisMaximum(toDecimal(approved), toDecimal(completion?.high ?? spent), greatest);
  const days = dayRange(first, today, range ? dayNumber(range.latest) : today);
  const both = (tell: (amount: Money) => string): Record<string, string> =>
    completion ? { low: tell(completion.low), high: tell(completion.high) } : {};
  const perDay = (pace: Pace | undefined): number => (pace ? toDecimal(pace.spent) / pace.days : 0);
  return {
    approved: toDecimal(approved),
    spent: toDecimal(spent),
    tone: toneOf(figures),
    warningShare: warningPercent / 100,
    forecast: completion && {
      low: toDecimal(completion.low),
      high: toDecimal(completion.high),
      label: say('forecast.long', both(tell.whole)),
      short: say('forecast.short', both(tell.compact)),
      lines: [say('forecast.title'), tell.whole(completion.high), tell.whole(completion.low)],
    },
    maximum,
    grid: gridAmounts(maximum).map((amount) => ({
      amount,
      label: tell.compact(moneyFromDecimal(amount, approved.currency)),
    })),
    range: days,
    months: monthStarts(...days).map((day) => ({ day, label: formatMonth(dayFromNumber(day), format.dates) })),
    today,
    history: history.map((point) => ({ day: dayNumber(point.day), spent: toDecimal(point.spent) })),
    steps: stepsOf(history, tell),
    paces: range && {
      slowest: perDay(range.paces[0]),
      fastest: perDay(range.paces.at(-1)),
      centre: toDecimal(range.perDay),
    },
    milestones: figures.milestones.map(({ name, date, released }) => ({
      day: dayNumber(date),
      name,
      title: `${name} · ${formatDay(date, format.dates)}`,
      released,
    })),
    labels: {
      warning: tell.percent(warningPercent, 0),
      full: tell.percent(100, 0),
      fullLong: say('full', { percent: tell.percent(100, 0), approved: tell.whole(approved) }),
      spentShare: say('spentShare', {
        percent: figures.percent === null ? tell.compact(spent) : tell.percent(figures.percent),
      }),
      spent: say('table.spent'),
      today: say(figures.state === 'completed' ? 'completed' : figures.freshness.kind === 'fresh' ? 'today' : 'last'),
      approvedShort: say('approved', { approved: tell.compact(approved) }),
      runOut: range ? formatDayShort(range.centre, format.dates) : '',
    },
  };
}

function toneOf({ state, spent, approved }: Figures): SpentTone {
  if (spent.minor > approved.minor) return 'over';
  if (state === 'completed') return 'ok';
  return state === 'warning' ? 'warn' : 'brand';
}

/** The approved amount at the start and each change of it; amounts only where there is more than one. */
function stepsOf(history: readonly Snapshot[], { say, compact }: Telling): ChartData['steps'] {
  const changes = history.filter(
    (point, index) => index === 0 || point.approved.minor !== history[index - 1]?.approved.minor,
  );
  return changes.map((point, index) => {
    const before = changes[index - 1]?.approved;
    let label = changes.length === 1 ? say('table.approved') : say('approved', { approved: compact(point.approved) });
    if (before) {
      const by = remainingBudget(point.approved, before);
      label = (by.minor > 0 ? '+' : '') + compact(by);
    }
    return { day: dayNumber(point.day), amount: toDecimal(point.approved), label };
  });
}
