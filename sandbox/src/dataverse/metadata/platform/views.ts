import { choice, column, integer, label, memo, states, systemRequired, text, yesNo } from '../columns';
import { table } from '../table';

const viewColumns = [
  text('name', 200, 'Name', systemRequired),
  memo('description', 2000, 'Description'),
  memo('fetchxml', 1_073_741_823, 'FetchXml'),
  memo('layoutxml', 1_073_741_823, 'Layout XML'),
  memo('columnsetxml', 1_073_741_823, 'ColumnSet XML'),
  column('EntityName', 'returnedtypecode', 'Returned Type Code', systemRequired),
  integer('querytype', 0, 1_000_000_000, 'Query Type', { defaultValue: 0 }),
  ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
];

/** Views that come with a solution: `?savedQuery=<id>`. */
export const savedquery = table(
  'savedquery',
  'SavedQuery',
  1039,
  'name',
  [
    ...viewColumns,
    yesNo('isdefault', 'Is Default'),
    yesNo('isquickfindquery', 'Is Quick Find'),
    yesNo('isuserdefined', 'Is User Defined'),
    choice('componentstate', 'Component State', { 0: 'Published', 1: 'Unpublished' }, { defaultValue: 0 }),
  ],
  { ownership: 'OrganizationOwned', privilegeName: 'Query', displayName: label('View', 'Vue') },
);

/** Views that a person keeps: `?userQuery=<id>`. */
export const userquery = table('userquery', 'UserQuery', 4230, 'name', viewColumns, {
  displayName: label('Saved View', 'Vue enregistrée'),
});
