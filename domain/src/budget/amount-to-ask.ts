import type { Money } from '../money/money';

/**
 * The amount that a request for approval is about: before the first approval the project budget, else the budget amount; after it
 * the one that somebody has changed. Approved figures keep their currency until an approval changes it, so the same
 * number in another currency is another amount.
 * @param approved null before the first approval
 * @returns null where there is nothing to approve
 */
export function amountToAsk(
  { projectBudget, budgetAmount }: { readonly projectBudget: Money | null; readonly budgetAmount: Money | null },
  approved: Money | null,
): Money | null {
  const isOther = ({ minor, currency }: Money): boolean => minor !== approved?.minor || currency !== approved.currency;
  return [projectBudget, budgetAmount].find((amount) => amount && isOther(amount)) ?? null;
}
