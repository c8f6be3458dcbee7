import { Health, SyncStatus } from '@crmjira/domain';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { type StandIns, startStandIns } from '../../stand-ins';
import { openNotifications, token } from './notifications-world';

const start = '2025-01-20T14:00:00Z';
let standIns: StandIns;
let clock: () => Date = () => new Date(start);
let world: Awaited<ReturnType<typeof openNotifications>>;
const targets: string[] = [];

beforeAll(async () => {
  standIns = await startStandIns(() => clock());
  world = await openNotifications(standIns, start);
  clock = world.parts.now;
}, 120_000);
afterAll(async () => {
  await world.close();
  await standIns.close();
}, 60_000);
afterEach(async () => {
  for (const id of targets.splice(0)) await world.deactivate(id);
  // What a test has left waiting is nobody's any more, and the next one begins a day later.
  await world.look();
  world.pass(24 * 60);
  await world.drain();
  world.service.seen.splice(0);
});

const target = async (...given: Parameters<typeof world.target>): Promise<string> => {
  const id = await world.target(...given);
  targets.push(id);
  // From here on something is told.
  await world.look();
  return id;
};
const dataOf = ({ body }: { readonly body: string }): unknown => JSON.parse(body);

test('R-2027: each fact is told once to each target that has chosen its event, and a row tells of the delivery', async () => {
  const [one, other] = [await target('one', ['run.failed', 'run.waiting']), await target('other', ['budget.alert'])];
  const failing = await world.other('Carrier rates');
  await world.failed(failing);
  for (let look = 0; look < 3; look++) {
    await world.look();
    await world.drain();
    world.pass(1);
  }
  expect(world.sent('one').map(dataOf)).toEqual([
    {
      type: 'run.failed',
      timestamp: expect.any(String),
      data: { integration: 'Carrier rates', cause: 'timeout', code: 'no-answer' },
    },
  ]);
  expect(world.sent('other')).toEqual([]);
  expect(await world.rows(one)).toMatchObject([
    { crmjira_status: SyncStatus.Success, crmjira_records_processed: 1, crmjira_error_message: null },
  ]);
  expect(await world.rows(other)).toEqual([]);

  // The same again tells nothing new; another trouble does, and a run that waits is an event of its own.
  world.pass(5);
  await world.failed(failing);
  world.pass(5);
  await world.failed(failing, { crmjira_error_code: 'directory-held', crmjira_error_class: 8 });
  world.pass(5);
  await world.failed(failing, { crmjira_error_code: 'no-answer', crmjira_is_dry_run: true });
  await world.look();
  await world.drain();
  expect(world.sent('one').map(dataOf).slice(1)).toMatchObject([
    { type: 'run.waiting', data: { integration: 'Carrier rates', code: 'directory-held' } },
  ]);
});

test('R-2024: a connection is told to be down once it has been for a minute, and to work again after that alone', async () => {
  await target('states', ['connection.down', 'connection.up'], { adapter: 'slack' });
  const connection = await world.other('Rideau Jira');
  const since = world.at();
  const id = await world.create('crmjira_integration_healths', {
    crmjira_name: 'Rideau Jira jira',
    crmjira_dependency: 'jira',
    crmjira_health: Health.Healthy,
    crmjira_since: since,
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connection})`,
  });
  const becomes = async (health: Health, minutesLater: number) => {
    const columns = { crmjira_health: health, crmjira_since: world.at(), crmjira_reason_code: 'jira-unavailable' };
    await standIns.admin.changeSet([{ op: 'update', collection: 'crmjira_integration_healths', id, columns }]);
    await world.look();
    await world.drain();
    world.pass(minutesLater);
    await world.look();
    await world.drain();
    return world.sent('states').map(({ body }) => String((dataOf({ body }) as { text: string }).text).split(' · ')[0]);
  };
  await world.look();
  await world.drain();
  expect(world.sent('states')).toEqual([]);
  expect(await becomes(Health.Down, 2)).toEqual(['Connection is down']);
  expect(await becomes(Health.Healthy, 2)).toEqual(['Connection is down', 'Connection works again']);
  // Away for less than a minute.
  expect(await becomes(Health.Down, 0)).toHaveLength(2);
});

test('R-2024: alerts and decisions of budgets name project and amounts, and lead to the record', async () => {
  await target('budget', ['budget.approved', 'budget.rejected']);
  const opportunity = await world.create('opportunities', { name: 'Secret deal of Acme Corp' });
  await world.create('crmjira_budget_approvals', {
    crmjira_amount: 250_000,
    crmjira_decision: 3,
    crmjira_decided_on: world.at(),
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunity})`,
  });
  await world.look();
  await world.drain();
  const [told, ...others] = world.sent('budget').map(dataOf);
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    type: 'budget.approved',
    data: {
      budget: { amount: '250000.00', currency: 'CAD' },
      record: { table: 'opportunity', id: opportunity, url: `https://org.example/r?id=${opportunity}` },
    },
  });
  // Who reads a channel may not read the record: its name stays out.
  expect(JSON.stringify(told)).not.toMatch(/Secret|Acme/);
});

test('R-2024, R-2027: trouble that passes is tried again after 5, 10, 20 and 40 minutes, then given up in words', async () => {
  const id = await target('broken', ['run.failed'], { statuses: [500] });
  await world.failed(await world.other('Inventory'));
  await world.look();
  for (const [tries, minutes] of [
    [1, 5],
    [2, 10],
    [3, 20],
    [4, 40],
  ] as const) {
    await world.drain();
    expect(world.sent('broken')).toHaveLength(tries);
    world.pass(minutes - 1);
    expect(await world.drain()).toBe(0);
    world.pass(1);
  }
  expect(await world.rows(id)).toEqual([]);
  await world.drain();
  world.pass(24 * 60);
  await world.look();
  await world.drain();
  expect(world.sent('broken')).toHaveLength(5);
  // The same message each time: whoever has taken it in after all knows it again.
  expect(new Set(world.sent('broken').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await world.rows(id)).toMatchObject([
    {
      crmjira_status: SyncStatus.Failed,
      crmjira_records_failed: 1,
      crmjira_error_code: 'unavailable',
      crmjira_error_message: expect.stringContaining('is not available just now (500)'),
    },
  ]);
  expect(await world.store.deadLetters(10)).toMatchObject([{ code: 'notification-undelivered', attempts: 5 }]);
  expect(JSON.stringify([await world.store.deadLetters(10), await world.rows(id)])).not.toContain(token);
});

test('R-2024: a target that asks to wait is asked again no sooner, and one that comes back gets the message', async () => {
  const id = await target('slower', ['run.failed'], { statuses: [429, 200] });
  await world.failed(await world.other('Shipments'));
  await world.look();
  await world.drain();
  world.pass(29);
  expect(await world.drain()).toBe(0);
  world.pass(1);
  await world.drain();
  expect(world.sent('slower')).toHaveLength(2);
  expect(await world.rows(id)).toMatchObject([{ crmjira_status: SyncStatus.Success }]);
});

test.each([
  [404, 'notification-gone', 'The webhook does not exist any more (404).'],
  [400, 'notification-refused', 'refused the message (400).'],
])('R-2024: a target that answers %i is told once, and given up at once', async (status, code, says) => {
  const path = `refuses-${status}`;
  const id = await target(path, ['run.failed'], { statuses: [status], adapter: 'teams' });
  await world.failed(await world.other(`Orders ${status}`));
  await world.look();
  await world.drain();
  world.pass(120);
  await world.look();
  await world.drain();
  expect(world.sent(path)).toHaveLength(1);
  expect(await world.rows(id)).toMatchObject([
    { crmjira_error_code: code, crmjira_error_message: expect.stringContaining(says) },
  ]);
});

test('R-2024: a target that never answers keeps no other one waiting', async () => {
  await target('silent', ['run.failed'], { statuses: [] });
  await target('quick', ['run.failed']);
  for (const name of ['A', 'B', 'C']) await world.failed(await world.other(name));
  await world.look();
  const claims = [];
  for (let claim = await world.claim(); claim !== null; claim = await world.claim()) claims.push(claim);
  expect(claims).toHaveLength(6);
  const started = await Promise.all(claims.map(async (claim) => [claim, await world.run(claim)] as const));
  // Of the silent one a single delivery was under way; the others have come again for later.
  expect(world.sent('silent')).toHaveLength(1);
  const failed = started.filter(([, { done }]) => !done);
  expect(failed).toMatchObject([[{}, { failure: { code: 'notification-undelivered' } }]]);
  for (const [claim, outcome] of started)
    await (outcome.done
      ? world.store.complete(claim, world.parts.now().getTime())
      : world.store.fail(claim, outcome.failure, world.parts.now().getTime()));
  world.pass(0.2);
  await world.drain();
  expect(world.sent('quick')).toHaveLength(3);
});

test('R-2027: a service that is killed after the answer sends nothing twice', async () => {
  const id = await target('killed', ['run.failed']);
  await world.failed(await world.other('Cut off'));
  await world.look();
  // Killed before the row: nothing more is written.
  const gone = { ...world.parts.dataverse, changeSet: () => new Promise<never>(() => undefined) };
  // The leases that it held have run out by the time that another one takes over.
  const store = { ...world.store, lease: async () => true };
  const claim = (await world.claim())!;
  void world.run(claim, { ...world.parts, store, dataverse: gone as unknown as DataverseClient });
  while ((await world.store.readCursor(`notification-sent/${claim.correlationId}`)) === null)
    await new Promise((next) => setImmediate(next));
  expect(await world.store.giveBackExcept([])).toBe(1);
  await world.drain();
  expect(world.sent('killed')).toHaveLength(1);
  expect(await world.rows(id)).toMatchObject([{ crmjira_status: SyncStatus.Success }]);
});

test('R-2024: of many facts at once five are told one by one, the others in one summary', async () => {
  const id = await target('burst', ['run.failed']);
  for (let n = 0; n < 12; n++) await world.failed(await world.other(`Burst ${n}`));
  await world.look();
  await world.drain();
  expect(world.sent('burst')).toHaveLength(5);
  world.pass(1);
  await world.drain();
  world.pass(60);
  await world.look();
  await world.drain();
  expect(world.sent('burst')).toHaveLength(6);
  expect(dataOf(world.sent('burst')[5]!)).toMatchObject({
    type: 'notification.summary',
    data: { event: 'run.failed', count: 12, since: expect.any(String) },
  });
  expect(await world.rows(id)).toHaveLength(6);
});

test('R-2024, R-1621: a target that is inactive, or was changed past its test, gets nothing', async () => {
  const [off, changed] = [await target('off', ['run.failed']), await target('changed', ['run.failed'])];
  await world.failed(await world.other('Nobody hears'));
  await world.look();
  await world.deactivate(off);
  await standIns.admin.changeSet([
    { op: 'update', collection: 'crmjira_integrations', id: changed, columns: { crmjira_tested_hash: null } },
  ]);
  await world.drain();
  expect([...world.sent('off'), ...world.sent('changed')]).toEqual([]);
});
