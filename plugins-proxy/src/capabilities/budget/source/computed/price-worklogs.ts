import {
  add,
  type AllocationFacts,
  type BudgetFacts,
  costOfTime,
  fitText,
  type Money,
  type Unusable,
  zero,
} from '@crmjira/domain';
import { utcDay } from '../../../../clients/jira/utc-day';
import type { WorklogAnswer } from '../../../../clients/jira/wire/answers';
import type { Conversion } from '../convert-money';
import { isWorkTime } from '../told-value';
import { accountOf, type OwnRateAccounts, ownRate } from './own-rate';

/** Who did the work, as Jira names them; one account for those that Jira no longer knows. */
function personOf(worklog: WorklogAnswer): { readonly id: string; readonly name: string } {
  const name = fitText('crmjira_resource_allocation', 'crmjira_person', worklog.author?.displayName ?? '');
  return { id: accountOf(worklog) ?? 'unknown', name };
}

/** Whether time and day of a worklog can be used. */
const isUsable = ({ timeSpentSeconds, started }: WorklogAnswer): boolean =>
  isWorkTime(timeSpentSeconds) && utcDay(started) !== '';

/** Sums and their growth by UTC day. */
export interface PricedWork {
  readonly spent: Money;
  readonly seconds: number;
  readonly history: BudgetFacts['history'];
  /** by month, then by person */
  readonly allocation: readonly AllocationFacts[];
  /** Worklogs of which something is not used: an own rate, for which the standard rate counts, or a time, which does not count. */
  readonly unusable: readonly Unusable[];
}

/**
 * Prices every worklog and adds up, in total and cumulatively per day. Pure.
 * @param accounts whose own rates count
 */
export function priceWorklogs(
  worklogs: readonly WorklogAnswer[],
  hourlyRate: Money,
  currency: string,
  convert: Conversion,
  accounts: OwnRateAccounts,
): PricedWork {
  const standard = convert(hourlyRate, currency);
  const unusable: Unusable[] = [];
  const days = new Map<string, { cost: Money; seconds: number }>();
  const persons = new Map<string, AllocationFacts & { readonly seconds: number }>();
  for (const worklog of worklogs) {
    if (!isUsable(worklog)) {
      unusable.push({ of: worklog.id, why: 'time' });
      continue;
    }
    const own = ownRate(worklog, standard, accounts, convert);
    if (typeof own === 'string') unusable.push({ of: worklog.id, why: own });
    const cost = costOfTime(worklog.timeSpentSeconds, own === null || typeof own === 'string' ? standard : own);
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
  return { spent, seconds, history, allocation, unusable };
}
