import { personalColumns } from '../../plugins-proxy/src/operations/maintenance/personal-data/personal-columns';
import { solution } from './solution-folder';

const ours = [...solution.tables, ...solution.extensions].flatMap(({ logicalName, columns }) =>
  columns
    .filter(({ isCustom, targets }) => isCustom && targets?.includes('systemuser'))
    .map((column) => ({ table: logicalName, column: column.logicalName })),
);

test('R-1226 every column of ours that holds a person is known to the export and the erasure of personal data', () => {
  const known = new Set(personalColumns.map(({ primaryId, column }) => `${primaryId.replace(/id$/, '')}.${column}`));
  const unknown = ours.map(({ table, column }) => `${table}.${column}`).filter((name) => !known.has(name));
  expect(
    unknown.map((name) => `plugins-proxy/src/operations/maintenance/personal-data/personal-columns.ts lacks ${name}`),
  ).toEqual([]);
});

test('R-1226 every place of personal data is a column of its table, and so is what the time is counted from', () => {
  const tables = new Map([...solution.tables, ...solution.extensions].map((each) => [each.logicalName, each.columns]));
  // Posts are a table of the platform.
  const platform = ['createdby', 'createdon', 'text'];
  const absent = personalColumns.flatMap(({ primaryId, column, since, along = [] }) => {
    const table = primaryId.replace(/id$/, '');
    const has = (name: string): boolean =>
      platform.includes(name) || (tables.get(table) ?? []).some(({ logicalName }) => logicalName === name);
    return [column, since, ...along].filter((name) => !has(name)).map((name) => `${table}.${name}`);
  });
  expect(absent).toEqual([]);
});
