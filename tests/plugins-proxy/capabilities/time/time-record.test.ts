import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, SyncStatus } from '@crmjira/domain';
import { moveOldConflicts } from '../../../../plugins-proxy/src/capabilities/time';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { timeTriggers } from '../../../../plugins-proxy/src/capabilities/time/record';
import { acmeProject } from '../issues/linked-world';
import { people } from '../../stand-ins';
import { startTimeWorld, stopTimeWorlds, type TimeWorld } from './time-world';

afterEach(stopTimeWorlds);

/** A record that is in Jira, at rest. */
async function synced(world: TimeWorld) {
  const issue = await world.addIssue();
  const id = await world.addRecord(issue.key);
  await world.run(id);
  expect(await world.run(id)).toEqual([]);
  return { issue, id, worklog: world.worklogs()[0]! };
}
const wish = { crmjira_sync_requested: true };

test.each(['cloud', 'dc'] as const)(
  'R-1806 R-1818 R-1821 R-1824 R-1825 R-1839 a record is logged once, to the second, and a change updates the same worklog: %s',
  async (deployment) => {
    const world = await startTimeWorld(deployment);
    const { issue, id, worklog } = await synced(world);
    expect(worklog).toMatchObject({ issueId: issue.id, seconds: 3_601, startedOn: '2025-05-16T13:00:00.000Z' });
    expect(await world.record(id)).toMatchObject({
      crmjira_jira_worklog_id: worklog.id,
      crmjira_issue_id: issue.id,
      crmjira_jira_synced: true,
      crmjira_sync_requested: false,
      crmjira_jira_sync_error: null,
      crmjira_jira_seconds: 3_601,
    });
    world.pass(60_000);
    await world.edit(id, { ...wish, crmjira_time_out: '2025-05-16T15:00:00Z', crmjira_notes: null });
    expect(await world.run(id)).toEqual(['begin', 'put', 'note']);
    expect(world.worklogs()).toHaveLength(1);
    expect(world.worklogs()[0]).toMatchObject({ id: worklog.id, seconds: 7_200 });
    const { comment } = await world.api('GET', `/issue/${issue.id}/worklog/${worklog.id}`);
    expect(comment).toBe('Time logged for Printer');
    const logs = await world.rows('crmjira_worklog_sync_logs');
    expect(
      logs.map((row) => [row['crmjira_operation'], row['crmjira_sync_status'], row['crmjira_sent_seconds']]),
    ).toEqual(
      expect.arrayContaining([
        [1, SyncStatus.Success, 3_601],
        [2, SyncStatus.Success, 7_200],
      ]),
    );
    // Nothing is left, and nothing goes round.
    const before = world.sent.filter((one) => !one.startsWith('GET')).length;
    await world.edit(id, wish);
    expect(await world.run(id)).toEqual(['note']);
    expect(world.sent.filter((one) => !one.startsWith('GET'))).toHaveLength(before);
  },
  60_000,
);

test('R-1829 R-1826 what people do in Jira arrives, and what a write covers stands in an entry', async () => {
  const world = await startTimeWorld();
  const { issue, id, worklog } = await synced(world);
  await world.api('PUT', `/issue/${issue.id}/worklog/${worklog.id}`, { timeSpentSeconds: 1_800, comment: 'Mail' });
  expect(await world.run(id)).toEqual(['take']);
  expect(await world.record(id)).toMatchObject({ crmjira_notes: 'Mail', crmjira_jira_seconds: 1_800 });
  // Both sides: Dynamics wins, Jira's value stands in a row.
  await world.api('PUT', `/issue/${issue.id}/worklog/${worklog.id}`, { timeSpentSeconds: 600 });
  await world.edit(id, { ...wish, crmjira_time_out: '2025-05-16T13:20:00Z' });
  expect(await world.run(id)).toEqual(['conflict', 'begin', 'put', 'note']);
  expect(world.worklogs()[0]).toMatchObject({ seconds: 1_200 });
  // As private as the record: its owner's, in the log that nobody else reads but Worklog Viewers.
  expect(await world.rows('crmjira_sync_conflicts')).toEqual([]);
  const logs = await world.rows('crmjira_worklog_sync_logs', 'crmjira_sent_seconds eq 600');
  expect(logs).toMatchObject([
    {
      _ownerid_value: people.owner,
      _crmjira_time_record_value: id,
      crmjira_sent_start: new Date('2025-05-16T13:00:00Z'),
      crmjira_sent_comment: 'Mail',
    },
  ]);
  expect(logs[0]?.['crmjira_sync_error']).toMatch(/^This time was changed on both sides.\n.*In Jira: duration 600 s/);
  // A bulk move tells nobody: the worklog is found by its id, and the record follows.
  const other = await world.addIssue();
  world.jira.site.worklogs.put({ ...world.worklogs()[0]!, issueId: other.id });
  expect(await world.run(id)).toEqual(['follow']);
  expect(await world.record(id)).toMatchObject({ crmjira_jira_issue_key: other.key, crmjira_issue_id: other.id });
  // Another issue chosen: one worklog, on that one.
  await world.edit(id, { ...wish, crmjira_jira_issue_key: issue.key });
  expect(await world.run(id)).toEqual(['moving', 'delete', 'anew', 'begin', 'create', 'adopt']);
  expect(world.worklogs().map(({ issueId }) => issueId)).toEqual([issue.id]);
  // Deleted in Jira: told, and made anew when it is asked for again.
  await world.api('DELETE', `/issue/${issue.id}/worklog/${world.worklogs()[0]!.id}`);
  world.pass(120_000);
  expect(await world.run(id)).toEqual(['gone']);
  expect((await world.record(id))['crmjira_jira_sync_error']).toContain('is no longer in Jira');
  await world.edit(id, wish);
  expect(await world.run(id)).toEqual(['anew', 'begin', 'create', 'adopt']);
  expect(world.worklogs()).toHaveLength(1);
}, 60_000);

test('R-1831 R-1829 a record is named after its issue and its subject, whoever made or changed it', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const id = await world.addRecord(null, { crmjira_sync_requested: false });
  const { keysOf } = timeTriggers.tracked('none')[0]!;
  const follow = async () => world.pump(keysOf(await world.record(id)));
  expect(await follow()).toEqual(['no sync is wished']);
  expect(await world.record(id)).toMatchObject({ crmjira_name: 'Printer' });
  expect(await follow()).toEqual([]);
  await world.edit(id, { ...wish, crmjira_subject: 'x'.repeat(199), crmjira_jira_issue_key: issue.key });
  expect(await follow()).toEqual(['begin', 'create', 'adopt']);
  expect((await world.record(id))['crmjira_name']).toMatch(new RegExp(`^${issue.key} x+…$`));
  // Moved in Jira: key and name follow in one write.
  const other = await world.addIssue();
  await world.edit(id, { crmjira_subject: 'Printer' });
  await follow();
  world.jira.site.worklogs.put({ ...world.worklogs()[0]!, issueId: other.id });
  expect(await world.run(id)).toEqual(['follow']);
  expect(await world.record(id)).toMatchObject({ crmjira_name: `${other.key} Printer` });
  expect(await follow()).toEqual([]);
}, 60_000);

test('R-1829 D-9 what former versions told a whole business unit of private time moves to the log, or goes', async () => {
  const world = await startTimeWorld();
  const { id, issue } = await synced(world);
  const old = (n: number, recordId: string, columns: Readonly<Record<string, unknown>> = {}) => ({
    op: 'create' as const,
    collection: 'crmjira_sync_conflicts',
    id: `00000000-0000-4000-8000-00000000000${n}`,
    columns: {
      ...{ crmjira_name: `${issue.key} seconds`, crmjira_regarding_table: 'crmjira_time_record' },
      ...{ crmjira_regarding_id: recordId, crmjira_field: 'seconds', crmjira_jira_value: '600', crmjira_state: 2 },
      ...columns,
    },
  });
  await world.standIns.admin.changeSet([
    old(1, id),
    old(2, randomUUID()),
    old(3, id, { crmjira_regarding_table: 'incident', crmjira_field: 'summary' }),
  ]);
  expect(await moveOldConflicts(world.connections)).toBe(2);
  expect(await moveOldConflicts(world.connections)).toBe(0);
  expect(await world.rows('crmjira_sync_conflicts')).toMatchObject([{ crmjira_regarding_table: 'incident' }]);
  expect(await world.rows('crmjira_worklog_sync_logs', 'crmjira_sent_seconds eq 600')).toMatchObject([
    { _ownerid_value: people.owner, _crmjira_time_record_value: id },
  ]);
}, 60_000);

test('R-1826 a lost answer, a run that is cut off anywhere, and the same work that was there: one worklog', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const lost = await world.addRecord(issue.key);
  world.loseAnswer(/POST .*worklog/);
  expect((await world.run(lost)).at(-1)).not.toBe('adopt');
  expect((await world.record(lost))['crmjira_jira_sync_error']).toContain('Nothing is lost. Next try 17:02 UTC');
  expect(await world.run(lost)).toEqual(['adopt']);
  for (let cutAfter = 0; cutAfter < 3; cutAfter += 1) {
    const id = await world.addRecord(issue.key, { crmjira_time_in: `2025-05-1${cutAfter}T13:00:00Z` });
    const before = world.worklogs().length;
    await world.run(id, cutAfter);
    world.pass(300_000);
    await world.run(id);
    expect(world.worklogs()).toHaveLength(before + 1);
  }
  const started = '2025-05-20T09:00:00.000+0000';
  await world.api('POST', `/issue/${issue.id}/worklog`, { started, timeSpentSeconds: 3_600, comment: 'By hand' });
  const before = world.worklogs().length;
  const times = { crmjira_time_in: '2025-05-20T09:00:00Z', crmjira_time_out: '2025-05-20T10:00:00Z' };
  const twin = await world.addRecord(issue.key, times);
  expect(await world.run(twin)).toEqual(['adopt']);
  // It is one record's: another of the same time has its own.
  expect(await world.run(await world.addRecord(issue.key, times))).toEqual(['begin', 'create', 'adopt']);
  expect(world.worklogs()).toHaveLength(before + 1);
  // One that begins when these end does not overlap.
  const next = { crmjira_time_in: '2025-05-20T10:00:00Z', crmjira_time_out: '2025-05-20T11:00:00Z' };
  expect(await world.run(await world.addRecord(issue.key, next))).toEqual(['begin', 'create', 'adopt']);
  const remarks = (await world.rows('crmjira_worklog_sync_logs')).map((row) => String(row['crmjira_sync_error']));
  expect(remarks.some((one) => one.startsWith('The same time was already in Jira.'))).toBe(true);
  expect(remarks.filter((one) => one.includes('overlaps: 09:00 UTC–10:00 UTC on ACME-1'))).toHaveLength(1);
}, 60_000);

test('R-1813 R-1839 an update whose run was cut off before it was sent is looked at again once it cannot be on its way', async () => {
  const world = await startTimeWorld();
  const { id } = await synced(world);
  await world.edit(id, { ...wish, crmjira_time_out: '2025-05-16T15:00:00Z' });
  expect(await world.run(id, 1)).toEqual(['begin']);
  expect(await world.run(id)).toEqual([]);
  expect(world.named).toEqual([`time-record-later:${id}`]);
  world.pass(300_000);
  expect(await world.run(id)).toEqual(['begin', 'put', 'note']);
  expect(world.named).toHaveLength(1);
  expect(world.worklogs()).toMatchObject([{ seconds: 7_200 }]);
}, 60_000);

test('R-1839 a worklog that was made and removed in one run is not taken for there: another issue chosen meanwhile', async () => {
  const world = await startTimeWorld();
  const [first, second] = [await world.addIssue(), await world.addIssue()];
  const id = await world.addRecord(first.key);
  const choose = () => world.edit(id, { ...wish, crmjira_jira_issue_key: second.key });
  expect(await world.run(id, Infinity, [null, null, choose])).toEqual(
    ['begin', 'create', 'adopt', 'moving', 'delete', 'anew'].concat(['begin', 'create', 'adopt']),
  );
  const [worklog] = world.worklogs();
  expect(world.worklogs()).toMatchObject([{ issueId: second.id }]);
  expect(await world.record(id)).toMatchObject({ crmjira_jira_worklog_id: worklog?.id, crmjira_issue_id: second.id });
}, 60_000);

test('R-1825 what a site rounds is told of, also where the answer of an update is lost, and is not taken for a person’s', async () => {
  const world = await startTimeWorld();
  world.round(60);
  const { id } = await synced(world);
  expect((await world.record(id))['crmjira_jira_seconds']).toBe(3_600);
  const timeOut = '2025-05-16T15:00:30Z';
  await world.edit(id, { ...wish, crmjira_time_out: timeOut });
  world.loseAnswer(/PUT .*worklog/);
  expect((await world.run(id)).at(-1)).not.toBe('note');
  expect(await world.run(id)).toEqual(['note']);
  expect(world.worklogs()).toMatchObject([{ seconds: 7_200 }]);
  expect(await world.record(id)).toMatchObject({ crmjira_jira_seconds: 7_200, crmjira_time_out: new Date(timeOut) });
  expect(await world.rows('crmjira_sync_conflicts')).toEqual([]);
  const remarks = (await world.rows('crmjira_worklog_sync_logs')).map((row) => String(row['crmjira_sync_error']));
  expect(remarks).toContain('Jira keeps 7200 s in place of the 7230 s that were sent.');
}, 60_000);

test('R-1813 R-1834 closed, missing, forbidden, not signed in, not ready, slow: each in words, and nothing is logged', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const says = async (id: string): Promise<string> => {
    await world.run(id);
    return String((await world.record(id))['crmjira_jira_sync_error']).split('\n')[0]!;
  };
  const times = { crmjira_time_out: '2025-05-16T13:00:00Z' };
  expect(await says(await world.addRecord(null))).toBe('No issue is chosen.');
  expect(await says(await world.addRecord('acme-1'))).toBe('“acme-1” is not an issue key.');
  expect(await says(await world.addRecord(issue.key, times))).toBe('Time Out is not after Time In.');
  // Checked before any call.
  expect(world.sent.filter((one) => one.includes('worklog'))).toEqual([]);
  expect(await says(await world.addRecord('ACME-99'))).toBe('ACME-99 is not in Jira, or you may not see it.');
  world.as({ missing: 'no-connection' });
  expect(await says(await world.addRecord(issue.key))).toBe('You have no Jira connection.');
  world.as({ missing: 'refused' });
  expect(await says(await world.addRecord(issue.key))).toBe('Jira no longer accepts your sign-in.');
  world.as(null);
  const row = world.jira.site.issues.get(issue.id)!;
  await world.move(issue.id, 'Done');
  world.jira.site.projects.put({ ...acmeProject, locksDone: true });
  expect(await says(await world.addRecord(issue.key))).toBe('ACME-1 is closed, and Jira takes no time on it.');
  world.jira.site.projects.put(acmeProject);
  world.jira.site.issues.put(row);
  await world.faults([{ path: '/rest', status: 429, retryAfter: 90 }]);
  const slow = await world.addRecord(issue.key);
  expect(await says(slow)).toBe('Jira asks to slow down.');
  expect(await world.record(slow)).toMatchObject({
    crmjira_sync_requested: true,
    crmjira_error_code: 'jira-rate-limit',
    crmjira_next_retry_on: expect.anything(),
  });
  await world.faults([]);
  expect(world.worklogs()).toEqual([]);
  world.pass(120_000);
  await world.run(slow);
  expect(await world.record(slow)).toMatchObject({ crmjira_jira_sync_error: null, crmjira_jira_synced: true });
}, 60_000);

test('R-1813 an update that Jira refuses is told by its cause: not theirs, gone, frozen, closed, or in its own words', async () => {
  const world = await startTimeWorld();
  const { issue, id, worklog } = await synced(world);
  const { site } = world.jira;
  let minute = 10;
  const says = async (): Promise<unknown> => {
    // Until then an update that was sent before might still arrive.
    world.pass(300_000);
    await world.edit(id, { ...wish, crmjira_time_out: `2025-05-16T14:${(minute += 1)}:00Z` });
    await world.run(id);
    return (await world.record(id))['crmjira_error_code'];
  };
  // Done alone closes nothing: most workflows take time on it.
  await world.move(issue.id, 'Done');
  await world.faults([{ method: 'PUT', path: '/worklog', status: 400 }]);
  expect(await says()).toBe('time-refused');
  await world.faults([{ method: 'PUT', path: '/worklog', status: 400, says: 'Tempo: the period is closed.' }]);
  expect(await says()).toBe('time-frozen');
  expect((await world.record(id))['crmjira_jira_sync_error']).toContain('Tempo: the period is closed.');
  await world.faults([]);
  site.projects.put({ ...acmeProject, locksDone: true });
  expect(await says()).toBe('time-issue-closed');
  site.projects.put(acmeProject);
  // Of another account, and this one is no administrator.
  const me = site.users.get(SERVICE_ACCOUNT.accountId)!;
  const other = site.addUser({ email: 'other@company.com', displayName: 'Other', accountId: 'other' });
  site.users.put({ ...me, groups: [] });
  site.worklogs.put({ ...site.worklogs.get(String(worklog.id))!, authorId: other.id });
  expect(await says()).toBe('time-no-edit');
  site.users.put(me);
  expect(await says()).toBeNull();
}, 60_000);

test('R-1807 R-1808 R-1834 commands sync several with progress and an answer, and take a worklog back', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const good = await world.addRecord(issue.key, { crmjira_sync_requested: false });
  const bad = await world.addRecord('ACME-99', { crmjira_sync_requested: false });
  const foreign = await world.addRecord(issue.key, {
    'ownerid@odata.bind': `/systemusers(${people.manager})`,
    crmjira_sync_requested: false,
  });
  const command = async (type: number, id: string, payload: unknown, progress: unknown = null) => {
    const handler = world.commands.find((one) => one.type === type)!;
    const row = { id: 'aaaaaaaa-0000-4000-8000-00000000000a', regarding: { table: 'crmjira_time_record', id } };
    const by = { requestedById: people.owner, createdOn: world.now().toISOString(), correlationId: 'c' };
    return handler.answer({ ...row, ...by, argument: null, payload, progress });
  };
  await world.standIns.admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_commands',
      id: 'aaaaaaaa-0000-4000-8000-00000000000a',
      columns: { crmjira_command_type: CommandType.SyncTime, crmjira_command_state: CommandState.Requested },
    },
  ]);
  const records = [good, bad, foreign];
  expect(await command(CommandType.SyncTime, foreign, null)).toMatchObject({ state: CommandState.Refused });
  expect(await command(CommandType.SyncTime, good, { records })).toEqual({
    againInMs: 2_000,
    keys: [`time-record:${good}`, `time-record:${bad}`],
  });
  const progress = async () =>
    JSON.parse(String((await world.rows('crmjira_commands'))[0]!['crmjira_answer'])) as unknown;
  await world.run(good);
  expect(await command(CommandType.SyncTime, good, { records }, await progress())).toEqual({ againInMs: 2_000 });
  expect((await world.rows('crmjira_commands'))[0]).toMatchObject({ crmjira_done_count: 2, crmjira_total_count: 3 });
  expect(await progress()).toMatchObject({ failed: 1 });
  await world.run(bad);
  expect(await command(CommandType.SyncTime, good, { records }, await progress())).toMatchObject({
    state: CommandState.Done,
    result: '1 succeeded, 2 failed',
    answer: {
      ...{ total: 3, succeeded: 1, failed: 2 },
      errors: [
        { record: foreign, code: 'time-not-yours' },
        { record: bad, code: 'time-issue-missing' },
      ],
    },
  });
  expect(world.worklogs()).toHaveLength(1);
  expect(await command(CommandType.RemoveWorklog, good, null)).toEqual({
    againInMs: 2_000,
    keys: [`time-record:${good}`],
  });
  expect(await world.run(good)).toEqual(['delete', 'finish']);
  // The run that ends the record wakes the command, once it has its answer no more.
  const waits = 'command:aaaaaaaa-0000-4000-8000-00000000000a';
  expect(world.named).toEqual([waits]);
  expect(await command(CommandType.RemoveWorklog, good, null, { asked: true })).toMatchObject({
    state: CommandState.Done,
  });
  expect(world.worklogs()).toEqual([]);
  expect(await world.record(good)).toMatchObject({ crmjira_jira_worklog_id: null, crmjira_jira_synced: false });
  await command(CommandType.SyncTime, good, null);
  await world.run(good);
  expect(world.named).toEqual([waits, waits]);
  expect(await command(CommandType.SyncTime, good, null, await progress())).toMatchObject({ state: CommandState.Done });
  await world.edit(good, wish);
  await world.run(good);
  expect(world.named).toEqual([waits, waits]);
}, 60_000);
