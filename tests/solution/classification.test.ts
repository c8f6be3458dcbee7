import type { ColumnMetadata } from '@crmjira/domain';
import { solution } from './solution-folder';

type Described = Pick<ColumnMetadata, 'description'>;

/** The one label at the end of a description; both languages must agree. */
function labelOf({ description }: Described): string | undefined {
  const english = / Protected ([AB])\.$/.exec(description?.[1033] ?? '')?.[1];
  const french = / Protégé ([AB])\.$/.exec(description?.[3084] ?? '')?.[1];
  return english === french ? english : undefined;
}

/** Budget information and customer data (R-1220); every other table of ours holds project details or logs. */
const PROTECTED_B = [
  'crmjira_budget_alert',
  'crmjira_budget_approval',
  'crmjira_budget_category',
  'crmjira_budget_decision',
  'crmjira_budget_mapping',
  'crmjira_budget_snapshot',
  'crmjira_engagement_score',
  'crmjira_external_ref',
  'crmjira_final_report',
  'crmjira_inbound_event',
  'crmjira_issue_link',
  'crmjira_kpi_snapshot',
  'crmjira_resource_allocation',
  'crmjira_sync_conflict',
  'crmjira_time_record',
];

test('R-1220 every table says how it is classified', () => {
  expect(solution.tables.filter((table) => labelOf(table) === undefined).map(({ logicalName }) => logicalName)).toEqual(
    [],
  );
  const labelled = solution.tables.filter((table) => labelOf(table) === 'B').map(({ logicalName }) => logicalName);
  expect(labelled.sort()).toEqual(PROTECTED_B);
});

test('R-1220 every amount is Protected B, and so is the table that holds it', () => {
  const money = [...solution.tables, ...solution.extensions].flatMap((table) =>
    table.columns.filter(({ type }) => type === 'Money').map((column) => ({ table: table.logicalName, column })),
  );
  expect(money.length).toBeGreaterThan(20);
  for (const { table, column } of money) {
    expect([table, column.logicalName, labelOf(column)]).toEqual([table, column.logicalName, 'B']);
    if (table.startsWith('crmjira_')) expect(PROTECTED_B).toContain(table);
  }
});

test('R-1220 every column added to a table of the platform says how it is classified', () => {
  const columns = solution.extensions.flatMap(({ columns: added }) => added);
  expect(columns.filter((column) => labelOf(column) === undefined).map(({ logicalName }) => logicalName)).toEqual([]);
  const label = (name: string): string | undefined =>
    columns.filter(({ logicalName }) => logicalName === name).map(labelOf)[0];
  expect(label('crmjira_project_budget')).toBe('B');
  expect(label('crmjira_engagement_score')).toBe('B');
  expect(label('crmjira_jira_project_key')).toBe('A');
});
