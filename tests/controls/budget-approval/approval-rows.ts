import { OLIVIA, OPPORTUNITY_ID, CAD, PAUL, type Row } from '../platform/rows';

const NAMED = 'OData.Community.Display.V1.FormattedValue';
const NAMES: Readonly<Record<string, string>> = { [OLIVIA]: 'Olivia Owens', [PAUL]: 'Paul Martin' };
export const REQUEST_ID = '5a3f0d51-0c36-4b7c-9a43-000000000001';
export const DECISION_ID = '5a3f0d51-0c36-4b7c-9a43-000000000002';

export function request(change: Row = {}): Row {
  const by = String(change['_createdby_value'] ?? OLIVIA);
  return {
    crmjira_budget_approvalid: REQUEST_ID,
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
