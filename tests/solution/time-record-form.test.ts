import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  parseXml,
  textOf,
  type XmlElement,
} from '../../solution/tools/read/xml-element';
import { REPOSITORY, SOLUTION_SOURCE } from './solution-folder';

const TIME_RECORD = 'Entities/crmjira_time_record';

const open = (path: string): XmlElement => parseXml(path, readFileSync(join(SOLUTION_SOURCE, path), 'utf8'));
const filesIn = (folder: string): XmlElement[] =>
  readdirSync(join(SOLUTION_SOURCE, folder)).map((file) => open(`${folder}/${file}`));

const [root] = filesIn(`${TIME_RECORD}/FormXml/main`);
const form = childOf(root!, 'systemform', 'form');

/** Properties of a control's manifest, the bound one first. */
const propertiesOf = (folder: string, name: string): string[] => {
  const path = `controls/${folder}/src/${name}/ControlManifest.Input.xml`;
  return [...readFileSync(join(REPOSITORY, path), 'utf8').matchAll(/<property name="(\w+)"/g)].flatMap(
    ([, one]) => one ?? [],
  );
};

/** What each section shows, in its order: a component by the class of its cell. */
const sections = Object.fromEntries(
  descendantsOf(form, 'section').map((section) => [
    attributeOf(section, 'name'),
    descendantsOf(section, 'control').map(({ attributes }) =>
      attributes.uniqueid && attributes.datafieldname
        ? `${attributes.datafieldname} (component)`
        : (attributes.datafieldname ?? attributes.id),
    ),
  ]),
);

test('R-1831 the selector stands between external link and date, the worklog with its history beside them', () => {
  expect(sections).toMatchObject({
    general_1: [
      'crmjira_subject',
      'crmjira_regarding_opportunity',
      'crmjira_regarding_account',
      'crmjira_external_link',
      'crmjira_jira_issue_key (component)',
      'crmjira_time_in',
      'crmjira_time_out',
      'crmjira_notes',
    ],
    general_2: ['crmjira_jira_worklog_id (component)'],
    history_1: ['history_rows'],
    worklog: ['crmjira_jira_worklog_id', 'crmjira_last_synced_at'],
  });
  // Two inputs for one column could disagree: the picker is the only one for the key.
  const inputs = descendantsOf(form, 'control').filter(
    ({ attributes }) => attributes.datafieldname === 'crmjira_jira_issue_key',
  );
  expect(inputs).toHaveLength(1);
});

test.each([
  ['R-1805', 'issue-picker', 'IssuePicker', ['crmjira_jira_issue_key']],
  [
    'R-1809',
    'worklog-sync',
    'WorklogSync',
    ['crmjira_jira_worklog_id', 'crmjira_jira_issue_key', 'crmjira_time_in', 'crmjira_time_out', 'crmjira_notes'],
  ],
])(
  '%s %s is placed for web, phone and tablet, each property of its manifest with its column',
  (_id, folder, name, columns) => {
    const description = descendantsOf(form, 'controlDescription').find((one) =>
      childrenOf(one, 'customControl').some(({ attributes }) => attributes.name === `crmjira_CrmJira.${name}`),
    );
    const placed = childrenOf(description!, 'customControl').filter(({ attributes }) => attributes.name);
    expect(placed.map(({ attributes }) => attributes.formFactor)).toEqual(['0', '1', '2']);
    const properties = propertiesOf(folder, name);
    for (const element of placed) {
      const given = childOf(element, 'parameters');
      expect(properties.map((property) => textOf(given, property))).toEqual(columns);
    }
    const host = descendantsOf(form, 'control').find(
      ({ attributes }) => attributes.uniqueid === description?.attributes.forControl,
    );
    expect(host?.attributes.datafieldname).toBe(columns[0]);
  },
);

test('R-1812 the history of the record is hidden until an issue is there, and lists its latest 50 attempts, the newest first', () => {
  const history = descendantsOf(form, 'section').find(({ attributes }) => attributes.name === 'history_1')!;
  expect(history.attributes.visible).toBe('false');
  expect(childOf(history, 'labels').children.map(({ attributes }) => attributes.description)).toEqual([
    'Sync history',
    'Historique de synchronisation',
  ]);
  const [grid] = descendantsOf(history, 'parameters');
  expect(textOf(grid!, 'RecordsPerPage')).toBe('50');
  const view = filesIn('Entities/crmjira_worklog_sync_log/SavedQueries')
    .map((file) => childOf(file, 'savedquery'))
    .find((one) => textOf(one, 'savedqueryid').toUpperCase() === textOf(grid!, 'ViewId'))!;
  expect(descendantsOf(view, 'order').map(({ attributes }) => attributes)).toEqual([
    { attribute: 'crmjira_synced_at', descending: 'true' },
  ]);
  expect(descendantsOf(view, 'cell').map((cell) => attributeOf(cell, 'name'))).toEqual([
    'crmjira_sync_status',
    'crmjira_synced_at',
    'crmjira_operation',
    'crmjira_synced_by',
    'crmjira_jira_worklog_id',
    'crmjira_sync_error',
  ]);
});

test('R-1831 the form calls its script on load, with the execution context', () => {
  const library = 'crmjira_/scripts/time-record-form.js';
  expect(descendantsOf(form, 'Library').map(({ attributes }) => attributes.name)).toEqual([library]);
  const handlers = descendantsOf(form, 'Handler').map(({ attributes }) => [
    attributes.functionName,
    attributes.libraryName,
    attributes.passExecutionContext,
  ]);
  expect(handlers).toEqual([['CrmJira.TimeRecordForm.onLoad', library, 'true']]);
});

test('R-1831 R-2304 the week stands on the view of whoever looks, alone: other views list records of other people too', () => {
  const shownBy = Object.fromEntries(
    filesIn(`${TIME_RECORD}/SavedQueries`)
      .map((file) => childOf(file, 'savedquery'))
      .map((view): [string, string[]] => [
        attributeOf(descendantsOf(view, 'LocalizedName')[0]!, 'description'),
        descendantsOf(view, 'customControl').flatMap(({ attributes, children }) =>
          attributes.name
            ? `${attributes.name} ${attributes.formFactor}: ${children.flatMap((child) => descendantsOf(child, 'data-set')).map(({ attributes: { name } }) => name)}`
            : [],
        ),
      ])
      .filter(([, controls]) => controls.length > 0),
  );
  expect(shownBy).toEqual({
    'My Time': ['0', '1', '2'].map((factor) => `crmjira_CrmJira.TimeRecords ${factor}: records`),
  });
});
