import { checkMappings, Direction, type EnteredMapping, type FieldType } from '../../../../domain/src';

const mapping = (over: Partial<EnteredMapping> = {}): EnteredMapping => ({
  direction: Direction.Outbound,
  sourceTable: 'incident',
  sourceField: 'title',
  targetObject: 'issue',
  targetField: 'summary',
  transform: null,
  isKey: false,
  ...over,
});
const types: Readonly<Record<string, FieldType | null>> = {
  followupby: 'date-time',
  duedate: 'date',
  title: 'text',
  number: 'number',
  gone: null,
};
const known = {
  source: (_: string, field: string) => types[field],
  target: (_: string, field: string) => types[field],
};
const says = (mappings: readonly EnteredMapping[]) =>
  checkMappings(mappings, 'Jira', 1033, known).map((one) => one.says);

test('R-1614: mappings that fit are let through', () => {
  expect(
    says([mapping(), mapping({ sourceField: 'followupby', targetField: 'duedate', transform: 'date-only' })]),
  ).toEqual([]);
});

test('R-1614: each mapping that cannot work is refused for its reason, in the words that were agreed', () => {
  expect(says([mapping({ sourceField: 'followupby', targetField: 'duedate' })])).toEqual([
    'followupby is a date with time, duedate is a date only. Choose the transform Date only, or another field.',
  ]);
  expect(says([mapping({ isKey: true, direction: Direction.Both })])).toEqual([
    'A key needs the direction To Jira or From Jira.',
  ]);
  expect(says([mapping({ targetField: 'gone' })])).toEqual([
    'gone does not exist in issue any more. Choose another field.',
  ]);
  expect(says([mapping(), mapping({ sourceField: 'description' })])).toEqual([
    'Mappings 1 and 2 both write summary. Keep one.',
  ]);
  expect(says([mapping({ targetField: 'number' })])).toHaveLength(1);
  expect(says([mapping({ targetField: '  ' })])).toHaveLength(1);
});

test('R-1614: what is written the other way round is judged the other way round', () => {
  const inbound = mapping({ direction: Direction.Inbound, sourceField: 'duedate', targetField: 'followupby' });
  expect(says([inbound])).toHaveLength(1);
  expect(says([mapping({ direction: Direction.Inbound }), mapping({ targetField: 'summary' })])).toEqual([]);
});

test('R-1614: the place of each fault is named, for the field of the page', () => {
  expect(checkMappings([mapping(), mapping({ transform: 'drop' })], 'Jira', 3084).map(({ path }) => path)).toEqual([
    'mappings.1.transform',
    'mappings.1.targetField',
  ]);
});
