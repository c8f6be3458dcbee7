import { type BudgetFacts, type Unusable, zero } from '@crmjira/domain';
import type { BudgetRequest } from '../budget-source';
import { isHours, toldAmount } from '../told-value';

/** Figures as the budget module tells them, in its own currency. */
interface ToldFigures {
  readonly id: string;
  readonly amount: number;
  readonly currency?: string | undefined;
  readonly totalSpent: number;
  /** left out: the module counts no hours */
  readonly totalHours?: number | undefined;
}

/**
 * What a budget module tells, as far as it can be used. In place of a figure that cannot, the last known one stays: one broken answer
 * must neither stop the runs of its project nor empty what people look at (F-304). Pure.
 */
export function takeFigures(
  told: ToldFigures,
  { currency, convert, issues, lastKnown = null }: BudgetRequest,
): Pick<BudgetFacts, 'amount' | 'spent' | 'hours'> & { readonly unusable: readonly Unusable[] } {
  const unusable: Unusable[] = [];
  const orTell = <Value>(value: Value | null, why: Unusable['why'], instead: () => Value): Value => {
    if (value !== null) return value;
    unusable.push({ of: told.id, why });
    return instead();
  };
  const from = told.currency ?? currency;
  const seconds = issues.reduce((sum, issue) => sum + (issue.fields.timespent ?? 0), 0);
  const hours = told.totalHours ?? seconds / 3600;
  return {
    amount: orTell(toldAmount(told.amount, from, currency, convert), 'amount', () =>
      lastKnown?.jiraAmount ? convert(lastKnown.jiraAmount, currency) : null,
    ),
    spent: orTell(toldAmount(told.totalSpent, from, currency, convert), 'spent', () =>
      lastKnown ? convert(lastKnown.spent, currency) : zero(currency),
    ),
    hours: orTell(isHours(hours) ? hours : null, 'hours', () => lastKnown?.totalHours ?? 0),
    unusable,
  };
}
