import { ApprovalStatus, BudgetStatus, ProvisioningState } from '@crmjira/domain';
import { type Conditions, type Row, type Scene, approvers, scene } from '../scene';

const NEW = 'Digital Transformation';
const RUNNING = 'Warehouse Automation';

const mapping = (columns: Row): Conditions => ({ rows: { crmjira_budget_mappings: columns } });
const create = 'button "Create Jira project"';
const sync = 'button "Sync now"';
const open = 'link "Open in Jira opens in a new tab"';
/** In narrow and wide, where the words between the figures differ. */
const onTrack = 'Remaining $97,187.50';
const gone =
  'paragraph: The Jira project no longer exists, or the integration account may no longer see it. The last figures are kept. Restore the project or that access in Jira';

const heldBack = ['text: On hold', 'On hold since 13:50: too many Jira projects were requested within an hour.'];

const over = ['text: Over Budget 101.4%', '$1,947.50 over the approved $140,000.00 CAD since May 12, 2025.'];

const notAllowed =
  'The integration account is not allowed to do this in Jira. Ask an administrator to grant the permission.';

/** States of the project, its figures and their status, a form a line. */
export const projectAndFigures: readonly Scene[] = [
  scene('no project', 'Dealer Portal', {
    JiraProject: ['text: No project yet', 'listitem: not met Budget amount greater than $10,000.00 now $8,500.00'],
    BudgetBurn: ['text: No project yet', 'paragraph: There is no Jira project yet.'],
    BudgetStatus: ['text: Not set', 'paragraph: The status appears when the Jira project has been created.'],
    BudgetApproval: ['text: Not requested', 'Approval can be requested once the Jira project has been created.'],
  }),
  scene(
    'ready',
    NEW,
    {
      JiraProject: [
        'text: No project yet',
        'A project and its budget can be created.',
        create,
        'button "Link existing project"',
      ],
    },
    { rows: { opportunities: { budgetamount: 250_000 } } },
  ),
  scene(
    'provisioning',
    RUNNING,
    {
      JiraProject: ['text: Being created', 'listitem: in progress Budget created', 'listitem: to do Linked'],
      BudgetBurn: ['text: Being created', 'text: Step 3 of 4 · started 9 minutes ago'],
    },
    mapping({
      crmjira_provisioning_state: ProvisioningState.ProjectCreated,
      crmjira_spent_amount: 0,
      createdon: '2025-05-16T17:55:00Z',
    }),
  ),
  scene(
    'held',
    RUNNING,
    {
      JiraProject: {
        'sales-rep': heldBack,
        'project-manager': heldBack,
        admin: [...heldBack, 'button "Release"'],
      },
      BudgetBurn: ['text: On hold', 'There is no Jira project yet.'],
    },
    mapping({
      crmjira_provisioning_state: ProvisioningState.Requested,
      crmjira_held_on: '2025-05-16T17:50:00Z',
      crmjira_last_error: 'Held back.',
      crmjira_last_error_code: 'provisioning-held',
    }),
  ),
  scene(
    'waiting for Jira',
    RUNNING,
    {
      JiraProject: ['text: Waiting', 'Jira has been unreachable since 14:02.', 'will be created when Jira is back.'],
      BudgetBurn: ['text: Waiting', "Jira is not responding. We'll retry automatically."],
    },
    mapping({
      crmjira_provisioning_state: ProvisioningState.Requested,
      crmjira_failing_since: '2025-05-16T18:02:00Z',
      crmjira_last_error: 'Jira does not answer: it is tried again by itself.',
      crmjira_last_error_code: 'jira-unavailable',
      crmjira_next_retry_on: '2025-05-16T18:20:00Z',
    }),
  ),
  scene(
    'not created',
    RUNNING,
    {
      JiraProject: {
        'sales-rep': ['text: Not created', notAllowed, 'button "Try again"'],
        'project-manager': ['text: Not created', notAllowed, 'button "Try again"'],
        admin: ['text: Not created', notAllowed, 'button "Try again"', 'button "Show log entry"'],
      },
      BudgetBurn: ['text: Not created', 'There is no Jira project yet.', notAllowed],
    },
    mapping({
      crmjira_provisioning_state: ProvisioningState.Failed,
      crmjira_last_error: 'The integration account is not allowed to do this in Jira.',
      crmjira_last_error_code: 'jira-forbidden',
    }),
  ),
  scene('running', RUNNING, {
    JiraProject: ['text: Up to date', 'definition: 6 minutes ago', open],
    BudgetBurn: ['text: On track', onTrack, 'Indicative · 49% of estimated work done'],
    BudgetStatus: ['text: Active 46.0%', 'paragraph: Within the approved budget of $180,000.00 CAD.'],
    BudgetApproval: approvers(
      ['Approved by Paul Martin on Jan 18, 2025 10:10', 'heading "History (2)"', 'listitem: Approved Paul Martin'],
      ['Approved by Paul Martin on Jan 18, 2025 10:10', 'heading "History (1)"', 'listitem: Requested Olivia Owens'],
    ),
  }),
  scene('completed', 'Numérisation', {
    JiraProject: ['text: Archived', 'Figures are final and kept for 7 years.', open, 'button "Open final report"'],
    BudgetBurn: ['text: Completed, under budget', 'definition: "-$2,562.50 (-4.3%)"', 'definition: 180 days'],
    BudgetStatus: ['text: Completed Read-only 95.7%', 'Completed Apr 30, 2025, $2,562.50 under the approved budget.'],
    BudgetApproval: ['text: Approved $60,000.00 CAD', 'paragraph: "Read-only: this opportunity is closed."'],
  }),
  scene('project deleted', 'Loyalty App', {
    JiraProject: ['text: Not syncing', gone, open, sync],
    BudgetBurn: ['text: Figures from May 13, 2025 16:04', gone, 'definition: Not recalculated', sync],
    BudgetStatus: ['text: Active Figures from May 13, 2025 16:04', 'when last read.'],
  }),
  scene(
    'stale',
    RUNNING,
    {
      JiraProject: [
        'text: Not syncing',
        'Jira unreachable since 14:02. Figures are from 13:58.',
        'Next try 14:20.',
        open,
        sync,
      ],
      BudgetBurn: [
        'text: Figures from 13:58',
        'Last figures 13:58. Jira unreachable since 14:02.',
        'Next try 14:20.',
        onTrack,
        sync,
      ],
      BudgetStatus: ['text: Active Figures from 13:58', 'Jira unreachable since 14:02.'],
    },
    mapping({
      crmjira_last_error: 'Jira took too long to answer; it is tried again.',
      crmjira_failing_since: '2025-05-16T18:02:00Z',
      crmjira_next_retry_on: '2025-05-16T18:20:00Z',
    }),
  ),
  scene('nothing spent', 'Field Service', {
    BudgetBurn: ['of $75,000.00 CAD', 'definition: Too early to tell', '14 days of history needed'],
    BudgetStatus: ['text: Draft 0.0%', 'Not approved yet. Spending is recorded; the status stays Draft.'],
  }),
  scene(
    'planned',
    RUNNING,
    { BudgetBurn: ['text: Planned, not approved', onTrack] },
    {
      rows: {
        crmjira_budget_mappings: { crmjira_budget_status: BudgetStatus.Draft },
        opportunities: { crmjira_approval_status: ApprovalStatus.NotRequested },
      },
    },
  ),
  scene(
    'requested',
    RUNNING,
    { BudgetBurn: ['text: Requested, not approved', onTrack] },
    {
      rows: {
        crmjira_budget_mappings: { crmjira_budget_status: BudgetStatus.Draft },
        opportunities: { crmjira_approval_status: ApprovalStatus.Pending },
      },
    },
  ),
  scene('too early', 'Customer Data Platform', {
    BudgetBurn: ['text: Too early to tell', '8% of estimated work done. The forecast appears at 20%.'],
  }),
  scene('at risk', 'Claims Portal', {
    BudgetBurn: ['text: At risk', 'definition: $364,353 – $416,123', 'definition: Aug 20–Oct 12, 2025'],
  }),
  scene('warned', 'Portail client', {
    BudgetBurn: ['text: "Warning: 84.1% spent"', 'Reliable · 79% of estimated work done'],
    BudgetStatus: ['text: Active Warning 84.1%', 'above the 80% threshold. A budget review is required.'],
  }),
  scene('over budget', 'ERP Finance', {
    BudgetBurn: ['text: Over budget', 'Over by $1,947.50', 'Ran out May 12, 2025', 'Budget review required'],
    // The alert's task is the owner's.
    BudgetStatus: approvers(over, [...over, 'Your task: Review Over Budget Project', 'button "Mark task complete"']),
  }),
  scene('several currencies', 'Fleet Telematics', {
    BudgetBurn: ['text: On track', 'of $210,000.00 USD', 'Base currency: $'],
  }),
  scene(
    'discrepancy',
    RUNNING,
    {
      BudgetBurn: [
        'text: On track Jira has $200,000.00',
        'All figures here use the amount in Dynamics.',
        'button "Set $180,000.00 in Jira"',
        onTrack,
      ],
    },
    mapping({ crmjira_jira_amount: 200_000 }),
  ),
  scene(
    'approved',
    RUNNING,
    { BudgetStatus: ['text: Approved 0.0%', 'Becomes Active with the first logged work.'] },
    mapping({ crmjira_budget_status: BudgetStatus.Approved, crmjira_spent_amount: 0 }),
  ),
];
