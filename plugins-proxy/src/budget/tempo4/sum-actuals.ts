import { add, costOfTime, type BudgetFacts, moneyFromDecimal, zero } from '@crmjira/domain';
import type { z } from 'zod';
import type { BudgetRequest } from '../budget-source';
import type { expenseActual, laborActual } from './answers';

type Pricing = Pick<BudgetRequest, 'currency' | 'hourlyRate' | 'convert'>;

/**
 * Adds up labor and expenses, in total and cumulatively per day. Labor without a cost is priced by the project's rate. Pure.
 */
export function sumActuals(
  labor: readonly z.output<typeof laborActual>[],
  expenses: readonly z.output<typeof expenseActual>[],
  { currency, hourlyRate, convert }: Pricing,
): Pick<BudgetFacts, 'spent' | 'hours' | 'history'> {
  const entries = [
    ...labor.map(({ date, timeSpentSeconds, cost }) => ({
      date,
      seconds: timeSpentSeconds,
      cost:
        cost == null
          ? costOfTime(timeSpentSeconds, convert(hourlyRate, currency))
          : convert(moneyFromDecimal(cost.value, cost.currencyCode), currency),
    })),
    ...expenses.map(({ date, cost }) => ({
      date,
      seconds: 0,
      cost: convert(moneyFromDecimal(cost.value, cost.currencyCode), currency),
    })),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  let spent = zero(currency);
  let seconds = 0;
  const days = new Map<string, BudgetFacts['history'][number]>();
  for (const entry of entries) {
    spent = add(spent, entry.cost);
    seconds += entry.seconds;
    days.set(entry.date, { day: entry.date, spent, hours: seconds / 3600 });
  }
  return { spent, hours: seconds / 3600, history: [...days.values()] };
}
