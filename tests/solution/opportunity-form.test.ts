import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  findChild,
  parseXml,
  type XmlElement,
} from '../../solution/tools/read/xml-element';
import { columnsOf, SOLUTION_SOURCE } from './solution-folder';

/** Columns of Microsoft's table that the form shows (D-3.3, R-201). */
const PLATFORM_COLUMNS = [
  'name',
  'parentaccountid',
  'parentcontactid',
  'transactioncurrencyid',
  'estimatedvalue',
  'budgetamount',
  'estimatedclosedate',
  'ownerid',
  'description',
  'actualvalue',
  'statuscode',
];

/** Class of a cell that shows a code component. */
const CODE_COMPONENT = '{F9A8A302-114E-466A-B582-6771B2AE0D92}';

const folder = 'Entities/Opportunity/FormXml/main';
const [file] = readdirSync(join(SOLUTION_SOURCE, folder));
const root = parseXml(`${folder}/${file}`, readFileSync(join(SOLUTION_SOURCE, folder, file ?? ''), 'utf8'));
const form = childOf(root, 'systemform', 'form');
/** Sub-grids show rows, not a column: tests/solution/sub-grids.test.ts. */
const controls = descendantsOf(form, 'control').filter(
  ({ attributes }) => attributes.indicationOfSubgrid === undefined,
);

function cellsOf(tabName: string, column: number): XmlElement[] {
  const tab = childrenOf(childOf(form, 'tabs'), 'tab').find(({ attributes }) => attributes.name === tabName);
  const at = tab && childrenOf(childOf(tab, 'columns'), 'column')[column];
  return at === undefined ? [] : descendantsOf(at, 'cell');
}

const shown = (cell: XmlElement): string => {
  const control = childOf(cell, 'control');
  const component = attributeOf(control, 'classid') === CODE_COMPONENT ? ' (component)' : '';
  const locked = control.attributes.disabled === 'true' && component === '' ? ' (read-only)' : '';
  return `${attributeOf(control, 'datafieldname')}${component}${locked}`;
};

test('every cell is bound to a column that exists', () => {
  const known = new Set([...PLATFORM_COLUMNS, ...columnsOf('opportunity').map(({ logicalName }) => logicalName)]);
  const bound = controls.map((control) => attributeOf(control, 'datafieldname'));
  expect(bound.length).toBeGreaterThan(15);
  expect(bound.filter((column) => !known.has(column))).toEqual([]);
});

test('the Jira budget tab stands as designed, a component in a cell of its own below its native field', () => {
  expect(cellsOf('jira_budget', 0).map(shown)).toEqual([
    'crmjira_project_budget',
    'actualvalue',
    'crmjira_project_budget (component)',
    'crmjira_budget_review_required',
    'crmjira_budget_review_note',
  ]);
  expect(cellsOf('jira_budget', 1).map(shown)).toEqual([
    'crmjira_jira_project_key (read-only)',
    'crmjira_jira_project_key (component)',
    'crmjira_budget_status (read-only)',
    'crmjira_budget_status (component)',
    'crmjira_approval_status (read-only)',
    'crmjira_approval_status (component)',
    'crmjira_alerts_snoozed_until',
    'crmjira_alerts_snooze_reason',
    'crmjira_alerts_in_digest',
    'name (component)',
  ]);
});

/** Cases are another capability's (R-1607, R-1709): no column of an opportunity leads to one. */
test.each([
  ['crmjira_jira_project_key', 'JIRA Project Key', 'Associated JIRA project for this opportunity', 'Recommended', true],
  ['crmjira_project_budget', 'Project Budget', 'Total approved budget for JIRA project', 'None', false],
  ['crmjira_budget_status', 'Budget Status', 'Current status of project budget in JIRA', 'None', true],
])(
  'R-201 %s is called "%s", described, and read-only on the form: %5$s',
  (name, label, text, requiredLevel, readOnly) => {
    const column = columnsOf('opportunity').find(({ logicalName }) => logicalName === name);
    expect(column).toMatchObject({ requiredLevel });
    expect(column?.displayName[1033]).toBe(label);
    expect(column?.displayName[3084]).toBeTruthy();
    expect(column?.description?.[1033].startsWith(`${text}.`)).toBe(true);
    const [native] = cellsOf('jira_budget', readOnly ? 1 : 0)
      .map(shown)
      .filter((cell) => cell.startsWith(name));
    expect(native).toBe(readOnly ? `${name} (read-only)` : name);
  },
);

test('R-213 account and contact of the opportunity stand on the summary, open to be chosen', () => {
  const summary = cellsOf('summary', 0).map(shown);
  expect(summary.filter((cell) => cell.startsWith('parent'))).toEqual(['parentaccountid', 'parentcontactid']);
});

test('the header shows close date, revenue, status reason and owner', () => {
  expect(descendantsOf(childOf(form, 'header'), 'cell').map(shown)).toEqual([
    'estimatedclosedate',
    'estimatedvalue',
    'statuscode',
    'ownerid',
  ]);
});

test.each([
  ['crmjira_CrmJira.BudgetBurn', 'projectBudget', 'crmjira_project_budget'],
  ['crmjira_CrmJira.JiraProject', 'projectKey', 'crmjira_jira_project_key'],
  ['crmjira_CrmJira.BudgetStatus', 'budgetStatus', 'crmjira_budget_status'],
  ['crmjira_CrmJira.BudgetApproval', 'approvalStatus', 'crmjira_approval_status'],
  ['crmjira_CrmJira.JiraIssues', 'record', 'name'],
])('%s is placed for web, phone and tablet with %s bound to %s', (name, property, column) => {
  const description = descendantsOf(form, 'controlDescription').find((candidate) =>
    childrenOf(candidate, 'customControl').some(({ attributes }) => attributes.name === name),
  );
  const placed =
    description === undefined
      ? []
      : childrenOf(description, 'customControl').filter(({ attributes }) => attributes.name);
  expect(placed.map(({ attributes }) => attributes.formFactor)).toEqual(['0', '1', '2']);
  for (const element of placed) {
    expect(childrenOf(childOf(element, 'parameters'), property).map(({ text }) => text)).toEqual([column]);
  }
  const host = controls.find(({ attributes }) => attributes.uniqueid === description?.attributes.forControl);
  expect(host?.attributes).toMatchObject({ classid: CODE_COMPONENT, datafieldname: column });
});

test('cells with a component hide their label, the component has its own title', () => {
  const cells = descendantsOf(form, 'cell').filter(
    (cell) => childOf(cell, 'control').attributes.classid === CODE_COMPONENT,
  );
  expect(cells).toHaveLength(5);
  for (const { attributes } of cells) expect(attributes.showlabel).toBe('false');
});

test('R-201 R-208 on the tab of the Jira budget every section shows its heading, as on a phone they follow each other', () => {
  const tab = descendantsOf(form, 'tab').find(({ attributes }) => attributes.name === 'jira_budget');
  const sections = tab ? descendantsOf(tab, 'section') : [];
  expect(sections).toHaveLength(5);
  expect(sections.filter(({ attributes }) => attributes.showlabel !== 'true')).toEqual([]);
});

test('tabs, sections and cells are labelled in English and French', () => {
  const labelled = ['tab', 'section', 'cell'].flatMap((name) => descendantsOf(form, name));
  for (const element of labelled) {
    const labels = childrenOf(childOf(element, 'labels'), 'label');
    expect(labels.map(({ attributes }) => attributes.languagecode)).toEqual(['1033', '3084']);
    for (const label of labels) expect(attributeOf(label, 'description')).not.toBe('');
  }
});

test('the form script is called on load and when the budget amount changes, with the execution context', () => {
  const library = 'crmjira_/scripts/opportunity-form.js';
  expect(descendantsOf(form, 'Library').map(({ attributes }) => attributes.name)).toEqual([library]);
  const handlers = descendantsOf(form, 'event').flatMap((event) =>
    descendantsOf(event, 'Handler').map(({ attributes }) => [
      event.attributes.name,
      event.attributes.attribute,
      attributes.functionName,
      attributes.libraryName,
      attributes.passExecutionContext,
    ]),
  );
  expect(handlers).toEqual([
    ['onload', undefined, 'CrmJira.OpportunityForm.onLoad', library, 'true'],
    ['onchange', 'budgetamount', 'CrmJira.OpportunityForm.onBudgetAmountChange', library, 'true'],
  ]);
  expect(findChild(root, 'systemform', 'formid')?.text).toBe(file?.replace('.xml', ''));
});

const MAIN = SOLUTION_SOURCE;
const CASES = join(SOLUTION_SOURCE, '..', 'cases');

test.each([
  ['Incident', CASES, 'title', ['case_details', 'development', 'timeline']],
  ['Account', MAIN, 'name', ['account_details', 'development', 'timeline']],
  ['Product', MAIN, 'name', ['product_details', 'development']],
])(
  'R-1709 the form of %s shows its Jira issues in a section of their own, for web, phone and tablet',
  (table, source, column, sections) => {
    const path = `Entities/${table}/FormXml/main`;
    const [name = '', ...others] = readdirSync(join(source, path));
    const own = parseXml(`${path}/${name}`, readFileSync(join(source, path, name), 'utf8'));
    expect(others).toEqual([]);
    expect(descendantsOf(own, 'section').map(({ attributes }) => attributes.name)).toEqual(sections);
    const section = descendantsOf(own, 'section').find(({ attributes }) => attributes.name === 'development');
    const labels = section && childrenOf(childOf(section, 'labels'), 'label');
    expect(labels?.map(({ attributes }) => attributes.description)).toEqual(['Development', 'Développement']);
    const [control, ...more] = section ? descendantsOf(section, 'control') : [];
    expect(more).toEqual([]);
    expect(control?.attributes).toMatchObject({ classid: CODE_COMPONENT, datafieldname: column });
    const [placement] = descendantsOf(own, 'controlDescription');
    expect(placement?.attributes.forControl).toBe(control?.attributes.uniqueid);
    const placed = placement ? childrenOf(placement, 'customControl').filter(({ attributes }) => attributes.name) : [];
    expect(placed.map(({ attributes }) => `${attributes.name} ${attributes.formFactor}`)).toEqual(
      ['0', '1', '2'].map((factor) => `crmjira_CrmJira.JiraIssues ${factor}`),
    );
    for (const element of placed)
      expect(childrenOf(childOf(element, 'parameters'), 'record').map(({ text }) => text)).toEqual([column]);
  },
);
