import { randomUUID } from 'node:crypto';
import { stopWorlds } from '../../world';
import { type ApiWorld, manager, owner, startApiWorld } from './api-world';

let world: ApiWorld;
let token = '';
/** The owner's connection. */
let id = '';
const entered = () => ({
  jira_url: `${world.standIns.jiraUrl}/`,
  auth_type: 'api_token',
  email: `${owner}@company.com`,
  token,
});
const problem = (code: string) => expect.objectContaining({ code, message: expect.stringMatching(/^\S[^]+\.$/) });

beforeAll(async () => {
  world = await startApiWorld();
  token = world.site.giveToken(world.olivia, 'cloud', 'of the tests', `${randomUUID()}-of-the-tests`);
}, 120_000);
afterAll(stopWorlds, 60_000);

test('R-1801 R-1830 a person connects with what works in Jira; nothing of what does not is stored, and no answer has a token', async () => {
  const { call, rows } = world;
  expect(await call('ListConnections')).toEqual([200, []]);
  expect(await call('CreateConnection', { body: { ...entered(), token: 'wrong-token-of-the-tests' } })).toEqual([
    ...[422, problem('refused')],
  ]);
  expect(await call('CreateConnection', { body: { ...entered(), jira_url: 'https://evil.example' } })).toEqual([
    ...[422, problem('integration-off')],
  ]);
  for (const wrong of [{ jira_url: 'file:///x' }, { auth_type: 'oauth' }, { email: 'x' }, { token: '' }, { more: 1 }])
    expect(await call('CreateConnection', { body: { ...entered(), ...wrong } })).toEqual([
      ...[400, problem('invalid-request')],
    ]);
  await world.faults([{ path: '/myself', status: 503 }]);
  expect(await call('CreateConnection', { body: entered() })).toEqual([503, problem('unreachable')]);
  await world.faults([]);
  expect([await rows('crmjira_jira_connections'), await rows('crmjira_secrets')]).toEqual([[], []]);

  const [status, made] = await call('CreateConnection', { body: entered() });
  const connection = {
    id: expect.any(String),
    jira_url: world.standIns.jiraUrl,
    auth_type: 'api_token',
    email: `${owner}@company.com`,
    is_active: true,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  };
  expect([status, made]).toEqual([201, connection]);
  [{ id }] = (await call('ListConnections'))[1] as [{ id: string }];
  expect(await call('ListConnections')).toEqual([200, [{ ...connection, id }]]);
  expect(await call('TestConnection', { params: { id } })).toEqual([
    200,
    { ok: true, reason: null, message: expect.stringContaining(owner), display_name: owner },
  ]);
  const params = { id };
  expect(await call('UpdateConnection', { params, body: { is_active: true } })).toEqual([200, { ...connection, id }]);
  expect(await call('UpdateConnection', { params, body: {} })).toEqual([400, problem('invalid-request')]);
  expect(await call('UpdateConnection', { params, body: { token: 'wrong-token-of-the-tests' } })).toEqual([
    ...[422, problem('refused')],
  ]);
  expect((await call('TestConnection', { params }))[1]).toMatchObject({ ok: true });
}, 240_000);

test('R-1804 R-1834 issues are found as the person sees them, and a key is checked before Jira is asked', async () => {
  const { call, issue, sent } = world;
  const shown = {
    key: issue.key,
    summary: 'Printer on fire',
    status: expect.any(String),
    assignee: owner,
    project: 'PRJ1',
    issueType: expect.any(String),
  };
  expect(await call('SearchIssues', { query: { q: 'printer' } })).toEqual([200, [shown]]);
  expect(await call('SearchIssues', { query: { q: '" OR project is not empty OR summary ~ "' } })).toEqual([200, []]);
  expect(await call('AssignedIssues')).toEqual([200, [shown]]);
  expect(await call('GetIssue', { params: { issueKey: issue.key } })).toEqual([200, shown]);
  expect(await call('GetIssue', { params: { issueKey: 'PRJ1-99' } })).toEqual([404, problem('issue-not-found')]);
  const before = sent.length;
  for (const issueKey of ['prj1-1', 'PRJ1-0', 'PRJ1', '../myself'])
    expect(await call('GetIssue', { params: { issueKey } })).toEqual([400, problem('invalid-request')]);
  expect(await call('SearchIssues')).toEqual([400, problem('invalid-request')]);
  expect(sent).toHaveLength(before);
  // Without a connection of their own nobody sees anything.
  expect(await call('AssignedIssues', { by: manager })).toEqual([409, problem('no-connection')]);
}, 120_000);

test('R-1806 R-1807 R-1808 R-1817 R-1839 records are synced, asked about and taken out of Jira', async () => {
  const { call, addRecord, site } = world;
  const record = await addRecord();
  const idle = { synced: false, sync_error: null, last_synced_at: null, jira_worklog_id: null };
  expect(await call('GetSyncStatus', { params: { id: record } })).toEqual([200, idle]);
  const [status, done] = await call('SyncRecord', { params: { id: record } });
  const [worklog] = site.worklogs.all();
  expect(worklog).toMatchObject({ authorId: 'olivia', seconds: 3_601 });
  const synced = { synced: true, sync_error: null, last_synced_at: expect.any(String), jira_worklog_id: worklog!.id };
  expect([status, done]).toEqual([200, synced]);
  expect(await call('GetSyncStatus', { params: { id: record } })).toEqual([200, synced]);

  const [open, wrongKey, foreign] = [
    await addRecord({ crmjira_time_out: null }),
    await addRecord({ crmjira_jira_issue_key: 'printer' }),
    await addRecord({}, manager),
  ];
  expect(await call('SyncRecord', { params: { id: open } })).toEqual([422, problem('time-no-end')]);
  expect(await call('SyncRecord', { params: { id: wrongKey } })).toEqual([400, problem('time-issue-format')]);
  const [more, missing] = [await addRecord(), randomUUID()];
  const records = [record, more, more, open, foreign, missing];
  expect(await call('SyncRecords', { body: { record_ids: records } })).toEqual([
    200,
    {
      ...{ total: 5, succeeded: 2, failed: 3 },
      errors: expect.arrayContaining(
        [open, foreign, missing].map((one) => ({ record_id: one, error: expect.stringMatching(/\.$/) })),
      ),
    },
  ]);
  expect(site.worklogs.all()).toHaveLength(2);
  for (const wrong of [[], ['x'], Array.from({ length: 201 }, () => randomUUID())])
    expect(await call('SyncRecords', { body: { record_ids: wrong } })).toEqual([400, problem('invalid-request')]);

  const removed = { ...idle, last_synced_at: expect.any(String) };
  expect(await call('RemoveWorklog', { params: { timeRecordId: record } })).toEqual([200, removed]);
  expect(site.worklogs.all()).toHaveLength(1);
  // One that is gone already counts as deleted.
  site.worklogs.delete(site.worklogs.all()[0]!.id);
  expect(await call('RemoveWorklog', { params: { timeRecordId: more } })).toMatchObject([200, { synced: false }]);
  // What Jira allows only administrators: a token whose person may log work and change it is enough.
  const asked = world.sent.filter((one) => one.includes('/worklog'));
  expect(asked.some((one) => one.startsWith('DELETE'))).toBe(true);
  expect(asked.filter((one) => /notifyUsers|overrideEditableFlag|adjustEstimate/.test(one))).toEqual([]);
  const entry = { record_id: record, jira_issue_key: world.issue.key, status: 'success', error: null };
  expect(await call('GetSyncHistory', { query: { record_id: record } })).toMatchObject([
    200,
    [
      { ...entry, operation: 'delete' },
      { ...entry, operation: 'create', jira_worklog_id: worklog!.id },
    ],
  ]);
  expect((await call('GetSyncHistory', { query: { limit: '2' } }))[1]).toHaveLength(2);
  for (const [name, value] of [
    ['limit', '501'],
    ['limit', 'all'],
    ['record_id', 'x'],
  ] as const)
    expect(await call('GetSyncHistory', { query: { [name]: value } })).toEqual([400, problem('invalid-request')]);
}, 240_000);

test('R-1808 R-1834 what is another person’s is as if it were not there: 404, nothing sent to Jira, nothing changed', async () => {
  const { call, addRecord, sent, rows } = world;
  const record = await addRecord();
  const rest = async () => [await rows('crmjira_jira_connections'), await world.one('crmjira_time_records', record)];
  const [before, asked] = [await rest(), sent.length];
  const by = manager;
  for (const [operation, wish] of [
    ['UpdateConnection', { params: { id }, body: { is_active: true } }],
    ['DeleteConnection', { params: { id } }],
    ['TestConnection', { params: { id } }],
    ['SyncRecord', { params: { id: record } }],
    ['GetSyncStatus', { params: { id: record } }],
    ['RemoveWorklog', { params: { timeRecordId: record } }],
    ['GetSyncHistory', { query: { record_id: record } }],
  ] as const)
    expect([operation, await call(operation, { ...wish, by })]).toEqual([operation, [404, problem('not-found')]]);
  expect(await call('ListConnections', { by })).toEqual([200, []]);
  expect(await call('GetSyncHistory', { by })).toEqual([200, []]);
  expect(await call('SyncRecords', { by, body: { record_ids: [record] } })).toMatchObject([200, { failed: 1 }]);
  expect([await rest(), sent.length]).toEqual([before, asked]);
}, 120_000);

test('R-1813 what Jira refuses is said in words; the sign-in that failed is the one at Jira, so it is no 401', async () => {
  const { call, site } = world;
  site.worklogs.all().forEach((one) => site.worklogs.delete(one.id));
  await world.faults([{ path: '/search', status: 503 }]);
  expect(await call('AssignedIssues')).toEqual([503, problem('jira-unavailable')]);
  await world.faults([{ path: '/rest/api', status: 401 }]);
  expect(await call('AssignedIssues')).toEqual([409, problem('refused')]);
  await world.faults([]);
}, 120_000);

test('R-1801 R-1834 R-1837 a connection is deleted with its token; no token is in any log line, and who came is on record', async () => {
  const { call, rows } = world;
  expect(await call('DeleteConnection', { params: { id } })).toEqual([204, null]);
  expect(await call('DeleteConnection', { params: { id } })).toEqual([404, problem('not-found')]);
  expect([await rows('crmjira_jira_connections'), await rows('crmjira_secrets')]).toEqual([[], []]);
  const shown = world.lines.join('');
  expect(shown).not.toContain(token);
  expect(shown).not.toContain(await world.tokenOf(owner));
  // R-1837: an API that changes does so under another path.
  const unversioned = world.sent.filter((one) => /^\w+ \/rest\//.test(one) && !/^\w+ \/rest\/api\/[23]\//.test(one));
  expect([world.sent.length > 20, unversioned]).toEqual([true, []]);
  const accessed = world.lines.filter((line) => line.includes('"msg":"access"'));
  expect(accessed.some((line) => line.includes('/api/jira/connections/:id'))).toBe(true);
}, 60_000);
