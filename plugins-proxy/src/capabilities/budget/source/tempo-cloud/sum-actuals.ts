import { add, costOfTime, type BudgetFacts, type Unusable, zero } from '@crmjira/domain';
import type { z } from 'zod';
import { utcDay } from '../../../../clients/jira/utc-day';
import type { BudgetRequest } from '../budget-source';
import { isAmount, isWorkTime, toldAmount } from '../told-value';
import type { expenseActual, laborActual } from './answers';

type Pricing = Pick<BudgetRequest, 'currency' | 'hourlyRate' | 'convert'>;

/**
 * Adds up labor and expenses, in total and cumulatively per day. Labor without a cost that can be used is priced by the project's rate
 * an entry whose day, time or amount cannot be used does not count (F-304). Pure.
 */
export function sumActuals(
  labor: readonly z.output<typeof laborActual>[],
  expenses: readonly z.output<typeof expenseActual>[],
  { currency, hourlyRate, convert }: Pricing,
): Pick<BudgetFacts, 'spent' | 'hours' | 'history'> & { readonly unusable: readonly Unusable[] } {
  const unusable: Unusable[] = [];
  const told = ({ value, currencyCode }: z.output<typeof expenseActual>['cost']) =>
    toldAmount(value, currencyCode, currency, convert);
  const entries = [
    ...labor.map(({ date, timeSpentSeconds: seconds, cost }) => {
      const isTime = isWorkTime(seconds);
      const own = cost == null ? null : told(cost);
      if (cost != null && own === null && isTime) unusable.push({ of: date, why: 'cost' });
      return { date, seconds, cost: isTime ? (own ?? costOfTime(seconds, convert(hourlyRate, currency))) : null };
    }),
    ...expenses.map(({ date, cost }) => ({ date, seconds: 0, cost: told(cost) })),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  let spent = zero(currency);
  let seconds = 0;
  const days = new Map<string, BudgetFacts['history'][number]>();
  for (const { date, cost, seconds: worked } of entries) {
    const sum = cost === null || utcDay(date) !== date ? null : add(spent, cost);
    if (sum === null || !isAmount(sum)) {
      unusable.push({ of: date, why: 'entry' });
      continue;
    }
    spent = sum;
    seconds += worked;
    days.set(date, { day: date, spent, hours: seconds / 3600 });
  }
  return { spent, hours: seconds / 3600, history: [...days.values()], unusable };
}
