import { drift, type DriftLine } from '@crmjira/domain';
import type { BudgetRun, Reconciler } from './budget-module';
import type { BudgetSides } from './budget-sides';
import { reconcileOpportunity } from './reconcile-opportunity';

/** What both sides say of one opportunity, field by field. */
export interface Compared {
  readonly projectKey: string | null;
  readonly lines: readonly DriftLine[];
}

/** Reads both sides as a run does, and only compares (R-1506). @throws what reading throws, and what `onFacts` does */
export async function compareOpportunity(reconciler: Reconciler, run: BudgetRun): Promise<Compared> {
  let sides: BudgetSides | null = null;
  const { actions } = await reconcileOpportunity(reconciler, {
    ...run,
    dryRun: true,
    onFacts: (facts) => {
      run.onFacts?.(facts);
      sides = facts;
    },
  });
  // Assigned inside the run, which the compiler does not follow.
  const read = sides as BudgetSides | null;
  if (read === null || read.jira === null) return { projectKey: null, lines: [] };
  return { projectKey: read.crm.mapping?.projectKey ?? null, lines: drift(read.crm, read.jira, actions.length > 0) };
}
