import { stillUsedTables } from '@crmjira/domain';
import { solution } from './solution-folder';

/** D-5; lookups that it does not name have the platform's default, Remove link. */
const DELETE_BEHAVIOUR = [
  ['crmjira_budget_mapping', 'crmjira_opportunity_id', 'opportunity', 'RemoveLink'],
  ['crmjira_integration_log', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'RemoveLink'],
  ['crmjira_budget_alert', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'Cascade'],
  ['crmjira_budget_category', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'Cascade'],
  ['crmjira_budget_snapshot', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'Cascade'],
  ['crmjira_resource_allocation', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'Cascade'],
  ['crmjira_final_report', 'crmjira_budget_mapping_id', 'crmjira_budget_mapping', 'Restrict'],
  ['crmjira_budget_approval', 'crmjira_opportunity_id', 'opportunity', 'RemoveLink'],
  ['crmjira_budget_mapping', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_budget_decision', 'crmjira_budget_approval_id', 'crmjira_budget_approval', 'Restrict'],
  ['crmjira_command', 'crmjira_opportunity_id', 'opportunity', 'RemoveLink'],
  ['crmjira_integration_log', 'crmjira_integration_id', 'crmjira_integration', 'RemoveLink'],
  ['crmjira_integration_health', 'crmjira_integration_id', 'crmjira_integration', 'Cascade'],
  ['crmjira_directory_person', 'crmjira_integration_id', 'crmjira_integration', 'Cascade'],
  ['crmjira_integration_mapping', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_sync_log', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_integration_webhook', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_jira_project', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_jira_project', 'crmjira_product', 'product', 'RemoveLink'],
  ['crmjira_jira_issue', 'crmjira_project', 'crmjira_jira_project', 'Restrict'],
  ['crmjira_jira_issue', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_jira_project', 'crmjira_previous_product', 'product', 'RemoveLink'],
  ['crmjira_issue_link', 'crmjira_regarding_product', 'product', 'RemoveLink'],
  ['crmjira_sync_conflict', 'crmjira_link', 'crmjira_issue_link', 'Cascade'],
  ['crmjira_issue_link', 'crmjira_jira_issue', 'crmjira_jira_issue', 'Restrict'],
  ['crmjira_monitor_error', 'crmjira_monitor_project', 'crmjira_monitor_project', 'Cascade'],
  ['crmjira_monitor_error_day', 'crmjira_monitor_error', 'crmjira_monitor_error', 'Cascade'],
  ['crmjira_monitor_project', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_monitor_project', 'crmjira_product', 'product', 'RemoveLink'],
  ['crmjira_jira_connection', 'crmjira_integration_id', 'crmjira_integration', 'Restrict'],
  ['crmjira_jira_connection', 'crmjira_user', 'systemuser', 'RemoveLink'],
  ['crmjira_worklog_sync_log', 'crmjira_time_record', 'crmjira_time_record', 'Cascade'],
  ['crmjira_engagement_score', 'crmjira_account', 'account', 'Cascade'],
] as const;

test.each(DELETE_BEHAVIOUR)('%s.%s → %s: deleting the parent means %s', (table, column, parent, behaviour) => {
  const found = solution.relationships.filter(
    ({ referencingTable, referencingColumn }) => referencingTable === table && referencingColumn === column,
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ referencedTable: parent, cascade: { delete: behaviour } });
});

test('nothing is assigned, shared or moved along with its parent', () => {
  for (const { schemaName, cascade } of solution.relationships) {
    expect([schemaName, cascade.assign, cascade.share, cascade.unshare, cascade.reparent]).toEqual([
      schemaName,
      ...Array<string>(4).fill('NoCascade'),
    ]);
  }
});

test('the navigation property of a lookup of ours is its column', () => {
  const ours = solution.relationships.filter(({ referencingColumn }) => referencingColumn.startsWith('crmjira_'));
  expect(ours.length).toBeGreaterThan(0);
  for (const { referencingColumn, referencingNavigation } of ours)
    expect(referencingNavigation).toBe(referencingColumn);
});

test('collection navigation properties are unique on each table', () => {
  const names = solution.relationships.map(
    ({ referencedTable, referencedNavigation }) => `${referencedTable}.${referencedNavigation}`,
  );
  expect(new Set(names).size).toBe(names.length);
});

test('R-1606: whatever keeps an integration from being deleted goes with it, or is named to whoever deletes it', () => {
  const goWithIt = ['crmjira_integration_mapping', 'crmjira_integration_webhook'];
  const keeping = solution.relationships
    .filter(
      ({ referencedTable, cascade }) => referencedTable === 'crmjira_integration' && cascade.delete === 'Restrict',
    )
    .map(({ referencingTable }) => referencingTable);
  expect(keeping.sort()).toEqual([...goWithIt, ...stillUsedTables, 'crmjira_sync_log'].sort());
});
