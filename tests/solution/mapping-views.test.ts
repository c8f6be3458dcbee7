import { readFolder } from '../../solution/tools/package/folder-files';
import { pathsOf, readXml } from '../../solution/tools/package/solution-files';
import { descendants } from '../../solution/tools/xml/descendants';
import { attributeNamed, type XmlNode } from '../../solution/tools/xml/xml-tree';
import { SOLUTION_SOURCE } from './solution-folder';

const files = readFolder(SOLUTION_SOURCE);
const folder = 'Entities/crmjira_budget_mapping';
const all = (part: string): XmlNode[] =>
  pathsOf(files, new RegExp(`^${folder}/${part}/`)).map((path) => readXml(files, path));

/** Names in English and French of a view or chart. */
const names = (root: XmlNode): (string | undefined)[] =>
  descendants(root)
    .filter(({ name }) => name === 'LocalizedName')
    .map((node) => attributeNamed(node, 'description'));

const conditions = (root: XmlNode): string[] =>
  descendants(root)
    .filter(({ name }) => name === 'condition')
    .map((node) => ['attribute', 'operator', 'value'].flatMap((each) => attributeNamed(node, each) ?? []).join(' '));

test.each([
  ['Active Project Budgets', ['statecode eq 0', 'crmjira_mapping_status ne 2']],
  ['Projects Over Budget', ['statecode eq 0', 'crmjira_budget_status eq 4']],
  ['Project Budgets with Discrepancies', ['statecode eq 0', 'crmjira_discrepancies not-null']],
  ['Archived Project Budgets', ['statecode eq 0', 'crmjira_mapping_status eq 2']],
])('R-211 the view %s shows just these', (name, expected) => {
  const [view, ...others] = all('SavedQueries').filter((root) => names(root)[0] === name);
  expect(others).toEqual([]);
  expect(view && conditions(view)).toEqual(expected);
  expect(view && names(view)).toHaveLength(2);
});

test.each(['Active Project Budgets', 'Projects Over Budget'])(
  'F-124 the view %s begins with what burns most',
  (name) => {
    const view = all('SavedQueries').find((root) => names(root)[0] === name);
    const orders = view ? descendants(view).filter((node) => node.name === 'order') : [];
    expect(orders.map((node) => [attributeNamed(node, 'attribute'), attributeNamed(node, 'descending')])).toEqual([
      ['crmjira_utilization', 'true'],
    ]);
  },
);

test.each(['Active Project Budgets', 'Quick Find Active Project Budgets'])(
  'R-2303 the view %s says which connection a project is on',
  (name) => {
    const view = all('SavedQueries').find((root) => names(root)[0] === name);
    const cells = view ? descendants(view).filter((node) => node.name === 'cell') : [];
    expect(cells.map((node) => attributeNamed(node, 'name'))).toContain('crmjira_integration_id');
  },
);

/** What a chart adds up, over what. */
const asked = (root: XmlNode): string[] =>
  descendants(root)
    .filter(({ name }) => name === 'attribute')
    .map((node) => `${attributeNamed(node, 'aggregate') ?? 'by'} ${attributeNamed(node, 'name')}`);

test.each([
  // Base currency: a status has projects of several currencies, and these are never added.
  [
    'Approved and Spent by Budget Status',
    ['sum crmjira_approved_budget_base', 'sum crmjira_spent_amount_base', 'by crmjira_budget_status'],
  ],
  ['Projects by Budget Status', ['count crmjira_budget_mappingid', 'by crmjira_budget_status']],
  [
    'Approved and Spent by Project',
    ['sum crmjira_approved_budget', 'sum crmjira_spent_amount', 'by crmjira_jira_project_key'],
  ],
])('R-211 the chart %s', (name, expected) => {
  const [chart] = all('Visualizations').filter((root) => names(root)[0] === name);
  expect(chart && asked(chart)).toEqual(expected);
  expect(chart && names(chart)).toHaveLength(2);
});
