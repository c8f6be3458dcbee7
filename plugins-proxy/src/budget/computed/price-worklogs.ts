import {
  add,
  type AllocationFacts,
  type BudgetFacts,
  costOfTime,
  type Money,
  moneyFromDecimal,
  zero,
} from '@crmjira/domain';
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

/** Who did the work, as Jira names them; one account for those that Jira no longer knows. */
function personOf({ author }: WorklogAnswer): { readonly id: string; readonly name: string } {
  const id = author?.accountId ?? author?.key ?? author?.name ?? 'unknown';
  return { id: id.slice(0, 100), name: (author?.displayName ?? '').slice(0, 200) };
}

/** Sums and their growth by UTC day. */
export interface PricedWork {
  readonly spent: Money;
  readonly seconds: number;
  readonly history: BudgetFacts['history'];
  /** by month, then by person */
  readonly allocation: readonly AllocationFacts[];
}

/** Prices every worklog and adds up, in total and cumulatively per day. Pure. */
export function priceWorklogs(
  worklogs: readonly WorklogAnswer[],
  hourlyRate: Money,
  currency: string,
  convert: Conversion,
): PricedWork {
  const days = new Map<string, { cost: Money; seconds: number }>();
  const persons = new Map<string, AllocationFacts & { readonly seconds: number }>();
  for (const worklog of worklogs) {
    const cost = costOfTime(worklog.timeSpentSeconds, convert(rateOf(worklog, hourlyRate), currency));
    const day = utcDay(worklog.started);
    const sum = days.get(day) ?? { cost: zero(currency), seconds: 0 };
    days.set(day, { cost: add(sum.cost, cost), seconds: sum.seconds + worklog.timeSpentSeconds });
    const month = `${day.slice(0, 7)}-01`;
    const { id: personId, name: person } = personOf(worklog);
    const before = persons.get(`${month} ${personId}`);
    const total = (before?.seconds ?? 0) + worklog.timeSpentSeconds;
    persons.set(`${month} ${personId}`, {
      month,
      personId,
      person,
      seconds: total,
      hours: total / 3600,
      cost: before ? add(before.cost, cost) : cost,
    });
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
  const allocation = [...persons.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { seconds: _, ...facts }]) => facts);
  return { spent, seconds, history, allocation };
}
