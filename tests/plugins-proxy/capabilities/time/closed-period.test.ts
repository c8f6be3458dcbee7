import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { startTimeWorld, stopTimeWorlds, type TimeWorld } from './time-world';

afterEach(stopTimeWorlds);

const timesheets = `/4/timesheet-approvals/user/${SERVICE_ACCOUNT.accountId}`;
/** What Tempo was asked. */
const asked = ({ sent }: TimeWorld): readonly string[] => sent.filter((one) => one.includes('/4/'));

/** As the person or the reviewer does it in Tempo. */
async function inTempo({ standIns }: TimeWorld, action: 'submit' | 'approve' | 'reopen', day: string): Promise<void> {
  const response = await fetch(`${standIns.jiraUrl}${timesheets}/${action}?from=${day}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${standIns.environment['TEMPO_TOKEN']}` },
  });
  if (!response.ok) throw new Error(await response.text());
}

test.each(['submit', 'approve'] as const)(
  'R-1813 R-1834 of a period that Tempo has closed (%s) nothing is sent, in words; once it is reopened, all is',
  async (action) => {
    const world = await startTimeWorld();
    const issue = await world.addIssue();
    const id = await world.addRecord(issue.key);
    await inTempo(world, action, '2025-05-18');
    const before = world.sent.length;
    expect(await world.run(id)).toEqual(['refuse']);
    expect(world.worklogs()).toEqual([]);
    expect(await world.record(id)).toMatchObject({
      crmjira_error_code: 'time-period-approved',
      crmjira_jira_sync_error: expect.stringMatching(/^Your time from 2025-05-12 to 2025-05-18 is approved/),
      crmjira_sync_requested: false,
    });
    expect(world.sent.slice(before).filter((one) => !one.startsWith('GET'))).toEqual([]);
    await inTempo(world, 'reopen', '2025-05-12');
    await world.edit(id, { crmjira_sync_requested: true });
    expect(await world.run(id)).toEqual(['begin', 'create', 'adopt']);
    expect((await world.record(id))['crmjira_error_code']).toBeNull();
  },
  60_000,
);

test('R-1827 R-1839 a worklog of a closed period is neither changed nor moved out of it, nor removed; what is unchanged asks nothing', async () => {
  const world = await startTimeWorld();
  const issue = await world.addIssue();
  const id = await world.addRecord(issue.key);
  await world.run(id);
  await inTempo(world, 'approve', '2025-05-16');
  const before = asked(world).length;
  await world.edit(id, { crmjira_sync_requested: true });
  expect(await world.run(id)).toEqual(['note']);
  expect(asked(world)).toHaveLength(before);
  const later = { crmjira_time_in: '2025-05-20T13:00:00Z', crmjira_time_out: '2025-05-20T14:00:00Z' };
  await world.edit(id, { ...later, crmjira_sync_requested: true });
  expect(await world.run(id)).toEqual(['refuse']);
  const { crmjira_base: stored } = await world.record(id);
  await world.edit(id, { crmjira_base: JSON.stringify({ ...JSON.parse(String(stored)), removing: true }) });
  expect(await world.run(id)).toEqual(['refuse']);
  expect(world.worklogs()).toMatchObject([{ startedOn: '2025-05-16T13:00:00.000Z' }]);
  // Of the other side of the move it is asked as well.
  await inTempo(world, 'reopen', '2025-05-16');
  await inTempo(world, 'submit', '2025-05-20');
  await world.edit(id, { crmjira_sync_requested: true });
  expect(await world.run(id)).toEqual(['refuse']);
}, 60_000);

test('R-1813 the day is that of the person, and time that comes from Jira is taken whatever Tempo says', async () => {
  const world = await startTimeWorld();
  const { users } = world.jira.site;
  users.put({ ...users.get(SERVICE_ACCOUNT.accountId)!, timeZone: 'America/Toronto' });
  const issue = await world.addIssue();
  // Sunday evening in Toronto, Monday in UTC.
  const sunday = { crmjira_time_in: '2025-05-12T02:00:00Z', crmjira_time_out: '2025-05-12T03:00:00Z' };
  const id = await world.addRecord(issue.key, sunday);
  await inTempo(world, 'approve', '2025-05-12');
  expect(await world.run(id)).toEqual(['begin', 'create', 'adopt']);
  expect(asked(world).at(-1)).toBe(`GET ${timesheets.replace(':', '%3A')}?from=2025-05-11`);
  await inTempo(world, 'approve', '2025-05-11');
  const [worklog] = world.worklogs();
  await world.api('PUT', `/issue/${issue.id}/worklog/${worklog!.id}`, { timeSpentSeconds: 1_800 });
  expect(await world.tell('worklog_updated', worklog!.id)).toEqual(['take']);
}, 60_000);

test.each([
  ['without Tempo', 'cloud', { TEMPO_TOKEN: undefined }, 0],
  ['on Data Center, whose people Tempo Cloud does not know', 'dc', {}, 0],
  ['where Tempo lets its token see nothing', 'cloud', { TEMPO_TOKEN: 'another-token-of-tempo' }, 1],
] as const)(
  'R-1813 %s time is sent',
  async (_, deployment, variables, requests) => {
    const world = await startTimeWorld(deployment, variables);
    const issue = await world.addIssue();
    const id = await world.addRecord(issue.key);
    expect(await world.run(id)).toEqual(['begin', 'create', 'adopt']);
    expect(asked(world)).toHaveLength(requests);
  },
  60_000,
);
