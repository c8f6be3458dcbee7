import { drift } from '@crmjira/domain';
import type { Explained } from '../../../reconciler/sync-module';
import type { BudgetSides } from './budget-sides';

/** What both sides say of an opportunity's budget, and what its mapping keeps of the last failure. Pure. */
export function explainBudget({ crm, jira }: BudgetSides, hasPlan: boolean): Explained {
  const { mapping, opportunity } = crm;
  const lines = jira === null ? [] : drift(crm, jira, hasPlan);
  return {
    isKnown: opportunity !== null || mapping !== null,
    fields: lines.map(({ field, crm: dynamics, jira: there, differs }) => ({ field, dynamics, jira: there, differs })),
    lastFailure:
      mapping?.lastError == null
        ? null
        : {
            code: mapping.lastErrorCode ?? null,
            says: mapping.lastError,
            since: mapping.failingSince ?? null,
            nextRetryOn: mapping.nextRetryOn ?? null,
          },
  };
}
