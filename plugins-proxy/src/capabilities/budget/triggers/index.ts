import type { Triggers } from '../../../reconciler/triggers';
import { budgetKeysOfJiraEvent } from './jira-events';
import { budgetSteps } from './steps';
import { budgetTables } from './tracked-tables';

/** What names the budget's jobs. */
export const budgetTriggers: Triggers = {
  steps: budgetSteps,
  kindOfTable: {
    opportunity: 'opportunity',
    crmjira_budget_approval: 'approval',
    crmjira_budget_decision: 'decision',
  },
  tracked: budgetTables,
  keysOfJiraEvent: budgetKeysOfJiraEvent,
};
