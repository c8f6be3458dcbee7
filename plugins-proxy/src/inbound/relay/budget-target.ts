import { contractPath } from '../../capabilities/budget/source/budget-module/budget-path';
import type { RelayTarget } from './match-target';
import { RelayRefusal } from './relay-refusal';

/**
 * The target where it lies on this site. Callers ask for the budget contract at its standard path, as their connector has it; Jira is
 * asked at the path of `crmjira_BudgetApiBaseUrl`, as the reconciler and the connector API ask it. What stands behind that base is
 * still the table's own text. Every other target stays as it is.
 * @param base path of the contract below the site, asked for targets of it alone
 * @throws RelayRefusal `budgetAddress` where `base` throws
 */
export function atBudgetAddress(target: RelayTarget, base: () => string): RelayTarget {
  if (!target.operation.path.startsWith(`${contractPath}/`)) return target;
  try {
    return { ...target, path: base() + target.path.slice(contractPath.length) };
  } catch (cause) {
    throw new RelayRefusal('budgetAddress', { cause });
  }
}
