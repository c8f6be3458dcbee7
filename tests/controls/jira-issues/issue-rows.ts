import { OPPORTUNITY_ID, type Row, type Tables } from '../platform/rows';

export const CASE_ID = 'c0c0c0c0-0000-4000-8000-000000000001';
export const PRODUCT_ID = 'd0d0d0d0-0000-4000-8000-000000000001';
export const ACCOUNT_ID = 'e0e0e0e0-0000-4000-8000-000000000001';
export const PROJECT_ID = 'f0f0f0f0-0000-4000-8000-000000000001';

export const idOf = (key: string): string => `10000000-0000-4000-8000-${key.replace(/\D/g, '').padStart(12, '0')}`;

export function issue(key: string, change: Row = {}): Row {
  return {
    crmjira_jira_issueid: `2${idOf(key).slice(1)}`,
    crmjira_issue_key: key,
    crmjira_url: `https://jira.example.com/browse/${key}`,
    crmjira_summary: `Summary of ${key}`,
    crmjira_issue_type: 'Bug',
    crmjira_status: 'In Progress',
    crmjira_status_category: 'indeterminate',
    crmjira_priority: 'High',
    crmjira_assignee: 'Amélie Roy',
    crmjira_updated: '2025-05-16T17:52:00Z',
    crmjira_resolved_on: null,
    crmjira_is_deleted: false,
    crmjira_project: { _crmjira_opportunity_value: OPPORTUNITY_ID },
    ...change,
  };
}

export function link(key: string, change: Row = {}, ofIssue: Row = {}): Row {
  return {
    crmjira_issue_linkid: idOf(key),
    crmjira_name: key,
    crmjira_regarding_table: 'incident',
    crmjira_regarding_id: CASE_ID,
    crmjira_state: 2,
    crmjira_sync_preference: 1,
    crmjira_last_error: null,
    crmjira_error_code: null,
    crmjira_last_sync_on: '2025-05-16T18:02:00Z',
    crmjira_next_retry_on: null,
    crmjira_jira_issue: issue(key, ofIssue),
    ...change,
  };
}

export const resolved = (key: string): Row =>
  link(
    key,
    {},
    { crmjira_status: 'Done', crmjira_status_category: 'done', crmjira_resolved_on: '2025-05-14T20:40:00Z' },
  );

export function conflict(key: string, change: Row = {}): Row {
  return {
    crmjira_sync_conflictid: `3${idOf(key).slice(1)}`,
    crmjira_regarding_table: 'incident',
    crmjira_regarding_id: CASE_ID,
    crmjira_state: 1,
    _crmjira_link_value: idOf(key),
    crmjira_field: 'priority',
    crmjira_crm_value: 'High',
    crmjira_jira_value: 'Low',
    crmjira_crm_by: 'Samira Haddad',
    crmjira_jira_by: 'Amélie Roy',
    crmjira_crm_on: '2025-05-16T17:00:00Z',
    crmjira_jira_on: '2025-05-16T17:10:00Z',
    ...change,
  };
}

const variable = (schemaname: string, defaultvalue: string): Row => ({ schemaname, defaultvalue });
export const CAPABILITIES = (on: string): Row[] => [
  variable('crmjira_Capabilities', on),
  variable('crmjira_JiraBaseUrl', 'https://jira.example.com'),
];

/** A case whose product has a Jira project, the opportunity of that project, and what the table names say. */
export function issueTables(change: Partial<Tables> = {}): Partial<Tables> {
  return {
    environmentvariabledefinition: CAPABILITIES('budget,issues'),
    incident: [
      { incidentid: CASE_ID, statecode: 0, title: 'Handheld scanners lose connection', _productid_value: PRODUCT_ID },
    ],
    account: [{ accountid: ACCOUNT_ID, statecode: 0, name: 'Maple Ridge Logistics' }],
    product: [{ productid: PRODUCT_ID, statecode: 0, name: 'DockFlow' }],
    crmjira_issue_link: [],
    crmjira_jira_issue: [],
    crmjira_sync_conflict: [],
    crmjira_jira_project: [
      {
        crmjira_jira_projectid: PROJECT_ID,
        crmjira_project_key: 'DOCK',
        crmjira_name: 'DockFlow',
        crmjira_is_offered: true,
        statecode: 0,
        _crmjira_product_value: PRODUCT_ID,
        _crmjira_opportunity_value: OPPORTUNITY_ID,
      },
    ],
    ...change,
  };
}
