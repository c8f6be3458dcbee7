import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, jiraProjectRowId, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { SERVICE_ACCOUNT } from '../../../../sandbox/src/jira';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import type { ProjectRow } from '../../../../sandbox/src/jira/site/rows';
import { countCalls, pointsOf } from '../../../../plugins-proxy/src/clients/jira/points';
import { readSiteProjects, type SiteProject } from '../../../../plugins-proxy/src/clients/jira/read-projects';
import { eventually } from '../../eventually';
import { jiraStandIn } from '../../jira-stand-in';
import { people } from '../../stand-ins';
import { startWorld, stopLater, stopWorlds, type World } from '../../world';

afterEach(stopWorlds);

const connection = '5a8d2c1e-0000-4000-8000-000000000c01';
const projects = 'crmjira_jira_projects';

/** The world with issues switched on, and an administrator of the integration. */
async function startIssues(): Promise<World> {
  const world = await startWorld('2025-05-16T17:00:00Z', {}, { crmjira_Capabilities: 'budget,issues' });
  await world.standIns.dataverse.seed([
    {
      table: 'systemuserroles',
      row: {
        systemuserroleid: guidOf('administrator'),
        systemuserid: people.finance,
        roleid: world.standIns.dataverse.roleId('CRM-JIRA Integration Administrator')!,
      },
    },
  ]);
  return world;
}

/** Gives a command and waits for its answer. */
async function ask(
  world: World,
  type: CommandType,
  more: Readonly<Record<string, unknown>> = {},
  by = 'finance.controller',
) {
  const id = randomUUID();
  await world.writeAs(by, 'crmjira_commands', id, {
    crmjira_command_type: type,
    crmjira_command_state: CommandState.Requested,
    ...more,
  });
  const row = await eventually(async () => {
    const found = await world.one('crmjira_commands', id);
    expect(found['crmjira_finished_on']).not.toBeNull();
    return found;
  });
  const { crmjira_command_state: state, crmjira_result: result, crmjira_answer: answer } = row;
  return { id, state, result: String(result), answer: JSON.parse(String(answer ?? 'null')) as unknown };
}

/** A project as the stand-in keeps it. */
const projectRow = (id: number, more: Partial<ProjectRow> = {}): ProjectRow => ({
  id: String(id),
  key: `PRJ${id}`,
  formerKeys: [],
  name: `Project ${id}`,
  description: '',
  leadId: SERVICE_ACCOUNT.accountId,
  typeKey: 'software',
  templateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
  simplified: false,
  categoryId: null,
  url: '',
  assigneeType: 'UNASSIGNED',
  createdOn: '2025-05-01T00:00:00.000Z',
  archivedOn: null,
  archivedById: null,
  deletedOn: null,
  deletedById: null,
  lastIssueNumber: 0,
  ...more,
});

describe('the projects of a site', () => {
  test.each(['cloud', 'dc'] as const)('R-1702 are all found in Jira %s, page by page', async (edition) => {
    const { jira, site, close } = await jiraStandIn(edition);
    stopLater(close);
    for (let n = 0; n < 103; n += 1) jira.site.projects.put(projectRow(20_000 + n));
    jira.site.projects.put(projectRow(20_200, { archivedOn: '2025-05-02T00:00:00.000Z' }));
    jira.site.projects.put(projectRow(20_300, { deletedOn: '2025-05-02T00:00:00.000Z' }));
    const { http, cost } = countCalls(site.http);
    const found: SiteProject[] = [];
    for await (const page of readSiteProjects({ ...site, http })) found.push(...page);
    expect(found).toHaveLength(104);
    expect(found.find(({ id }) => id === '20200')).toMatchObject({ archived: true, lead: expect.any(String) });
    expect(found[0]).toMatchObject({
      key: 'PRJ20000',
      type: 'software',
      style: edition === 'cloud' ? 'classic' : null,
      archived: false,
    });
    const requests = edition === 'cloud' ? 2 : 1;
    expect(cost()).toEqual({ requests, points: requests + 104 });
  });

  test('R-1712 a read costs a point and one for each object, a write one', () => {
    const get = { method: 'GET', path: '/rest/api/3/search/jql' } as const;
    expect(pointsOf(get, { issues: [{ id: '1' }, { id: '2' }] })).toBe(3);
    expect(pointsOf({ ...get, path: '/rest/api/3/myself' }, { displayName: 'A' })).toBe(3);
    expect(pointsOf({ ...get, method: 'POST', reads: true }, { count: 7 })).toBe(1);
    expect(pointsOf({ ...get, method: 'POST' }, { id: '1' })).toBe(1);
  });
});

test('R-1702 R-1714 an administrator has projects discovered; what people have set stays', async () => {
  const world = await startIssues();
  const { admin, jira } = world.standIns;
  for (const n of [1, 2]) jira.site.projects.put(projectRow(30_000 + n));
  const discover = (by?: string) =>
    ask(
      world,
      CommandType.DiscoverProjects,
      { crmjira_regarding_table: 'crmjira_integration', crmjira_regarding_id: connection },
      by,
    );
  expect(await discover('opportunity.owner')).toMatchObject({
    state: CommandState.Refused,
    result: expect.stringContaining('Only an administrator of the integration'),
  });
  expect(await world.rows(projects)).toEqual([]);

  expect(await discover()).toMatchObject({
    state: CommandState.Done,
    result: '2 new projects were found in Jira. Mark those as offered whose issues may be seen here.',
    answer: { found: 2, added: 2, changed: 0, gone: 0 },
  });
  const [one, two] = [30_001, 30_002].map((id) => jiraProjectRowId(connection, String(id)));
  expect(await world.one(projects, one!)).toMatchObject({
    crmjira_project_id: '30001',
    crmjira_project_key: 'PRJ30001',
    crmjira_name: 'Project 30001',
    crmjira_style: 'classic',
    crmjira_is_archived: false,
    crmjira_is_offered: false,
    crmjira_discovered_on: expect.anything(),
  });
  const [log] = await world.rows('crmjira_sync_logs');
  expect(log).toMatchObject({
    crmjira_name: 'Discover projects: Jira',
    crmjira_trigger: SyncTrigger.Manual,
    crmjira_status: SyncStatus.Success,
    _crmjira_actor_value: people.finance,
    crmjira_records_processed: 2,
    crmjira_changed: 2,
    crmjira_jira_requests: 2,
    crmjira_jira_points: 6,
    crmjira_dataverse_requests: 3,
  });

  await admin.changeSet([
    { op: 'update', collection: projects, id: one!, columns: { crmjira_is_offered: true } },
    { op: 'update', collection: projects, id: two!, columns: { crmjira_is_offered: true } },
  ]);
  jira.site.projects.put(projectRow(30_001, { name: 'Another name' }));
  jira.site.projects.put(projectRow(30_002, { deletedOn: '2025-05-16T17:00:00.000Z' }));
  expect(await discover()).toMatchObject({
    state: CommandState.Done,
    result: 'No new project was found in Jira. 1 can no longer be seen in Jira.',
    answer: { found: 1, added: 0, changed: 1, gone: 1 },
  });
  expect(await world.one(projects, one!)).toMatchObject({ crmjira_name: 'Another name', crmjira_is_offered: true });
  expect(await world.one(projects, two!)).toMatchObject({ statecode: 1, crmjira_is_offered: true });
  jira.site.projects.put(projectRow(30_002));
  expect(await discover()).toMatchObject({ answer: { changed: 1, gone: 0 } });
  expect(await world.one(projects, two!)).toMatchObject({ statecode: 0, crmjira_is_offered: true });

  await world.faults([{ path: '/project/search', status: 403 }]);
  expect(await discover()).toMatchObject({ state: CommandState.Failed });
  const failed = (await world.rows('crmjira_sync_logs')).filter((row) => row['crmjira_status'] === SyncStatus.Failed);
  expect(failed).toMatchObject([{ crmjira_error_class: 5, crmjira_records_processed: 0 }]);
});
