import { solution } from './solution-folder';

/** R-1208: project key, reference, status, approval columns and the steps that the service ticks; R-1806: what Jira has of a time record. */
const SECURED: Readonly<Record<string, readonly string[]>> = {
  opportunity: [
    'crmjira_approval_status',
    'crmjira_approved_by',
    'crmjira_approved_on',
    'crmjira_budget_status',
    'crmjira_integration_reference',
    'crmjira_jira_project_key',
    'crmjira_step_activate',
    'crmjira_step_approve',
    'crmjira_step_budget',
    'crmjira_step_link',
    'crmjira_step_notify',
    'crmjira_step_project',
  ],
  // What the service believes of a record: whoever could write it could claim the worklog of somebody else.
  crmjira_time_record: [
    'crmjira_base',
    'crmjira_error_code',
    'crmjira_issue_id',
    'crmjira_jira_seconds',
    'crmjira_jira_sync_error',
    'crmjira_jira_synced',
    'crmjira_jira_worklog_id',
    'crmjira_last_synced_at',
    'crmjira_next_retry_on',
  ],
};
const names = Object.entries(SECURED)
  .flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))
  .sort();

test('exactly the columns that only the service may write are secured (R-1208)', () => {
  const secured = [...solution.tables, ...solution.extensions].flatMap(({ logicalName, columns }) =>
    columns.filter(({ isSecured }) => isSecured).map((column) => `${logicalName}.${column.logicalName}`),
  );
  expect(secured.sort()).toEqual(names);
});

test('one profile writes the secured columns, one only reads them (R-1208)', () => {
  const profiles = solution.columnSecurityProfiles.map(({ name, permissions }) => ({
    name,
    columns: permissions.map(({ table, column }) => `${table}.${column}`).sort(),
    rights: [
      ...new Set(permissions.map(({ canRead, canCreate, canUpdate }) => `${canRead} ${canCreate} ${canUpdate}`)),
    ],
  }));
  expect(profiles).toEqual([
    { name: 'CRM-JIRA Integration Columns: Service', columns: names, rights: ['true true true'] },
    { name: 'CRM-JIRA Integration Columns: Readers', columns: names, rights: ['true false false'] },
  ]);
});
