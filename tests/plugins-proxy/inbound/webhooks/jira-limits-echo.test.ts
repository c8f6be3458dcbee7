import { changeIssue } from '../../../../sandbox/src/jira/operations/store-issue';
import { createOwnWrites } from '../../../../plugins-proxy/src/clients/jira/own-writes';
import { registerAll } from '../../../../plugins-proxy/src/operations/registration/register-all';
import { connect } from '../../../../plugins-proxy/src/capabilities/connect';
import { testConfig } from '../../test-config';
import { eventually } from '../../eventually';
import { startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

test('what we write into our own fields comes back as an event and starts no run', async () => {
  const world = await startWorld('2025-01-15T14:00:00Z');
  await world.provision();
  const ignored = (): number => world.lines.filter((line) => line.includes('our own change')).length;
  const before = ignored();
  // The approval puts the new budget status into the root issue.
  await world.approve();
  await eventually(async () => expect(ignored()).toBeGreaterThan(before));
  await world.settled();
  const { site } = world.standIns.jira;
  const [root] = site.issues.all();
  if (!root) throw new Error('no root issue');
  const budgetStatus = 'customfield_10102';
  const active = root.custom[budgetStatus];
  expect(active).toBeTruthy();
  // Somebody else's change of the same field is worked on, and put back.
  const john = { email: 'john@company.com', displayName: 'John', accountId: '712020:john' };
  const actor = site.addUser(john);
  const draft = { ...root, custom: { ...root.custom, [budgetStatus]: null } };
  site.issues.put(draft);
  const item = {
    field: 'Budget Status',
    fieldId: budgetStatus,
    custom: true,
    from: null,
    fromString: 'Active',
    to: null,
  };
  const change = {
    id: '90001',
    issueId: root.id,
    authorId: actor.id,
    createdOn: site.now(),
    items: [{ ...item, toString: null }],
  };
  const on = site.now();
  site.emit({ on, actorId: actor.id, kind: 'issue', event: 'updated', type: 'issue_updated', issue: draft, change });
  await eventually(async () => expect(site.issues.get(root.id)?.custom[budgetStatus]).toEqual(active));
});

test('R-517 a change by hand with our own account is put back too, and noted as a discrepancy (F-121)', async () => {
  const world = await startWorld('2025-01-15T14:00:00Z');
  await world.provision();
  await world.approve();
  await world.settled();
  const { site } = world.standIns.jira;
  const [root] = site.issues.all();
  if (!root) throw new Error('no root issue');
  const approvedAmount = 'customfield_10103';
  const actor = site.users.get(root.creatorId);
  if (!actor) throw new Error('nobody made the root issue');
  changeIssue(site, actor, root, { custom: { ...root.custom, [approvedAmount]: 999 } });
  await eventually(async () => expect(site.issues.get(root.id)?.custom[approvedAmount]).toBe(250_000));
  await eventually(async () => {
    const log = await world.rows('crmjira_integration_logs');
    expect(log.map((row) => row['crmjira_error_message'])).toContainEqual(
      expect.stringContaining('Approved Budget Amount was 999, Dynamics has 250000'),
    );
  });
});

test('each write accounts for one delivery, for five minutes (F-121)', () => {
  let now = 0;
  const writes = createOwnWrites(() => now);
  expect(writes.take('1')).toBe(false);
  writes.expect('1');
  writes.expect('1');
  expect([writes.take('2'), writes.take('1'), writes.take('1'), writes.take('1')]).toEqual([false, true, true, false]);
  writes.expect('1');
  now += 300_000;
  expect(writes.take('1')).toBe(false);
});

test('without inbound there is nothing to register', async () => {
  const config = testConfig({ INBOUND: 'none' });
  const connections = connect(config, () => new Date());
  await expect(registerAll(config, connections)).rejects.toMatchObject({ code: 'nothing-to-register' });
  await connections.close();
});
