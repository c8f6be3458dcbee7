import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attributeOf,
  childOf,
  descendantsOf,
  parseXml,
  textOf,
  type XmlElement,
} from '../../solution/tools/read/xml-element';
import { solution, SOLUTION_SOURCE } from './solution-folder';

const SUB_GRID = '{E7A81278-8635-4D9E-8D4D-59480B391C5B}';

const filesIn = (folder: string): XmlElement[] =>
  readdirSync(join(SOLUTION_SOURCE, folder)).map((file) =>
    parseXml(`${folder}/${file}`, readFileSync(join(SOLUTION_SOURCE, folder, file), 'utf8')),
  );

/** Parameters of a form's sub-grids, by the control's name. */
function gridsOf(table: string): Record<string, (name: string) => string> {
  const controls = filesIn(`Entities/${table}/FormXml/main`).flatMap((root) => descendantsOf(root, 'control'));
  return Object.fromEntries(
    controls
      .filter(({ attributes }) => attributes.classid === SUB_GRID)
      .map((control) => [attributeOf(control, 'id'), (name: string) => textOf(childOf(control, 'parameters'), name)]),
  );
}

/** What each form lists of the rows that belong to its record; alerts and log hang on the mapping, so they stand on its form. */
const GRIDS = [
  ['Opportunity', 'jira_mapping', 'crmjira_budget_mapping', 'crmjira_opportunity_id'],
  ['Opportunity', 'jira_approvals', 'crmjira_budget_approval', 'crmjira_opportunity_id'],
  ['Opportunity', 'jira_commands', 'crmjira_command', 'crmjira_opportunity_id'],
  ['crmjira_budget_mapping', 'alerts', 'crmjira_budget_alert', 'crmjira_budget_mapping_id'],
  ['crmjira_budget_mapping', 'integration_log', 'crmjira_integration_log', 'crmjira_budget_mapping_id'],
  ['crmjira_budget_mapping', 'categories', 'crmjira_budget_category', 'crmjira_budget_mapping_id'],
  ['crmjira_budget_mapping', 'final_report', 'crmjira_final_report', 'crmjira_budget_mapping_id'],
  ['crmjira_integration', 'health_rows', 'crmjira_integration_health', 'crmjira_integration_id'],
  ['crmjira_time_record', 'history_rows', 'crmjira_worklog_sync_log', 'crmjira_time_record'],
] as const;

test.each([...new Set(GRIDS.map(([form]) => form))])('R-207 the form of %s lists related rows in sub-grids', (form) => {
  expect(Object.keys(gridsOf(form))).toEqual(GRIDS.filter(([table]) => table === form).map(([, grid]) => grid));
});

test.each(GRIDS)('the sub-grid of %s, %s, shows rows of %s by %s in a public view', (form, grid, table, lookup) => {
  const parameter = gridsOf(form)[grid];
  expect(parameter?.('TargetEntityType')).toBe(table);
  const relationship = solution.relationships.find(({ schemaName }) => schemaName === parameter?.('RelationshipName'));
  expect(relationship).toMatchObject({
    referencingTable: table,
    referencingColumn: lookup,
    referencedTable: form.toLowerCase(),
  });
  const view = filesIn(`Entities/${table}/SavedQueries`)
    .map((root) => childOf(root, 'savedquery'))
    .find((one) => textOf(one, 'savedqueryid').toUpperCase() === parameter?.('ViewId'));
  expect(view && textOf(view, 'querytype')).toBe('0');
});

test('a related list shows as much as the list of the table itself, a lookup the first three columns', () => {
  const tables = solution.tables.filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow);
  for (const { logicalName } of tables) {
    const views = filesIn(`Entities/${logicalName}/SavedQueries`).map((root) => childOf(root, 'savedquery'));
    const columns = (type: string): string[] =>
      views
        .filter((view) => textOf(view, 'querytype') === type && textOf(view, 'isdefault') === '1')
        .flatMap((view) => descendantsOf(childOf(view, 'layoutxml'), 'cell'))
        .map((cell) => attributeOf(cell, 'name'));
    expect([logicalName, ...columns('2')]).toEqual([logicalName, ...columns('0')]);
    expect([logicalName, ...columns('64')]).toEqual([logicalName, ...columns('0').slice(0, 3)]);
  }
});
