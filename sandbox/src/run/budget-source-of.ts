/** What `crmjira_BudgetSource` may name, the solution's default first. */
const budgetSources = ['computed', 'budget-module', 'tempo-cloud'] as const;
export type SeededSource = (typeof budgetSources)[number];

/**
 * Reads `SANDBOX_BUDGET_SOURCE`.
 * @throws Error naming what was expected and what came
 */
export function budgetSourceOf(value: string | undefined): SeededSource {
  const wanted = value === undefined || value === '' ? 'computed' : value;
  const found = budgetSources.find((source) => source === wanted);
  if (found === undefined)
    throw new Error(`SANDBOX_BUDGET_SOURCE must be one of ${budgetSources.join(', ')}, not "${wanted}".`);
  return found;
}
