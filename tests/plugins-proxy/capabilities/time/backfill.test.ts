import { CommandState, CommandType } from '@crmjira/domain';
import { people } from '../../stand-ins';
import { startTimeWorld, stopTimeWorlds, type TimeWorld } from './time-world';

afterEach(stopTimeWorlds);

interface Wanted {
  readonly record: string;
  readonly from: string | null;
  readonly to: string | null;
}
const idle = { crmjira_sync_requested: false };
const answerTo = (world: TimeWorld, payload: unknown, regarding: string, requestedById: string = people.owner) =>
  world.commands
    .find(({ type }) => type === CommandType.Backfill)!
    .answer({
      id: 'aaaaaaaa-0000-4000-8000-00000000000b',
      regarding: { table: 'crmjira_time_record', id: regarding },
      ...{ requestedById, createdOn: world.now().toISOString(), correlationId: 'c' },
      ...{ argument: null, payload, progress: null },
    });
const ask = (world: TimeWorld, records: readonly Wanted[], check = false, by: string = people.owner) =>
  answerTo(world, { records, check }, records[0]!.record, by);
const keyOf = async (world: TimeWorld, id: string) => (await world.record(id))['crmjira_jira_issue_key'];

test('R-1814 R-1834 keys are checked with the person’s own account, given to their records and taken off again', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const [one, two, foreign] = [
    await world.addRecord(null, idle),
    await world.addRecord(null, { ...idle, crmjira_error_code: 'time-no-issue', crmjira_jira_sync_error: 'None.' }),
    await world.addRecord(null, { ...idle, 'ownerid@odata.bind': `/systemusers(${people.manager})` }),
  ];
  const looked = await ask(
    world,
    [issue.key, 'ACME-99', 'no key'].map((to) => ({ record: one, from: null, to })),
    true,
  );
  expect(looked).toMatchObject({
    state: CommandState.Done,
    result: 'Issues found in Jira: 1 of 3',
    answer: {
      records: [
        { record: one, key: issue.key, ok: true, reason: null },
        { record: one, key: 'ACME-99', ok: false, reason: 'time-issue-missing' },
        { record: one, key: 'no key', ok: false, reason: 'time-issue-format' },
      ],
      issues: expect.arrayContaining([
        expect.objectContaining({ asked: issue.key, key: issue.key, summary: 'Printer on fire', category: 'new' }),
      ]),
    },
  });
  // Looking writes nothing, neither here nor there; what is no key is not even asked for.
  expect(await keyOf(world, one)).toBeNull();
  expect(world.sent.filter((sent) => !sent.startsWith('GET') && !sent.startsWith('POST /rest/api/2/issue'))).toEqual(
    [],
  );
  expect(world.sent.some((sent) => sent.includes('no%20key'))).toBe(false);

  const link = [one, two, foreign].map((record) => ({ record, from: null, to: issue.key }));
  expect(await ask(world, link)).toMatchObject({
    state: CommandState.Done,
    result: 'Records linked: 2 · left unchanged: 1',
    answer: { records: [{ ok: true }, { ok: true }, { record: foreign, ok: false, reason: 'time-not-yours' }] },
  });
  expect(await world.record(two)).toMatchObject({
    ...{ crmjira_jira_issue_key: issue.key, crmjira_error_code: null, crmjira_jira_sync_error: null },
    crmjira_sync_requested: false,
  });
  expect(await keyOf(world, foreign)).toBeNull();
  // Not even a run of the record sends anything: that is asked for by itself.
  await world.run(one);
  expect(world.worklogs()).toEqual([]);
  // A repeat after a crash finds its own.
  expect(await ask(world, link.slice(0, 2))).toMatchObject({ answer: { records: [{ ok: true }, { ok: true }] } });

  const asked = world.sent.length;
  const undo = [one, two].map((record) => ({ record, from: issue.key, to: null }));
  expect(await ask(world, undo)).toMatchObject({ result: 'Links undone: 2' });
  expect([await keyOf(world, one), await keyOf(world, two)]).toEqual([null, null]);
  // Jira is not even asked.
  expect(world.sent).toHaveLength(asked);
}, 60_000);

test('R-1814 what somebody has changed since, and what is in Jira, stays as it is', async () => {
  const world = await startTimeWorld();
  const [issue, other] = [await world.addIssue(), await world.addIssue()];
  const changed = await world.addRecord(other.key, idle);
  const inJira = await world.addRecord(issue.key);
  await world.run(inJira);
  const wished = await world.addRecord(null);
  const free = await world.addRecord(other.key, idle);
  const records = [
    { record: changed, from: null, to: issue.key },
    { record: inJira, from: issue.key, to: other.key },
    { record: wished, from: null, to: issue.key },
    // One key for several: a former one is replaced where the person saw it.
    { record: free, from: other.key, to: issue.key },
  ];
  expect(await ask(world, records)).toMatchObject({
    answer: {
      records: [
        { reason: 'time-changed' },
        { reason: 'time-in-jira' },
        { reason: 'time-in-jira' },
        { ok: true, reason: null },
      ],
    },
  });
  expect(await Promise.all([changed, inJira, wished, free].map((id) => keyOf(world, id)))).toEqual([
    other.key,
    issue.key,
    null,
    issue.key,
  ]);
  // Undone no more once it is synced.
  expect(await ask(world, [{ record: inJira, from: issue.key, to: null }])).toMatchObject({
    state: CommandState.Failed,
    answer: { records: [{ reason: 'time-in-jira' }] },
  });
}, 60_000);

test('R-1814 R-1834 nobody else’s records, no account, no permission, no limit passed: nothing is written', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const id = await world.addRecord(null, idle);
  const link = [{ record: id, from: null, to: issue.key }];
  expect(await ask(world, link, false, people.manager)).toMatchObject({ state: CommandState.Refused });
  for (const payload of [
    null,
    { records: [] },
    { records: [...link, ...link] },
    { records: [{ record: 'x', from: null, to: 'A-1' }] },
    { records: Array.from({ length: 101 }, () => link[0]), check: true },
  ])
    expect(await answerTo(world, payload, id)).toMatchObject({ state: CommandState.Refused });
  await world.faults([{ method: 'GET', path: '/mypermissions', status: 404 }]);
  expect(await ask(world, link)).toMatchObject({
    state: CommandState.Failed,
    answer: { records: [{ ok: false, reason: 'time-no-permission' }] },
  });
  await world.faults([{ method: 'GET', path: `/issue/${issue.key}`, status: 503, times: 9 }]);
  expect(await ask(world, link)).toMatchObject({
    state: CommandState.Failed,
    result: 'Jira does not answer just now.',
  });
  await world.faults([]);
  world.as({ missing: 'no-connection' });
  expect(await ask(world, link)).toMatchObject({
    state: CommandState.Failed,
    answer: { issues: [], reason: 'no-connection' },
  });
  expect(await keyOf(world, id)).toBeNull();
}, 60_000);
