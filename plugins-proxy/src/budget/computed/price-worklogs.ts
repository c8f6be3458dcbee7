import { add, type BudgetFacts, costOfTime, type Money, moneyFromDecimal, zero } from '@crmjira/domain';
import { billingProperty, billingValue, type WorklogAnswer } from '../../jira/wire/answers';
import type { Conversion } from '../convert-money';

/** Rate of a worklog: its own, else the project's. */
export function rateOf(worklog: WorklogAnswer, fallback: Money): Money {
  const property = worklog.properties?.find((entry) => entry.key === billingProperty);
  const billing = billingValue.safeParse(property?.value);
  if (!billing.success) return fallback;
  return moneyFromDecimal(billing.data.rate, billing.data.currency.toUpperCase());
}

/** Jira writes `2025-01-20T09:00:00.000+0000`: an offset without colon, which only some parsers take. */
export function utcDay(started: string): string {
  const iso = started.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  return new Date(iso).toISOString().slice(0, 10);
}

/** Sums and their growth by UTC day. */
export interface PricedWork {
  readonly spent: Money;
  readonly seconds: number;
  readonly history: BudgetFacts['history'];
}

/** Prices every worklog and adds up, in total and cumulatively per day. Pure. */
export function priceWorklogs(
  worklogs: readonly WorklogAnswer[],
  hourlyRate: Money,
  currency: string,
  convert: Conversion,
): PricedWork {
  const days = new Map<string, { cost: Money; seconds: number }>();
  for (const worklog of worklogs) {
    const cost = costOfTime(worklog.timeSpentSeconds, convert(rateOf(worklog, hourlyRate), currency));
    const day = utcDay(worklog.started);
    const sum = days.get(day) ?? { cost: zero(currency), seconds: 0 };
    days.set(day, { cost: add(sum.cost, cost), seconds: sum.seconds + worklog.timeSpentSeconds });
  }
  let spent = zero(currency);
  let seconds = 0;
  const history = [...days.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, sum]) => {
      spent = add(spent, sum.cost);
      seconds += sum.seconds;
      return { day, spent, hours: seconds / 3600 };
    });
  return { spent, seconds, history };
}
