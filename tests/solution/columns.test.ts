import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnMetadata } from '@crmjira/domain';
import { CHOICES, DATA_MODEL } from './data-model';
import { columnsOf, solution } from './solution-folder';

/** A column in the words of the data model. */
function inWords(column: ColumnMetadata): string {
  const required = column.requiredLevel === 'ApplicationRequired' ? ' !' : '';
  return `${column.logicalName} ${typeInWords(column)}${required}`;
}

function typeInWords(column: ColumnMetadata): string {
  switch (column.type) {
    case 'String':
      return column.autoNumberFormat ? `autonumber ${column.autoNumberFormat}` : `text ${column.maxLength}`;
    case 'Memo':
      return `memo ${column.maxLength}`;
    case 'Picklist':
      return ['choice', column.optionSetName, column.defaultValue].filter((part) => part !== undefined).join(' ');
    case 'Money':
      return 'money';
    case 'Decimal':
      return `decimal ${column.precision}`;
    case 'Integer':
      return 'whole';
    case 'Boolean':
      return 'yesno';
    case 'DateTime':
      return column.dateTimeBehavior === 'DateOnly' ? 'day' : 'datetime';
    case 'Lookup':
      return `lookup ${column.targets?.join(' ')}`;
    default:
      return column.type;
  }
}

const isBaseAmount = ({ type, logicalName }: ColumnMetadata): boolean =>
  type === 'Money' && logicalName.endsWith('_base');
const own = (column: ColumnMetadata): boolean =>
  column.isCustom && column.logicalName.startsWith('crmjira_') && !isBaseAmount(column);

/** The other tables are those of D-3 and D-4. */
const REQUIREMENT: Readonly<Record<string, string>> = {
  crmjira_integration_log: 'R-101 ',
  crmjira_budget_mapping: 'R-101 R-104 ',
};
const TABLES = Object.entries(DATA_MODEL).map(
  ([table, expected]) => [REQUIREMENT[table] ?? '', table, expected] as const,
);

test.each(TABLES)('%s%s has the columns of the data model and no others', (_id, table, expected) => {
  const primaryId = solution.tables.find(({ logicalName }) => logicalName === table)?.primaryId;
  const actual = columnsOf(table)
    .filter((column) => own(column) && column.logicalName !== primaryId)
    .map(inWords);
  // In sentences: whoever changed a column learns which file says otherwise.
  expect([
    ...actual
      .filter((line) => !expected.includes(line))
      .map((line) => `tests/solution/data-model.ts lacks '${line}' of ${table}`),
    ...expected
      .filter((line) => !actual.includes(line))
      .map((line) => `tests/solution/data-model.ts has '${line}' of ${table}, solution/src has not`),
  ]).toEqual([]);
});

test('R-111 every custom table of the solution is one of the data model or the instance table of the process', () => {
  const known = [
    ...Object.keys(DATA_MODEL).filter((table) => table !== 'opportunity' && table !== 'account'),
    'crmjira_opportunitytojiraproject',
  ];
  expect(solution.tables.map(({ logicalName }) => logicalName).sort()).toEqual(known.sort());
});

test('R-103 the global choices hold the values and English labels of the data model', () => {
  const actual = solution.globalOptionSets.map(({ name, options }) => [
    name,
    options.map(({ value, label }) => `${value} ${label[1033]}`),
  ]);
  expect(Object.fromEntries(actual)).toEqual(CHOICES);
});

test('F-222 the page of the data model has every value of every choice, in both languages', () => {
  const [, ...sections] = readFileSync(join(__dirname, '..', '..', 'docs', 'data-model.md'), 'utf8')
    .split('\n## Values of choices\n')[1]!
    .split('\n### `');
  const shown = sections.map((section) => [
    section.split('`')[0],
    [...section.matchAll(/^\| (-?\d+) \| (.+) \| (.+) \|$/gm)].map(([, value, en, fr]) => [Number(value), en, fr]),
  ]);
  const wanted = solution.globalOptionSets.map(({ name, options }) => [
    name,
    options.map(({ value, label }) => [value, label[1033], label[3084]]),
  ]);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
});

test('R-102 the project key is recommended on the opportunity, the other added columns are optional', () => {
  const levels = columnsOf('opportunity')
    .filter(({ requiredLevel }) => requiredLevel !== 'None')
    .map(({ logicalName, requiredLevel }) => [logicalName, requiredLevel]);
  expect(levels).toEqual([['crmjira_jira_project_key', 'Recommended']]);
});

test('money has two digits, a base column, and on our own tables a currency and a rate', () => {
  const tables = [...solution.tables, ...solution.extensions].map(({ logicalName, columns }) => ({
    logicalName,
    names: columns.map((column) => column.logicalName),
    money: columns.filter((column) => column.type === 'Money' && !isBaseAmount(column)),
  }));
  for (const { logicalName, names, money } of tables.filter((table) => table.money.length > 0)) {
    for (const column of money) {
      expect(column).toMatchObject({ precision: 2, baseColumn: `${column.logicalName}_base` });
      expect(names).toContain(column.baseColumn);
    }
    if (logicalName !== 'opportunity') {
      expect(names).toEqual(expect.arrayContaining(['transactioncurrencyid', 'exchangerate']));
    }
  }
});

test('whole numbers that count are never negative', () => {
  const negative = solution.tables
    .flatMap(({ columns }) => columns)
    .filter((column) => own(column) && column.type === 'Integer' && column.minValue !== 0);
  expect(negative.map(({ logicalName }) => logicalName)).toEqual([]);
});

test('custom tables are user-owned, audited and written out with the columns of the platform', () => {
  for (const table of solution.tables.filter(({ isBusinessProcessFlow }) => !isBusinessProcessFlow)) {
    expect(table).toMatchObject({ ownership: 'UserOwned', isAudited: true });
    expect(table.columns.map(({ logicalName }) => logicalName)).toEqual(
      expect.arrayContaining([
        'createdon',
        'createdby',
        'modifiedon',
        'modifiedby',
        'ownerid',
        'statecode',
        'statuscode',
      ]),
    );
  }
});

/** A secret that is emptied or deleted must not live on in the audit history (ADR-18, ADR-23). */
const UNAUDITED = ['crmjira_command.crmjira_sealed', 'crmjira_secret.crmjira_ciphertext'];

test('R-1202 every change of a column of ours is audited, on our tables and on those of the platform, secrets apart', () => {
  const primaryIds = solution.tables.map(({ primaryId }) => primaryId);
  const silent = [...solution.tables, ...solution.extensions].flatMap(({ logicalName, columns }) =>
    columns
      .filter((column) => own(column) && !column.isAudited && !primaryIds.includes(column.logicalName))
      .map((column) => `${logicalName}.${column.logicalName}`),
  );
  expect(silent.sort()).toEqual(UNAUDITED);
});

test('change tracking is on for what the proxy polls (ARCHITECTURE.md: every 60 s)', () => {
  const tracked = solution.tables.filter(({ changeTracking }) => changeTracking).map(({ logicalName }) => logicalName);
  expect(tracked).toEqual(
    expect.arrayContaining([
      'crmjira_budget_approval',
      'crmjira_budget_decision',
      'crmjira_budget_mapping',
      'crmjira_command',
      'crmjira_issue_link',
      'crmjira_time_record',
    ]),
  );
});

test('R-105 R-106 the alternate keys are those of the data model', () => {
  const keys = solution.tables.flatMap(({ logicalName, keys: own }) =>
    own.map(({ columns }) => `${logicalName}: ${columns.join(' + ')}`),
  );
  expect(keys.sort()).toEqual(
    [
      'crmjira_budget_mapping: crmjira_opportunity_id',
      'crmjira_budget_mapping: crmjira_jira_project_id + crmjira_integration_id',
      'crmjira_inbound_event: crmjira_event_id',
      'crmjira_budget_alert: crmjira_budget_mapping_id + crmjira_alert_level + crmjira_crossing_no',
      'crmjira_final_report: crmjira_budget_mapping_id',
      'crmjira_budget_decision: crmjira_budget_approval_id',
      'crmjira_budget_snapshot: crmjira_budget_mapping_id + crmjira_snapshot_date',
      'crmjira_resource_allocation: crmjira_budget_mapping_id + crmjira_month + crmjira_person_id',
      'crmjira_jira_project: crmjira_integration_id + crmjira_project_id',
      'crmjira_monitor_project: crmjira_system + crmjira_external_id',
      'crmjira_monitor_error: crmjira_monitor_project + crmjira_external_id',
      'crmjira_monitor_error_day: crmjira_monitor_error + crmjira_day',
      'crmjira_external_ref: crmjira_system + crmjira_external_id',
      'crmjira_jira_issue: crmjira_integration_id + crmjira_issue_id',
      'crmjira_issue_link: crmjira_jira_issue + crmjira_regarding_id',
      'crmjira_integration_health: crmjira_integration_id + crmjira_dependency',
      'crmjira_directory_person: crmjira_integration_id + crmjira_directory_id',
      'crmjira_secret: crmjira_name',
      'crmjira_service_key: crmjira_key_id',
    ].sort(),
  );
});

test('entity sets are the logical name in the plural', () => {
  for (const { logicalName, entitySetName } of solution.tables) {
    expect(entitySetName).toBe(logicalName.endsWith('y') ? `${logicalName.slice(0, -1)}ies` : `${logicalName}s`);
  }
});

test('schema names equal logical names, so that navigation properties are lower case', () => {
  for (const { schemaName, logicalName, columns } of solution.tables) {
    expect(schemaName).toBe(logicalName);
    for (const column of columns.filter(own)) expect(column.schemaName).toBe(column.logicalName);
  }
});
