import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attributeOf,
  childOf,
  descendantsOf,
  findChild,
  parseXml,
  textOf,
  type XmlElement,
} from '../../solution/tools/read/xml-element';
import { columnsOfOurs } from '../../solution/tools/read/columns-of-ours';
import { readLabels } from '../../solution/tools/read/read-labels';
import { columnsOf, solution, SOLUTION_SOURCE } from './solution-folder';

const tables = solution.tables
  .filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow)
  .map(({ logicalName }) => logicalName);

function filesOf(table: string, part: string): XmlElement[] {
  const folder = `Entities/${table}/${part}`;
  return readdirSync(join(SOLUTION_SOURCE, folder)).map((file) =>
    parseXml(`${folder}/${file}`, readFileSync(join(SOLUTION_SOURCE, folder, file), 'utf8')),
  );
}

const viewsOf = (table: string): XmlElement[] =>
  filesOf(table, 'SavedQueries').map((root) => childOf(root, 'savedquery'));
const ofType = (views: readonly XmlElement[], type: string) =>
  views.find((view) => textOf(view, 'querytype') === type && textOf(view, 'isdefault') === '1');
const fetched = (view: XmlElement | undefined): string[] =>
  view === undefined
    ? []
    : descendantsOf(childOf(view, 'fetchxml'), 'attribute').map((column) => attributeOf(column, 'name'));

describe.each(tables)('%s', (table) => {
  const known = new Set(columnsOf(table).map(({ logicalName }) => logicalName));

  test('has a public, advanced find, associated, quick find and lookup view, named in both languages', () => {
    const views = viewsOf(table);
    const standard = views.filter((view) => textOf(view, 'isdefault') === '1');
    expect(standard.map((view) => textOf(view, 'querytype')).sort()).toEqual(['0', '1', '2', '4', '64']);
    for (const view of views) expect(readLabels(view, 'LocalizedNames', 'LocalizedName')).toBeDefined();
  });

  test('shows in its views only columns that it has and that are fetched', () => {
    for (const view of viewsOf(table)) {
      const columns = fetched(view);
      expect(columns.filter((column) => !known.has(column))).toEqual([]);
      const shown = descendantsOf(childOf(view, 'layoutxml'), 'cell').map((cell) => attributeOf(cell, 'name'));
      expect(shown.filter((column) => !columns.includes(column))).toEqual([]);
    }
  });

  test('has a form with every column of ours that is in use', () => {
    const [form, ...others] = filesOf(table, 'FormXml/main');
    expect(others).toEqual([]);
    const bound =
      form === undefined
        ? []
        : descendantsOf(form, 'control').flatMap(({ attributes }) => attributes.datafieldname ?? []);
    const primaryId = `${table}id`;
    const ours = columnsOfOurs(columnsOf(table))
      .filter(({ description }) => description?.[1033]?.startsWith('Deprecated:') !== true)
      .map(({ logicalName }) => logicalName)
      .filter((name) => name.startsWith('crmjira_') && name !== primaryId);
    expect(bound).toEqual(expect.arrayContaining(ours));
    expect(bound.filter((column) => !known.has(column))).toEqual([]);
  });
});

test.each([
  ['crmjira_integration_log', ['createdon', 'crmjira_integration_status']],
  ['crmjira_budget_mapping', ['crmjira_jira_project_key', 'crmjira_last_sync_date']],
])('R-110 %s is looked up by the columns that an index is meant for', (table, columns) => {
  const views = viewsOf(table);
  for (const type of ['0', '4']) expect(fetched(ofType(views, type))).toEqual(expect.arrayContaining([...columns]));
});

test.each([
  ['R-1831', 'crmjira_time_record', 'My Time', ['ownerid eq-userid']],
  ['R-1810', 'crmjira_time_record', 'Not Synced', ['crmjira_time_out not-null', 'crmjira_jira_synced eq 0']],
  ['R-1715', 'crmjira_issue_link', 'Failing Links', ['crmjira_state in 3 4']],
  ['R-1614', 'crmjira_sync_conflict', 'Open Conflicts', ['crmjira_state eq 1']],
  [
    'R-2305',
    'crmjira_budget_mapping',
    'Held Projects',
    [
      'crmjira_mapping_status ne 2',
      'crmjira_jira_project_id null',
      'crmjira_held_on not-null',
      'crmjira_released_on null',
    ],
  ],
])('%s %s has the view %s', (_id, table, name, conditions) => {
  const [view, ...others] = viewsOf(table).filter(
    (one) => readLabels(one, 'LocalizedNames', 'LocalizedName')?.[1033] === name,
  );
  expect(others).toEqual([]);
  expect(view && textOf(view, 'querytype')).toBe('0');
  const asked = descendantsOf(childOf(view!, 'fetchxml'), 'condition').map((condition) => {
    const { attribute, operator, value } = condition.attributes;
    return [attribute, operator, value, ...descendantsOf(condition, 'value').map(({ text }) => text)]
      .filter((part) => part !== undefined)
      .join(' ');
  });
  expect(asked.sort()).toEqual(['statecode eq 0', ...conditions].sort());
});

test('quick find looks into text only: the platform cannot match a pattern with anything else', () => {
  for (const table of tables) {
    const view = ofType(viewsOf(table), '4');
    const conditions =
      view === undefined
        ? []
        : descendantsOf(view, 'condition').filter(({ attributes }) => attributes.operator === 'like');
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) {
      const column = columnsOf(table).find(({ logicalName }) => logicalName === condition.attributes.attribute);
      expect([table, column?.logicalName, column?.type]).toEqual([table, condition.attributes.attribute, 'String']);
    }
    expect(view && findChild(view, 'isquickfindquery')?.text).toBe('1');
  }
});
