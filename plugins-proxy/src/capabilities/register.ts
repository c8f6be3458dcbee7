import type { JobHandler } from '../reconciler/job-handler';
import type { SettleContext } from '../reconciler/module-handler';
import { byKind } from '../reconciler/run-job';
import { budgetHandlers, type BudgetParts } from './budget';

/** What the capabilities need of the running service. */
export type CapabilityParts = BudgetParts;

/** Every capability, one line each. @throws Error where two of them claim a kind */
export function registerCapabilities(parts: CapabilityParts, context: SettleContext): ReadonlyMap<string, JobHandler> {
  return byKind([...budgetHandlers(parts, context)]);
}
