/** Rows as the Web API answers them, small and made up for these tests; figures from E3. */
export type Row = Record<string, unknown>;
export type Tables = Record<string, Row[]>;

export const OPPORTUNITY_ID = 'a1b2c3d4-e5f6-7890-abcd-ef1234567890';
export const MAPPING_ID = '0f0e0d0c-0b0a-4009-8807-060504030201';
export const CONNECTION_ID = '0c0c0c0c-0b0a-4009-8807-060504030201';
export const CAD = '11111111-aaaa-4aaa-8aaa-000000000001';
export const EUR = '11111111-aaaa-4aaa-8aaa-000000000002';

/** The sales rep and the project manager. */
export const OLIVIA = '87654321-abcd-ef12-3456-7890abcdef12';
export const PAUL = '0b0e3c6e-54f1-4c0e-9a67-2f6f7b5d1a01';

/** 16 May 2025, 14:04 on a clock four hours behind UTC */
export const NOW = '2025-05-16T18:04:00.000Z';

export function opportunity(change: Row = {}): Row {
  return {
    opportunityid: OPPORTUNITY_ID,
    statecode: 0,
    budgetamount: 250_000,
    crmjira_project_budget: 250_000,
    crmjira_approval_status: 3,
    _crmjira_approved_by_value: PAUL,
    '_crmjira_approved_by_value@OData.Community.Display.V1.FormattedValue': 'Paul Martin',
    crmjira_approved_on: '2025-01-16T15:05:00Z',
    _transactioncurrencyid_value: CAD,
    ...change,
  };
}

export function mapping(change: Row = {}): Row {
  return {
    '@odata.etag': 'W/"1"',
    crmjira_budget_mappingid: MAPPING_ID,
    _crmjira_opportunity_id_value: OPPORTUNITY_ID,
    _crmjira_integration_id_value: CONNECTION_ID,
    crmjira_jira_project_key: 'CRMWYVLZZJ',
    crmjira_integration_reference: 'CRM-202501-A1B2C3D4',
    crmjira_approved_budget: 250_000,
    crmjira_spent_amount: 212_500,
    _transactioncurrencyid_value: CAD,
    crmjira_jira_amount: 250_000,
    crmjira_provisioning_state: 4,
    crmjira_mapping_status: 1,
    crmjira_budget_status: 3,
    crmjira_total_hours: 1_700,
    createdon: '2025-01-15T14:00:00Z',
    modifiedon: '2025-05-16T18:03:00Z',
    crmjira_last_sync_date: '2025-05-16T18:02:00Z',
    crmjira_last_error: null,
    crmjira_completed_on: null,
    crmjira_period_from: '2025-01-15',
    crmjira_project_archived: false,
    crmjira_jira_project_name: 'Digital Transformation Project - Acme Corp',
    crmjira_jira_project_url: 'https://jira.example.com/browse/CRMWYVLZZJ',
    crmjira_jira_lead: 'Paul Martin',
    crmjira_jira_project_status: 'In progress',
    crmjira_issues_done: 41,
    crmjira_issues_open: 9,
    crmjira_milestones: '[{"name":"Release 1.0","date":"2025-03-28","released":true}]',
    ...change,
  };
}

export function snapshot(day: string, spent: number, change: Row = {}): Row {
  return {
    _crmjira_budget_mapping_id_value: MAPPING_ID,
    crmjira_snapshot_date: day,
    crmjira_spent_amount: spent,
    crmjira_approved_budget: 250_000,
    crmjira_total_hours: spent / 125,
    crmjira_remaining_estimate_hours: null,
    crmjira_done_fraction: null,
    ...change,
  };
}

/** Paces of 1,093.75, 1,225.00 and 1,535.71 a day over 14, 30 and 90 days before 16 May 2025. */
export function history(
  estimate: { remainingHours: number; done: number } | null = { remainingHours: 210, done: 0.82 },
): Row[] {
  return [
    snapshot('2025-01-15', 45_000),
    snapshot('2025-02-15', 74_286.1),
    snapshot('2025-04-16', 175_750),
    snapshot('2025-05-02', 197_187.5),
    snapshot('2025-05-16', 212_500, {
      crmjira_remaining_estimate_hours: estimate?.remainingHours ?? null,
      crmjira_done_fraction: estimate?.done ?? null,
    }),
  ];
}

export function tables(change: Partial<Tables> = {}): Tables {
  return {
    transactioncurrency: [
      { transactioncurrencyid: CAD, isocurrencycode: 'CAD', currencysymbol: '$', exchangerate: 1 },
      { transactioncurrencyid: EUR, isocurrencycode: 'EUR', currencysymbol: '€', exchangerate: 0.68 },
    ],
    environmentvariabledefinition: [],
    opportunity: [opportunity()],
    crmjira_budget_mapping: [mapping()],
    crmjira_budget_snapshot: history(),
    crmjira_command: [],
    crmjira_integration_log: [],
    crmjira_budget_approval: [],
    crmjira_budget_decision: [],
    crmjira_budget_alert: [],
    crmjira_resource_allocation: [],
    task: [],
    ...change,
  };
}
