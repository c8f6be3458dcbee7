import { type Conditions, type Scene, approvers, scene } from '../scene';

const RUNNING = 'Warehouse Automation';
const DRAFT = 'Field Service';

const unreadable = (status: number, code: string): Conditions => ({
  unreadable: { set: 'crmjira_budget_mappings', status, code },
});
const hidden = {
  JiraProject: ['text: Hidden', 'You do not have permission to see the Jira project of this opportunity.'],
  BudgetBurn: ['text: Hidden', 'You do not have permission to see the budget figures of this opportunity.'],
  BudgetStatus: [
    'text: Hidden',
    'You do not have permission to see the budget status. Ask an administrator for access.',
  ],
  BudgetApproval: ['text: Hidden', 'You do not have permission to see the budget approval.'],
} as const;
const again = 'button "Try again"';
const asOf = 'Shown as of May 16, 2025 14:04.';

/** What a control says when it may not or cannot read, or may not be used. */
export const withoutAccess: readonly Scene[] = [
  scene('masked', RUNNING, hidden, { context: 'masked' }),
  scene('no privilege', RUNNING, hidden, unreadable(403, '0x80040220')),
  scene(
    'unreachable',
    RUNNING,
    {
      JiraProject: ['text: Not read', 'The Jira project could not be loaded.', "We'll retry automatically.", again],
      BudgetBurn: ['text: Not read', 'The budget figures could not be loaded.', "We'll retry automatically.", again],
      BudgetStatus: ['text: Not read', "The budget status could not be loaded. We'll retry automatically.", again],
      BudgetApproval: ['text: Not read', 'The budget approval could not be loaded.', again],
    },
    unreadable(503, '0x80072320'),
  ),
  scene(
    'offline',
    RUNNING,
    {
      JiraProject: ['text: Offline', asOf, 'Links and commands return when you are online.'],
      BudgetBurn: ['text: Offline', asOf, 'Remaining $97,187.50'],
      BudgetStatus: ['text: Active Offline 46.0%', `Within the approved budget of $180,000.00 CAD. ${asOf}`],
      BudgetApproval: ['text: Offline $180,000.00 CAD', 'Approved by Paul Martin on Jan 18, 2025 10:10'],
    },
    { offline: true },
  ),
  scene(
    'disabled',
    DRAFT,
    {
      BudgetStatus: ['text: Draft Read-only 0.0%'],
      BudgetApproval: approvers(
        ['text: Waiting for a decision', 'Requested by Olivia Owens on May 11, 2025 09:20'],
        ['text: Waiting for a decision', 'You cannot decide on your own request.'],
      ),
    },
    { context: 'disabled' },
  ),
];
