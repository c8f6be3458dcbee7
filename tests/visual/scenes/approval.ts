import { ApprovalStatus, BudgetStatus, derivedId } from '@crmjira/domain';
import {
  type CrmPerson,
  FINANCE_CONTROLLER,
  OTHER_SELLER,
  PROJECT_MANAGER,
  SALES_REP,
  applicationUsers,
} from '../../../sandbox/src/seed/people';
import { opportunities } from '../../../sandbox/src/seed/scenarios';
import { type Conditions, type Row, type Scene, approvers, scene } from '../scene';

const RUNNING = 'Warehouse Automation';
/** Its owner, the sales rep, asked for approval; nobody has decided. */
const DRAFT = 'Field Service';

const REQUESTS = 'crmjira_budget_approvals';
const DECISIONS = 'crmjira_budget_decisions';
const draftId = opportunities.find(({ name }) => name.startsWith(DRAFT))?.id ?? '';

const writtenBy = ({ id, firstName, lastName }: CrmPerson): Row => ({
  _createdby_value: id,
  '_createdby_value@OData.Community.Display.V1.FormattedValue': `${firstName} ${lastName}`,
});
const decided = (outcome: number, comment: string): Conditions => ({
  rows: {
    [DECISIONS]: { crmjira_decision: outcome, crmjira_comment: comment },
    opportunities: { crmjira_approval_status: outcome },
  },
});

/** The sales rep's request, which the project manager's limit was too low for: opened again by the integration. */
const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
const REFUSED_DECISION = derivedId(draftId, 'visual', 'refused decision');
const first: Row = {
  crmjira_budget_approvalid: derivedId(draftId, 'seed', 'approval'),
  crmjira_amount: 75_000,
  crmjira_comment: 'Scope and estimate agreed with the customer.',
  createdon: '2025-05-11T17:20:00Z',
  ...writtenBy(SALES_REP),
};
const openAgain: Conditions = {
  rows: {
    [REQUESTS]: [
      {
        ...first,
        crmjira_budget_approvalid: derivedId(REFUSED_DECISION, 'reopened'),
        createdon: '2025-05-16T17:59:00Z',
        createdby: { applicationid: applicationUsers[1].clientId },
        _createdby_value: applicationUsers[1].id,
        _crmjira_requested_by_value: SALES_REP.id,
        [`_crmjira_requested_by_value@${FORMATTED}`]: 'Olivia Owens',
        crmjira_requested_on: first['createdon'],
        crmjira_deciders: FINANCE_CONTROLLER.id,
      },
      first,
    ],
    [DECISIONS]: [
      {
        crmjira_budget_decisionid: REFUSED_DECISION,
        crmjira_decision: ApprovalStatus.Approved,
        _crmjira_budget_approval_id_value: first['crmjira_budget_approvalid'],
        createdon: '2025-05-16T17:58:00Z',
        ...writtenBy(PROJECT_MANAGER),
      },
    ],
    crmjira_commands: [
      {
        crmjira_commandid: derivedId(REFUSED_DECISION, 'refused'),
        createdby: { applicationid: applicationUsers[1].clientId },
        crmjira_result:
          'Your decision had no effect: $75,000.00 CAD is over your approval limit of $50,000.00 CAD.\n' +
          'The request stays open. Farah Controller can decide on it. So can you, once your limit has been raised.',
      },
    ],
  },
};

const decide = [
  'textbox "Comment (required to reject or ask for changes)"',
  'button "Approve"',
  'button "Ask for changes"',
  'button "Reject"',
];
const own = ['text: Waiting for a decision', 'You cannot decide on your own request.', 'button "Ask again"'];
const untold = 'The reason is in a task for the owner of this opportunity, in its timeline.';
const asOf = 'You are offline. This is the request as of May 16, 2025 14:04.';

/** States of the approval, a form a line. */
export const approval: readonly Scene[] = [
  scene(
    'not requested',
    DRAFT,
    { BudgetApproval: ['text: Not requested', 'textbox "Reason (optional)"', 'button "Request approval"'] },
    { rows: { [REQUESTS]: [] } },
  ),
  scene('waiting', DRAFT, {
    BudgetApproval: approvers(['Requested by Olivia Owens', 'A decision is final.', ...decide], own),
  }),
  scene(
    'waiting for more',
    DRAFT,
    {
      BudgetApproval: approvers(
        [
          'Requested by Olivia Owens',
          '+$15,000.00',
          '+25.0% from $60,000.00',
          '85.0% spent now, 68.0% after approval.',
          'Below the 80% threshold',
          ...decide,
        ],
        ['+$15,000.00 since last approval', own[1] ?? '', own[2] ?? ''],
      ),
    },
    // approved before, with another amount: what the request would change
    {
      rows: {
        crmjira_budget_mappings: {
          crmjira_budget_status: BudgetStatus.Active,
          crmjira_approved_budget: 60_000,
          crmjira_spent_amount: 51_000,
        },
      },
    },
  ),
  scene(
    "somebody else's request",
    DRAFT,
    {
      BudgetApproval: approvers(
        ['Requested by Mathieu Gagnon', ...decide],
        ['You can see this request but cannot decide on it.', 'Farah Controller or Paul Martin can decide.'],
      ),
    },
    { rows: { [REQUESTS]: writtenBy(OTHER_SELLER) } },
  ),
  scene(
    'over the limit',
    DRAFT,
    {
      BudgetApproval: {
        'sales-rep': ['You asked on May 11', 'Farah Controller can decide.', ...own],
        'project-manager': [
          'Your decision had no effect: $75,000.00 CAD is over your approval limit of $50,000.00 CAD.',
          'The request stays open. Farah Controller can decide on it.',
          'listitem: No effect Approved by Paul Martin',
          ...decide,
        ],
        admin: ['Requested by Olivia Owens on May 11', 'listitem: No effect Approved by Paul Martin', ...decide],
      },
    },
    openAgain,
  ),
  scene(
    'expired',
    DRAFT,
    { BudgetApproval: ['This request expired.', 'textbox "Reason (optional)"', 'button "Ask again"'] },
    {
      rows: {
        [REQUESTS]: [
          {
            ...first,
            // A decision that broke a rule has used it up: told without an outcome, by the integration.
            crmjira_decided_on: '2025-05-16T17:58:00Z',
            modifiedby: { applicationid: applicationUsers[1].clientId },
          },
        ],
      },
    },
  ),
  scene(
    'rejected',
    RUNNING,
    {
      BudgetApproval: approvers(
        ['Rejected by Paul Martin', 'listitem: Rejected Paul Martin', 'The rate is too high.'],
        ['text: Rejected $180,000.00 CAD', untold],
      ),
    },
    decided(ApprovalStatus.Rejected, 'The rate is too high.'),
  ),
  scene(
    'changes requested',
    RUNNING,
    {
      BudgetApproval: approvers(
        ['Changes requested by Paul Martin', 'Split the second integration.'],
        ['text: Changes requested $180,000.00 CAD', untold],
      ),
    },
    decided(ApprovalStatus.ChangesRequested, 'Split the second integration.'),
  ),
  scene(
    'conflict',
    DRAFT,
    {
      BudgetApproval: approvers(
        ['Farah Controller approved this at 14:03, before your decision arrived.', 'button "Dismiss"'],
        own,
      ),
    },
    {
      press: { control: 'BudgetApproval', button: /^(Approve|Approuver)$/ },
      taken: {
        set: DECISIONS,
        rows: [
          {
            crmjira_budget_decisionid: derivedId(draftId, 'visual', 'decision'),
            crmjira_decision: ApprovalStatus.Approved,
            _crmjira_budget_approval_id_value: derivedId(draftId, 'seed', 'approval'),
            createdon: '2025-05-16T18:03:00Z',
            ...writtenBy(FINANCE_CONTROLLER),
          },
        ],
      },
    },
  ),
  scene(
    'waiting, offline',
    DRAFT,
    { BudgetApproval: approvers(['text: Offline', 'Requested by Olivia Owens', asOf], ['You asked on May 11', asOf]) },
    { offline: true },
  ),
];
