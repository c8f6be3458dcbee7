import type { JobHandler } from '../reconciler/job-handler';
import type { SettleContext } from '../reconciler/module-handler';
import { byKind } from '../reconciler/run-job';
import { mergeTriggers } from '../reconciler/triggers';
import { type Explainer, explainerOf } from '../reconciler/explain';
import { budgetHandlers, type BudgetParts } from './budget';
import { budgetTriggers } from './budget/triggers';
import { budgetModule, type Reconciler } from './budget/reconcile/budget-module';

/** What names the jobs of all capabilities. */
export const triggers = mergeTriggers([budgetTriggers]);

/** What the capabilities need of the running service. */
export type CapabilityParts = BudgetParts;

/** Every capability, one line each. @throws Error where two of them claim a kind */
export function registerCapabilities(parts: CapabilityParts, context: SettleContext): ReadonlyMap<string, JobHandler> {
  return byKind([...budgetHandlers(parts, context)]);
}

/** What explains the records of each table. */
export function explainers({ reconciler }: { readonly reconciler: Reconciler }): readonly Explainer[] {
  return [explainerOf(budgetModule(reconciler))];
}
