import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, readCandidates } from '@crmjira/domain';
import { eventually } from '../../eventually';
import { dataCenter } from '../../stand-ins';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../../world';

afterEach(stopWorlds);

const START = '2025-01-15T15:00:00Z';
const offered = { crmjira_ProjectPicker: 'yes', crmjira_LinkableProjects: '{"names":["*"]}' };
/** Small enough that nothing is provisioned by itself. */
const unlinked = { ...e1, budgetamount: 5_000 };

async function project(world: World, key: string, name: string): Promise<void> {
  const { accountId } = await world.jira('GET', '/myself');
  await world.jira('POST', '/project', { key, name, projectTypeKey: 'software', leadAccountId: accountId });
}

/** What a person asks in the dialog, and the row once it is answered. */
async function ask(world: World, type: CommandType, argument: string) {
  const id = randomUUID();
  await world.writeAs('opportunity.owner', 'crmjira_commands', id, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    crmjira_argument: argument,
    'crmjira_opportunity_id@odata.bind': `/opportunities(${opportunityId})`,
  });
  return eventually(async () => {
    const row = await world.one('crmjira_commands', id);
    expect(row['crmjira_command_state']).toBeGreaterThan(CommandState.Running);
    return { state: row['crmjira_command_state'], result: String(row['crmjira_result']) };
  });
}

const search = (world: World, text: string) => ask(world, CommandType.FindProjects, text);

test('R-2303 a search brings the projects of Jira, and linking one takes it off the list of those to choose', async () => {
  const world = await startWorld(START, {}, offered);
  await world.write('opportunities', opportunityId, unlinked);
  await project(world, 'ALPHA', 'Alpha <b>programme</b>');
  await project(world, 'BETA', 'Bêta');
  const all = await search(world, '');
  expect(all.state).toBe(CommandState.Done);
  expect(readCandidates(all.result)).toEqual({
    projects: [
      { id: expect.any(String), key: 'ALPHA', name: 'Alpha <b>programme</b>', linked: false },
      { id: expect.any(String), key: 'BETA', name: 'Bêta', linked: false },
    ],
    more: false,
  });
  const some = readCandidates((await search(world, 'alph')).result);
  expect(some?.projects.map(({ key }) => key)).toEqual(['ALPHA']);
  // A search is no change: nothing was linked, nothing logged.
  expect(await world.rows('crmjira_budget_mappings')).toEqual([]);

  const linked = await ask(world, CommandType.LinkProject, 'ALPHA');
  expect(linked).toMatchObject({ state: CommandState.Done, result: expect.stringContaining('ALPHA') });
  const after = readCandidates((await search(world, '')).result);
  expect(after?.projects.map(({ key, linked: taken }) => [key, taken])).toEqual([
    ['BETA', false],
    ['ALPHA', true],
  ]);
});

test('R-2303 Data Center: the same list, archived projects left out', async () => {
  const world = await startWorld(START, dataCenter, offered);
  await world.write('opportunities', opportunityId, unlinked);
  await project(world, 'ALPHA', 'Alpha');
  await project(world, 'OLD', 'Old');
  await world.jira('POST', '/project/OLD/archive');
  const found = readCandidates((await search(world, '')).result);
  expect(found?.projects.map(({ key }) => key)).toEqual(['ALPHA']);
});

test('R-2303 where it is not switched on, a search is refused in words', async () => {
  const world = await startWorld(START);
  await world.write('opportunities', opportunityId, unlinked);
  expect(await search(world, 'x')).toEqual({
    state: CommandState.Refused,
    result: 'Searching the projects of Jira is not switched on here. Enter the key of the project.',
  });
});

test('R-2303 Jira away: the person hears so at once instead of waiting for a retry', async () => {
  const world = await startWorld(START, {}, offered);
  await world.write('opportunities', opportunityId, unlinked);
  await world.settled();
  await fetch(`${world.standIns.jiraUrl}/sandbox/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: [{ path: '^/rest/api/3/project/search$', status: 503, html: true, times: 100 }] }),
  });
  const { state, result } = await search(world, 'alpha');
  expect(state).toBe(CommandState.Failed);
  expect(result).toBe('Jira does not answer just now.');
});
