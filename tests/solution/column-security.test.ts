import { solution } from './solution-folder';

/** R-1208: project key, reference, status, approval columns and the steps that the service ticks. */
const SECURED = [
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
];

test('exactly the columns that only the service may write are secured (R-1208)', () => {
  const secured = [...solution.tables, ...solution.extensions].flatMap(({ logicalName, columns }) =>
    columns.filter(({ isSecured }) => isSecured).map((column) => `${logicalName}.${column.logicalName}`),
  );
  expect(secured.sort()).toEqual(SECURED.map((column) => `opportunity.${column}`));
});

test('one profile writes the secured columns, one only reads them (R-1208)', () => {
  const profiles = solution.columnSecurityProfiles.map(({ name, permissions }) => ({
    name,
    columns: permissions.map(({ column }) => column).sort(),
    rights: [
      ...new Set(permissions.map(({ canRead, canCreate, canUpdate }) => `${canRead} ${canCreate} ${canUpdate}`)),
    ],
  }));
  expect(profiles).toEqual([
    { name: 'CRM-JIRA Integration Columns: Service', columns: SECURED, rights: ['true true true'] },
    { name: 'CRM-JIRA Integration Columns: Readers', columns: SECURED, rights: ['true false false'] },
  ]);
});
