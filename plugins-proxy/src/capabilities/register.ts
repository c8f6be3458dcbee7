import type { Logger } from 'pino';
import type { Store } from '../queue/store/store';
import type { JobHandler } from '../reconciler/job-handler';
import type { SettleContext } from '../reconciler/module-handler';
import { byKind } from '../reconciler/run-job';
import { mergeTriggers } from '../reconciler/triggers';
import { type Explainer, explainerOf } from '../reconciler/explain';
import { commandResolver } from '../reconciler/commands';
import { explainCommand } from '../reconciler/explain-command';
import { budgetCommands, budgetHandlers, type BudgetParts } from './budget';
import { budgetTriggers } from './budget/triggers';
import { budgetModule, type Reconciler } from './budget/reconcile/budget-module';

/** What names the jobs of all capabilities. */
export const triggers = mergeTriggers([budgetTriggers]);

/** What the capabilities need of the running service. */
export interface CapabilityParts extends BudgetParts {
  readonly logger: Logger;
}

/** Every capability, one line each. @throws Error where two of them claim a kind */
export function registerCapabilities(parts: CapabilityParts, context: SettleContext): ReadonlyMap<string, JobHandler> {
  const { dataverse, environmentSettings, store, logger, now } = parts;
  const jobs: Store['jobs'] = (keys) => store.jobs(keys);
  const known = explainers(parts);
  const handlers = [
    explainCommand({ dataverse, environmentSettings, logger, now, jobs, explainers: known }),
    ...budgetCommands(parts),
  ];
  const kinds = new Map(known.map(({ table, kind }) => [table, kind]));
  return byKind([
    commandResolver({ dataverse, environmentSettings, handlers, kinds, now }),
    ...budgetHandlers(parts, context),
  ]);
}

/** What explains the records of each table. */
export function explainers({ reconciler }: { readonly reconciler: Reconciler }): readonly Explainer[] {
  return [explainerOf(budgetModule(reconciler))];
}
