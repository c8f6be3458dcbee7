import {
  checkMappings,
  type ColumnFacts,
  type ColumnKind,
  Direction,
  type EnteredMapping,
  type FieldType,
  type KnownFields,
  type TableFacts,
} from '../../../../domain/src';

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
const column = (kind: ColumnKind, over: Partial<ColumnFacts> = {}): ColumnFacts => ({
  kind,
  maxLength: null,
  least: null,
  most: null,
  precision: null,
  isMoment: false,
  options: [],
  canCreate: true,
  canUpdate: true,
  isNeeded: false,
  ...over,
});
const incident: TableFacts = {
  entitySet: 'incidents',
  primaryId: 'incidentid',
  privileges: { Read: 'prvReadIncident', Create: 'prvCreateIncident', Write: 'prvWriteIncident' },
  columns: new Map([
    ['title', column('text', { maxLength: 200 })],
    ['description', column('text')],
    ['followupby', column('date-time')],
    ['duedate', column('date')],
    ['isescalated', column('flag')],
    ['prioritycode', column('choice')],
    ['statuscode', column('status')],
    ['severity', column('whole')],
    ['ticketnumber', column('text', { canUpdate: false })],
    ['createdon', column('date-time', { canCreate: false, canUpdate: false })],
    ['customerid', column('lookup', { isNeeded: true })],
    ['entityimage', column('other')],
  ]),
};
const types: Readonly<Record<string, FieldType | null>> = {
  followupby: 'date-time',
  duedate: 'date',
  title: 'text',
  number: 'number',
  gone: null,
};
const known: KnownFields = {
  table: (name) => (name === 'incident' ? incident : null),
  target: (_, field) => types[field],
};
const key = (over: Partial<EnteredMapping> = {}): EnteredMapping =>
  mapping({ sourceField: 'ticketnumber', targetField: 'number-of-the-case', isKey: true, ...over });
const says = (mappings: readonly EnteredMapping[]) =>
  checkMappings([...mappings, key()], 'Jira', 1033, known).map((one) => one.says);

test('R-1614: mappings that fit are let through', () => {
  expect(
    says([mapping(), mapping({ sourceField: 'followupby', targetField: 'duedate', transform: 'date-only' })]),
  ).toEqual([]);
});

test('R-1614: each mapping that cannot work is refused for its reason, in the words that were agreed', () => {
  expect(says([mapping({ sourceField: 'followupby', targetField: 'duedate' })])).toEqual([
    'followupby is a date with time, duedate is a date only. Choose the transform Date only, or another field.',
  ]);
  expect(
    checkMappings([key({ direction: Direction.Both })], 'Jira', 1033, { target: () => undefined }).map(
      ({ says }) => says,
    ),
  ).toEqual(['A key needs the direction To Jira or From Jira.']);
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

describe('what Dynamics tells of its columns (R-1614)', () => {
  const codes = (...mappings: readonly EnteredMapping[]) =>
    checkMappings(mappings, 'REST', 3084, known).map(({ path, code }) => [path, code]);
  const inbound = (sourceField: string, over: Partial<EnteredMapping> = {}) =>
    mapping({ direction: Direction.Inbound, sourceField, targetField: `field-of-${sourceField}`, ...over });

  test.each([
    [inbound('nothing'), 'sourceField', 'field-gone'],
    [inbound('createdon'), 'direction', 'read-only'],
    [inbound('ticketnumber'), 'direction', 'read-only'],
    [inbound('statuscode', { transform: 'status-map' }), 'direction', 'status'],
    [inbound('customerid'), 'sourceField', 'lookup'],
    [inbound('entityimage'), 'sourceField', 'unfit-column'],
    [inbound('prioritycode'), 'transform', 'choice-map'],
    [mapping({ sourceField: 'prioritycode' }), 'transform', 'choice-map'],
    [inbound('description', { transform: 'choice-map' }), 'transform', 'no-choice'],
    [inbound('severity', { targetField: 'title' }), 'transform', 'not-a-number'],
    [inbound('duedate', { targetField: 'followupby' }), 'transform', 'date-only'],
    [inbound('duedate', { targetField: 'number' }), 'transform', 'other-kind'],
    [inbound('followupby', { targetField: 'title' }), 'transform', 'other-kind'],
    [inbound('severity', { targetField: 'title', transform: 'date-only' }), 'transform', 'other-kind'],
    [inbound('title', { sourceTable: 'account' }), 'sourceTable', 'one-table'],
    [mapping({ isKey: true, sourceField: 'title' }), 'isKey', 'two-keys'],
  ])('%j is refused at %s: %s', (one, field, code) => {
    expect(codes(key(), one)).toEqual([[`mappings.1.${field}`, code]]);
  });

  test('what fits is let through, both ways', () => {
    expect(
      codes(
        key(),
        inbound('severity', { targetField: 'title', transform: 'text-to-number' }),
        inbound('followupby', { targetField: 'duedate' }),
        inbound('isescalated', { targetField: 'title' }),
        mapping({
          direction: Direction.Both,
          sourceField: 'prioritycode',
          targetField: 'p',
          transform: 'priority-map',
        }),
        mapping({ sourceField: 'statuscode', targetField: 's', transform: 'status-map' }),
        mapping({ sourceField: 'createdon', targetField: 'c' }),
      ),
    ).toEqual([]);
  });

  test('a table that is gone, no key, a row that cannot be made and a right that is lacking are told once', () => {
    expect(codes(mapping({ sourceTable: 'account', isKey: true }))).toEqual([['mappings.0.sourceTable', 'table-gone']]);
    expect(codes(mapping())).toEqual([['mappings.0.isKey', 'no-key']]);
    expect(codes(key({ direction: Direction.Inbound }))).toEqual([['mappings.0.direction', 'needed']]);
    const lacks = new Set(['prvWriteIncident']);
    expect(checkMappings([key(), mapping()], 'REST', 1033, { ...known, lacks })).toEqual([]);
    expect(checkMappings([key(), inbound('title')], 'REST', 1033, { ...known, lacks })).toMatchObject([
      { path: 'mappings.0.sourceTable', code: 'no-right', says: expect.stringContaining('lacks prvWriteIncident') },
    ]);
  });

  test('every sentence names the mapping or its fields, in both languages, and leaves no gap', () => {
    for (const language of [1033, 3084] as const)
      for (const { says: sentence } of checkMappings(
        [mapping({ sourceField: 'prioritycode' }), inbound('customerid'), inbound('nothing')],
        'REST',
        language,
        known,
      ))
        expect(sentence).not.toMatch(/\{|undefined/);
  });
});
