import type { BudgetFacts, MappingFacts, SnapshotFacts } from '@crmjira/domain';

/**
 * Figures of an archived project. Jira hides its issues from every search and takes no more work on them: what was last read stays
 * true, and nothing found is not nothing spent.
 */
export function lastKnownBudget(mapping: MappingFacts, history: readonly SnapshotFacts[]): BudgetFacts {
  const newest = history.at(-1);
  return {
    id: `COMPUTED-${mapping.projectId ?? ''}`,
    amount: null,
    spent: mapping.spent,
    hours: mapping.totalHours ?? 0,
    remainingEstimateHours: newest?.remainingEstimateHours ?? null,
    doneFraction: newest?.doneFraction ?? null,
    history: history.flatMap(({ day, spent, totalHours }) =>
      totalHours === null ? [] : [{ day, spent, hours: totalHours }],
    ),
  };
}
