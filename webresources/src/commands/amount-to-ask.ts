/** What stands approved today. */
export interface ApprovedBudget {
  /** major units */
  readonly amount: number;
  /** lower-case id of the currency row; null where the figures have none */
  readonly currencyId: string | null;
}

/** Amounts of the opportunity, as it is saved, and what they are compared with. */
export interface AmountFacts {
  /** major units; null: not entered */
  readonly projectBudget: number | null;
  /** major units; null: not entered */
  readonly budgetAmount: number | null;
  /** lower-case id of the opportunity's currency row; null: it has none, its figures then keep theirs */
  readonly currencyId: string | null;
  /** null before the first approval */
  readonly approved: ApprovedBudget | null;
}

/**
 * The amount that a request for approval is about: before the first approval the project budget, else the budget amount; after it
 * the one that somebody has changed. Approved figures keep their currency until an approval changes it, so the same
 * number in another currency is another amount.
 * @returns major units; null where there is nothing to approve
 */
export function amountToAsk({ projectBudget, budgetAmount, currencyId, approved }: AmountFacts): number | null {
  const moved = approved !== null && currencyId !== null && currencyId !== approved.currencyId;
  // Both are the decimals that Dataverse stores: equal amounts are equal numbers.
  return (
    [projectBudget, budgetAmount].find((amount) => amount !== null && (moved || amount !== approved?.amount)) ?? null
  );
}
