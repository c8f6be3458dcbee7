import { type StandIns, startStandIns } from '../stand-ins';

let standIns: StandIns;
beforeAll(async () => {
  standIns = await startStandIns(() => new Date('2025-05-16T17:00:00Z'));
});
afterAll(() => standIns.close());

test('R-1614 tells of each column what a mapping has to know, and what rows cannot do without', async () => {
  const names = [
    'title',
    'prioritycode',
    'statuscode',
    'followupby',
    'isescalated',
    'ticketnumber',
    'createdon',
    'nothing',
  ];
  const facts = await standIns.admin.tableFacts('incident', names);
  expect(facts).toMatchObject({
    entitySet: 'incidents',
    primaryId: 'incidentid',
    privileges: { Read: 'prvReadIncident', Create: 'prvCreateIncident', Write: 'prvWriteIncident' },
  });
  const kinds = [...(facts?.columns ?? [])].map(([name, { kind, canUpdate, isNeeded }]) => [
    name,
    kind,
    canUpdate,
    isNeeded,
  ]);
  expect(kinds.sort()).toEqual([
    ['createdon', 'date-time', false, false],
    ['customerid', 'lookup', true, true],
    ['followupby', 'date-time', true, false],
    ['isescalated', 'flag', true, false],
    ['prioritycode', 'choice', true, false],
    ['statuscode', 'status', true, false],
    ['ticketnumber', 'text', false, false],
    ['title', 'text', true, false],
  ]);
  expect(facts?.columns.get('title')).toMatchObject({ maxLength: 200 });
  expect(facts?.columns.get('prioritycode')?.options.map(({ value, words }) => [value, words[0]])).toEqual([
    [1, 'High'],
    [2, 'Normal'],
    [3, 'Low'],
  ]);
  expect((await standIns.admin.tableFacts('product', ['price']))?.columns.get('price')).toMatchObject({
    kind: 'decimal',
    precision: 2,
  });
});

test('R-1614 a table that is not there is none', async () => {
  expect(await standIns.admin.tableFacts('nothing', [])).toBeNull();
});
