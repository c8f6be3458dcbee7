import { arrivedRecordId } from '@crmjira/domain';
import { people } from '../../stand-ins';
import { startTimeWorld, stopTimeWorlds, type TimeWorld } from './time-world';

afterEach(stopTimeWorlds);

const records = 'crmjira_time_records';
const minuteMs = 60_000;
const hour = { started: '2025-05-16T09:00:00.000+0000', timeSpentSeconds: 3_600, comment: 'By hand' };

async function logged(world: TimeWorld, issueId: string, more: object = {}): Promise<string> {
  return String((await world.api('POST', `/issue/${issueId}/worklog`, { ...hour, ...more }))['id']);
}
const remove = (world: TimeWorld, id: unknown): Promise<void> => world.standIns.admin.remove(records, String(id));

test.each(['cloud', 'dc'] as const)(
  'R-1829 R-1826 time logged in Jira becomes one record of its author, at rest, and its deletion in Dynamics lasts: %s',
  async (deployment) => {
    const world = await startTimeWorld(deployment);
    const issue = await world.addIssue();
    const worklog = await logged(world, issue.id);
    expect(await world.tell('worklog_created', worklog)).toEqual(['a time record was made']);
    const [row, ...others] = await world.rows(records);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      crmjira_time_recordid: arrivedRecordId(world.connections.jira.first.id, worklog),
      crmjira_name: `${issue.key} Printer on fire`,
      crmjira_subject: 'Printer on fire',
      crmjira_notes: 'By hand',
      crmjira_jira_issue_key: issue.key,
      crmjira_jira_worklog_id: worklog,
      crmjira_issue_id: issue.id,
      crmjira_jira_seconds: 3_600,
      crmjira_jira_synced: true,
      crmjira_sync_requested: false,
      _ownerid_value: people.owner,
    });
    const id = String(row!['crmjira_time_recordid']);
    // Nothing goes round, and a repeat makes no second one.
    expect(await world.run(id)).toEqual([]);
    expect(await world.tell('worklog_created', worklog)).toEqual(['a time record has the worklog']);
    expect(await world.rows('crmjira_worklog_sync_logs')).toHaveLength(1);
    // From then on both ways, as of any record.
    await world.api('PUT', `/issue/${issue.id}/worklog/${worklog}`, { timeSpentSeconds: 1_800 });
    expect(await world.tell('worklog_updated', worklog)).toEqual(['take']);
    await world.edit(id, { crmjira_sync_requested: true, crmjira_notes: 'Mine' });
    expect(await world.run(id)).toEqual(['begin', 'put', 'note']);
    expect(world.worklogs()).toHaveLength(1);
    // Deleted in Dynamics, kept in Jira: it does not come back.
    await remove(world, id);
    const says = await world.tell('worklog_updated', worklog);
    expect(says).toEqual([deployment === 'cloud' ? 'no time record is made: ours' : 'the worklog was taken up before']);
    world.pass(20 * minuteMs);
    await world.look();
    expect(await world.rows(records)).toEqual([]);
  },
  60_000,
);

test.each(['cloud', 'dc'] as const)(
  'R-1827 R-1829 of a record that was deleted the worklog stays in Jira and does not come back: %s',
  async (deployment) => {
    const world = await startTimeWorld(deployment);
    const issue = await world.addIssue();
    const id = await world.addRecord(issue.key);
    await world.run(id);
    const [worklog] = world.worklogs();
    await remove(world, id);
    await world.api('PUT', `/issue/${issue.id}/worklog/${worklog!.id}`, { timeSpentSeconds: 1_800 });
    await world.tell('worklog_updated', worklog!.id);
    world.pass(20 * minuteMs);
    await world.look();
    expect(await world.rows(records)).toEqual([]);
    expect(world.worklogs()).toHaveLength(1);
  },
  60_000,
);

test('R-1829 deleted as it had come, without a mark of ours, a worklog stays away all the same', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const worklog = await logged(world, issue.id);
  await world.tell('worklog_created', worklog);
  await remove(world, (await world.rows(records))[0]!['crmjira_time_recordid']);
  expect(await world.tell('worklog_updated', worklog)).toEqual(['the worklog was taken up before']);
  // The same of one that a record had been linked to.
  const twin = await logged(world, issue.id, { started: '2025-05-16T13:00:00.000+0000', timeSpentSeconds: 3_601 });
  const id = await world.addRecord(issue.key);
  expect(await world.run(id)).toEqual(['adopt']);
  await remove(world, id);
  expect(await world.tell('worklog_updated', twin)).toEqual(['the worklog was taken up before']);
  expect(await world.rows(records)).toEqual([]);
}, 60_000);

test('R-1829 R-1834 nothing arrives that is switched off, somebody else’s, ours, typed, long ago or not to be seen', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const says = async (more: object = {}): Promise<string> =>
    (await world.tell('worklog_created', await logged(world, issue.id, more))).join();
  // A create whose answer is awaited.
  const sending = await world.addRecord(issue.key, { crmjira_time_in: '2025-05-16T11:00:00Z' });
  world.loseAnswer(/POST .*worklog/);
  await world.run(sending);
  expect(await world.tell('worklog_created', world.worklogs()[0]!.id)).toEqual(['no time record is made: ours']);
  expect(await says()).toBe('a create on that issue is under way,later: jira-worklog-arrival-later');
  await world.run(sending);
  // The same work, typed by its person and not yet synced.
  const typed = { crmjira_time_in: '2025-05-16T09:00:00Z', crmjira_time_out: '2025-05-16T10:00:00Z' };
  const draft = await world.addRecord(issue.key, { ...typed, crmjira_sync_requested: false });
  expect(await says()).toBe('no time record is made: typed');
  await remove(world, draft);
  expect(await says({ started: '2025-04-01T09:00:00.000+0000' })).toBe('no time record is made: long-ago');
  const worklog = await logged(world, issue.id);
  const row = world.jira.site.worklogs.get(worklog)!;
  const stranger = world.jira.site.addUser({ email: 's@x.com', displayName: 'S', accountId: 'stranger' });
  world.jira.site.worklogs.put({ ...row, authorId: stranger.id });
  expect(await world.tell('worklog_created', worklog)).toEqual(['the worklog is of nobody who takes theirs']);
  world.jira.site.worklogs.put(row);
  expect(await world.rows(records)).toHaveLength(1);

  const off = await startTimeWorld();
  await off.takeOver(false);
  const other = await off.addIssue();
  const before = off.sent.length;
  const unwanted = await logged(off, other.id);
  expect(await off.tell('worklog_created', unwanted)).toEqual(['nobody takes worklogs of that site']);
  off.pass(20 * minuteMs);
  expect(await off.look()).toEqual([]);
  // Jira was asked for nothing.
  expect(off.sent.slice(before)).toEqual([`POST /rest/api/2/issue/${other.id}/worklog`]);
}, 60_000);

test('R-1829 R-1804 what is switched off in this minute, or is shown in Jira to a group alone, does not arrive', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  await world.tell('worklog_created', await logged(world, issue.id));
  const worklog = await logged(world, issue.id, { started: '2025-05-16T12:00:00.000+0000' });
  await world.takeOver(false);
  expect(await world.tell('worklog_created', worklog)).toEqual(['the worklog is of nobody who takes theirs']);
  await world.takeOver(true);
  world.limit(worklog);
  expect(await world.tell('worklog_created', worklog)).toEqual(['only a group or a role may see the worklog']);
  expect(await world.rows(records)).toHaveLength(1);
}, 60_000);

test('R-1829 a lost webhook costs minutes: what was logged from the switch on is found, what was logged before is not', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  await logged(world, issue.id);
  world.pass(20 * minuteMs);
  expect(await world.look()).toEqual([]);
  const worklog = await logged(world, issue.id, { started: '2025-05-16T10:00:00.000+0000' });
  world.pass(10 * minuteMs);
  expect(await world.look()).toEqual(['a time record was made']);
  expect(await world.rows(records)).toMatchObject([{ crmjira_jira_worklog_id: worklog }]);
  world.pass(10 * minuteMs);
  expect(await world.look()).toEqual([]);
}, 60_000);

test.each(['cloud', 'dc'] as const)(
  'R-1829 a bulk move, which tells nobody, a lost change and a lost deletion are found within fifteen minutes: %s',
  async (deployment) => {
    const world = await startTimeWorld(deployment);
    const [issue, other] = [await world.addIssue(), await world.addIssue()];
    const ids: string[] = [];
    for (const day of ['12', '13', '14']) {
      const times = { crmjira_time_in: `2025-05-${day}T13:00:00Z`, crmjira_time_out: `2025-05-${day}T14:00:00Z` };
      ids.push(await world.addRecord(issue.key, times));
      await world.run(ids.at(-1)!);
    }
    expect(await world.look()).toEqual([]);
    const [moved, changed, deleted] = world.worklogs();
    world.jira.site.worklogs.put({ ...moved!, issueId: other.id });
    world.jira.site.worklogs.put({ ...changed!, seconds: 600 });
    await world.api('DELETE', `/issue/${issue.id}/worklog/${deleted!.id}`);
    world.pass(10 * minuteMs);
    const before = world.sent.length;
    await world.follow();
    // All are compared in one request; the other reads whose those of the feed are, which on Data Center carry no mark.
    const lists = world.sent.slice(before).filter((one) => one.includes('/worklog/list'));
    expect(lists).toHaveLength(deployment === 'cloud' ? 1 : 2);
    expect([...(await world.runQueued())].sort()).toEqual(['follow', 'gone', 'take']);
    expect(await world.record(ids[0]!)).toMatchObject({
      crmjira_jira_issue_key: other.key,
      crmjira_issue_id: other.id,
    });
    expect((await world.record(ids[1]!))['crmjira_jira_seconds']).toBe(600);
    expect((await world.record(ids[2]!))['crmjira_error_code']).toBe('time-worklog-gone');
    // Told once: what is accounted for is not looked at again.
    world.pass(10 * minuteMs);
    expect(await world.look()).toEqual([]);
    // What a look at rest takes (docs/performance.md): on Data Center the newest changes are read again, as none carries a mark.
    world.pass(10 * minuteMs);
    const atRest = world.sent.length;
    expect(await world.look()).toEqual([]);
    const asked = world.sent.slice(atRest).map((one) => one.replace(/^(\w+) .*(\/worklog\/\w+).*/, '$1 $2'));
    const ofNewest = deployment === 'cloud' ? [] : ['POST /worklog/list'];
    expect(asked.sort()).toEqual(['GET /worklog/updated', 'POST /worklog/list', ...ofNewest]);
  },
  60_000,
);

test('R-1829 a record whose state somebody has spoiled keeps no other from being looked at', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const ids = [await world.addRecord(issue.key), await world.addRecord(issue.key, { crmjira_notes: 'Letters' })];
  for (const id of ids) await world.run(id);
  await world.edit(ids[0]!, { crmjira_base: 'no JSON' });
  world.jira.site.worklogs.put({ ...world.worklogs()[1]!, seconds: 600 });
  world.pass(10 * minuteMs);
  await world.follow();
  expect(await world.runQueued()).toEqual(['take']);
});
