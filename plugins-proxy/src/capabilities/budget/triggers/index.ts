import { jobKey } from '../../../queue/job-key';
import type { Triggers } from '../../../reconciler/triggers';
import { budgetKeysOfJiraEvent } from './jira-events';
import { budgetSteps } from './steps';
import { budgetTables } from './tracked-tables';

/** What names the budget's jobs. */
export const budgetTriggers: Triggers = {
  steps: budgetSteps,
  keysOfStep: {
    opportunity: (id) => [jobKey('opportunity', id)],
    crmjira_budget_approval: (id) => [jobKey('approval', id)],
    crmjira_budget_decision: (id) => [jobKey('decision', id)],
  },
  tracked: budgetTables,
  keysOfJiraEvent: budgetKeysOfJiraEvent,
};
