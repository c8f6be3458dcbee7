import { OLIVIA, OPPORTUNITY_ID, CAD, PAUL, type Row } from '../platform/rows';

const NAMED = 'OData.Community.Display.V1.FormattedValue';
const NAMES: Readonly<Record<string, string>> = { [OLIVIA]: 'Olivia Owens', [PAUL]: 'Paul Martin' };
export const REQUEST_ID = '5a3f0d51-0c36-4b7c-9a43-000000000001';
export const DECISION_ID = '5a3f0d51-0c36-4b7c-9a43-000000000002';

export function request(change: Row = {}): Row {
  const by = String(change['_createdby_value'] ?? OLIVIA);
  return {
    crmjira_budget_approvalid: REQUEST_ID,
    statecode: 0,
    _crmjira_opportunity_id_value: OPPORTUNITY_ID,
    crmjira_amount: 280_000,
    crmjira_comment: 'Two integrations added by the customer (change order 2).',
    createdon: '2025-05-16T17:20:00Z',
    _createdby_value: by,
    [`_createdby_value@${NAMED}`]: NAMES[by] ?? 'Farah Controller',
    _transactioncurrencyid_value: CAD,
    ...change,
  };
}

/** user that the integration works as */
const SERVICE = 'aaaaaaaa-0000-4000-8000-0000000000b2';

/** The same request, opened again by the integration after a decision over the limit. */
export function reopened(change: Row = {}): Row {
  const by = String(change['_crmjira_requested_by_value'] ?? OLIVIA);
  return request({
    crmjira_budget_approvalid: '5a3f0d51-0c36-4b7c-9a43-000000000003',
    createdon: '2025-05-16T17:42:00Z',
    _createdby_value: SERVICE,
    [`_createdby_value@${NAMED}`]: 'CRM-JIRA Integration',
    createdby: { applicationid: '22222222-2222-4222-8222-222222222222' },
    _crmjira_requested_by_value: by,
    [`_crmjira_requested_by_value@${NAMED}`]: NAMES[by] ?? 'Farah Controller',
    crmjira_requested_on: '2025-05-16T17:20:00Z',
    ...change,
  });
}

export function decision(change: Row = {}): Row {
  const by = String(change['_createdby_value'] ?? PAUL);
  return {
    crmjira_budget_decisionid: DECISION_ID,
    _crmjira_budget_approval_id_value: REQUEST_ID,
    crmjira_decision: 3,
    crmjira_comment: null,
    createdon: '2025-05-16T17:41:00Z',
    _createdby_value: by,
    [`_createdby_value@${NAMED}`]: NAMES[by] ?? 'Farah Controller',
    ...change,
  };
}
