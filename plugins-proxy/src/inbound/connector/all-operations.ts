import type { Operation } from './describe/operation';
import { budgetOperations } from './operations/budget-operations';
import { issueOperations } from './operations/issue-operations';
import { longOperations } from './operations/long-operations';
import { projectOperations } from './operations/project-operations';
import { worklogOperations } from './operations/worklog-operations';

/** Every operation of the connector, in the order of its descriptions. */
export const allOperations: readonly Operation[] = [
  ...issueOperations,
  ...projectOperations,
  ...budgetOperations,
  ...worklogOperations,
  ...longOperations,
];
