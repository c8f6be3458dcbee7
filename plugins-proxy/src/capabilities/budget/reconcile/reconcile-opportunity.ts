import type { Action } from '@crmjira/domain';
import { type RunResult, settle } from '../../../reconciler/settle';
import { budgetModule, type BudgetRun, type Reconciler } from './budget-module';

/** Settles one opportunity outside the queue, as the command line does. @throws IntegrationError as `settle` does */
export function reconcileOpportunity(reconciler: Reconciler, run: BudgetRun): Promise<RunResult<Action>> {
  return settle(budgetModule(reconciler), run, reconciler.now);
}
