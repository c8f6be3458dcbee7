import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, jiraIssueRowId, jiraProjectRowId, SyncStatus, SyncTrigger } from '@crmjira/domain';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { followConnection } from '../../../../plugins-proxy/src/capabilities/issues/mirror/follow-connection';
import { mirrorIssues, type RunControl } from '../../../../plugins-proxy/src/capabilities/issues/mirror/mirror-run';
import type { JiraSite } from '../../../../plugins-proxy/src/clients/jira/jira-site';
import { createJiraHttp } from '../../../../plugins-proxy/src/clients/jira/jira-http';
import { cloudProfile, dataCenterProfile } from '../../../../plugins-proxy/src/clients/jira/profile';
import type { JiraConnection } from '../../../../plugins-proxy/src/connections/jira/jira-connection';
import { countCalls, pointsOf } from '../../../../plugins-proxy/src/clients/jira/points';
import { readSiteProjects, type SiteProject } from '../../../../plugins-proxy/src/clients/jira/read-projects';
import { eventually } from '../../eventually';
import { issueRow, projectRow } from '../../jira-rows';
import { jiraStandIn } from '../../jira-stand-in';
import { pat, people } from '../../stand-ins';
import { type Row, startWorld, stopLater, stopWorlds, type World } from '../../world';

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
  // The service discovers projects by itself once a day, and has found none.
  await eventually(async () => expect(await world.rows('crmjira_sync_logs')).toHaveLength(1));
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

const discover = (world: World, by?: string) =>
  ask(
    world,
    CommandType.DiscoverProjects,
    { crmjira_regarding_table: 'crmjira_integration', crmjira_regarding_id: connection },
    by,
  );

/** Jira of a world, as a client of our own calls it. */
function jiraSiteOf(world: World, edition: 'cloud' | 'dc'): JiraSite {
  const { JIRA_EMAIL: email = '', JIRA_API_TOKEN: apiToken = '' } = world.standIns.environment;
  const url = world.standIns.jiraUrl;
  const credentials =
    edition === 'cloud' ? ({ kind: 'basic', email, apiToken } as const) : ({ kind: 'bearer', pat } as const);
  const http = createJiraHttp({ url, credentials, timeoutMs: 5_000 });
  stopLater(() => http.close());
  return { http, url, profile: edition === 'cloud' ? cloudProfile : dataCenterProfile };
}

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
  expect(await discover(world, 'opportunity.owner')).toMatchObject({
    state: CommandState.Refused,
    result: expect.stringContaining('Only an administrator of the integration'),
  });
  expect(await world.rows(projects)).toEqual([]);

  expect(await discover(world)).toMatchObject({
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
  const runs = (trigger: SyncTrigger) => world.rows('crmjira_sync_logs', `crmjira_trigger eq ${trigger}`);
  expect(await runs(SyncTrigger.Scheduled)).toMatchObject([{ _crmjira_actor_value: null }]);
  const [log] = await runs(SyncTrigger.Manual);
  expect(log).toMatchObject({
    crmjira_name: 'Discover projects: Jira',
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
  expect(await discover(world)).toMatchObject({
    state: CommandState.Done,
    result: 'No new project was found in Jira. 1 can no longer be seen in Jira.',
    answer: { found: 1, added: 0, changed: 1, gone: 1 },
  });
  expect(await world.one(projects, one!)).toMatchObject({ crmjira_name: 'Another name', crmjira_is_offered: true });
  expect(await world.one(projects, two!)).toMatchObject({ statecode: 1, crmjira_is_offered: true });
  jira.site.projects.put(projectRow(30_002));
  expect(await discover(world)).toMatchObject({ answer: { changed: 1, gone: 0 } });
  expect(await world.one(projects, two!)).toMatchObject({ statecode: 0, crmjira_is_offered: true });

  await world.faults([{ path: '/project/search', status: 403 }]);
  expect(await discover(world)).toMatchObject({ state: CommandState.Failed });
  const failed = (await world.rows('crmjira_sync_logs')).filter((row) => row['crmjira_status'] === SyncStatus.Failed);
  expect(failed).toMatchObject([{ crmjira_error_class: 5, crmjira_records_processed: 0 }]);
});

describe('the mirror of issues', () => {
  const rest = async (): Promise<void> => undefined;
  const mirrorRows = (world: World) => world.rows('crmjira_jira_issues');
  const offer = (world: World, projectId: number, offered = true): Promise<void> =>
    world.write(projects, jiraProjectRowId(connection, String(projectId)), { crmjira_is_offered: offered });

  /** A world with two projects, the first of them offered, and the service's own look at them done. */
  async function startMirror(edition: 'cloud' | 'dc' = 'cloud') {
    const world = await startIssues();
    const { jira, admin } = world.standIns;
    jira.site.projects.put(projectRow(30_001));
    jira.site.projects.put(projectRow(30_002));
    await discover(world);
    await offer(world, 30_001);
    await world.stopProxy();
    const site = jiraSiteOf(world, edition);
    const log = async (): Promise<Row> => {
      const logs = await world.rows('crmjira_sync_logs', "startswith(crmjira_name,'Issue mirror')");
      return logs.toSorted((one, other) => Number(one['versionnumber']) - Number(other['versionnumber'])).at(-1) ?? {};
    };
    const run = (force = false, control: Partial<RunControl> = {}, isDryRun = false) =>
      mirrorIssues(
        {
          // The parts of a connection that a run uses.
          connection: { id: connection, name: 'Jira', site } as JiraConnection,
          dataverse: admin,
          now: world.clock,
          trigger: SyncTrigger.Scheduled,
          isDryRun,
          actorId: null,
          correlationId: randomUUID(),
        },
        { rest, isStopped: () => false, ...control },
        force,
      );
    return { world, jira, site, run, log };
  }

  test('R-1702 fills offered projects up to the limit, then takes what has changed, in few requests', async () => {
    const { world, jira, run, log } = await startMirror();
    await world.write('crmjira_integrations', connection, { crmjira_issue_limit_per_project: 230 });
    for (let n = 0; n < 240; n += 1) jira.site.issues.put(issueRow(40_000 + n, 30_001));
    jira.site.issues.put(issueRow(41_000, 30_002));
    jira.site.issues.put(issueRow(40_239, 30_001, { security: { id: '1', name: 'Staff' } }));
    const pages: number[] = [];
    const first = await run(false, { onPage: (_project, issues) => pages.push(issues) });
    // The newest 230, of which one may not be seen.
    expect(first.result).toMatchObject({ processed: 230, changed: 229, removed: 0, failed: 0, projects: 1 });
    expect(pages).toEqual([100, 200, 230]);
    expect(first.cost).toEqual({ jiraRequests: 3, jiraPoints: 243, dataverseRequests: 9 });
    expect(await log()).toMatchObject({ crmjira_jira_requests: 3, crmjira_jira_points: 243, crmjira_changed: 229 });
    const rows = await mirrorRows(world);
    expect(rows).toHaveLength(229);
    expect(rows.find((row) => row['crmjira_issue_id'] === '40200')).toMatchObject({
      crmjira_jira_issueid: jiraIssueRowId(connection, '40200'),
      crmjira_issue_key: 'PRJ30001-200',
      crmjira_name: 'PRJ30001-200 Issue 40200',
      crmjira_status_category: 'new',
      crmjira_url: `${world.standIns.jiraUrl}/browse/PRJ30001-200`,
      crmjira_is_deleted: false,
    });

    // Nothing has changed: one request asks, nothing is written but the row of the run.
    world.setClock('2025-05-16T18:00:00Z');
    expect(await run()).toMatchObject({
      result: { processed: 0, changed: 0 },
      cost: { jiraRequests: 1, jiraPoints: 1, dataverseRequests: 4 },
    });
    jira.site.issues.put(issueRow(40_200, 30_001, { summary: 'Changed', updatedOn: '2025-05-16T17:59:00.000Z' }));
    jira.site.issues.put(
      issueRow(40_205, 30_001, { security: { id: '1', name: 'Staff' }, updatedOn: '2025-05-16T17:59:00.000Z' }),
    );
    jira.site.issues.put(issueRow(41_000, 30_002, { updatedOn: '2025-05-16T17:59:00.000Z' }));
    expect((await run()).result).toMatchObject({ processed: 2, changed: 1, removed: 1 });
    const after = await mirrorRows(world);
    expect(after.find((row) => row['crmjira_issue_id'] === '40200')).toMatchObject({ crmjira_summary: 'Changed' });
    const left = after.find((row) => row['crmjira_issue_id'] === '40205');
    expect(left).toMatchObject({ crmjira_is_deleted: true, crmjira_summary: null, crmjira_status: null });
    expect(JSON.stringify(left)).not.toContain('Issue 40205');
    // What the overlap brings again is the same as it was.
    expect((await run()).result).toMatchObject({ processed: 2, changed: 0, removed: 0 });
  });

  test.each(['cloud', 'dc'] as const)(
    'R-1702 marks what Jira %s has deleted, lets go what has moved away',
    async (edition) => {
      const { world, jira, run } = await startMirror(edition);
      for (const id of [40_000, 40_001, 40_002, 40_003]) jira.site.issues.put(issueRow(id, 30_001));
      // Cut off between two pages, it says nothing, and the next run does all of it.
      await expect(run(false, { isStopped: () => true })).rejects.toMatchObject({ code: 'interrupted' });
      expect((await run()).result).toMatchObject({ processed: 4, changed: 0 });

      jira.site.issues.delete('40000');
      jira.site.issues.put({ ...issueRow(40_001, 30_002), key: 'PRJ30002-1' });
      expect((await run(true, {}, true)).result).toMatchObject({ processed: 2, removed: 2 });
      const byId = async (id: string): Promise<Row> =>
        (await mirrorRows(world)).find((row) => row['crmjira_issue_id'] === id) ?? {};
      expect(await byId('40000')).toMatchObject({ crmjira_is_deleted: false });
      expect((await run(true)).result).toMatchObject({ processed: 2, changed: 0, removed: 2 });
      expect(await byId('40000')).toMatchObject({ crmjira_is_deleted: true, crmjira_summary: 'Issue 40000' });
      expect(await byId('40001')).toMatchObject({ crmjira_is_deleted: true, crmjira_summary: null });
      expect((await run(true)).result).toMatchObject({ changed: 0, removed: 0 });
      // Both come back.
      jira.site.issues.put(issueRow(40_000, 30_001));
      await offer(world, 30_002);
      expect((await run(true)).result).toMatchObject({ processed: 4, changed: 2 });
      expect(await byId('40001')).toMatchObject({ crmjira_issue_key: 'PRJ30002-1', crmjira_is_deleted: false });
      // What moves between projects that are offered never loses its content.
      jira.site.issues.put({ ...issueRow(40_002, 30_002), key: 'PRJ30002-2' });
      expect((await run(true)).result).toMatchObject({ changed: 1, removed: 0 });
      expect(await byId('40002')).toMatchObject({ crmjira_issue_key: 'PRJ30002-2', crmjira_summary: 'Issue 40002' });
    },
  );

  test('R-1702 runs by itself as often as the connection says, and sooner for a project that was just offered', async () => {
    const { world, jira, site } = await startMirror();
    jira.site.issues.put(issueRow(40_001, 30_001));
    jira.site.issues.put({ ...issueRow(40_002, 30_002), key: 'PRJ30002-1' });
    await world.write('crmjira_integrations', connection, { crmjira_sync_interval_minutes: 60 });
    const follow = followConnection(
      { dataverse: world.standIns.admin, now: world.clock, control: { rest, isStopped: () => false } },
      { id: connection, name: 'Jira', site } as JiraConnection,
    );
    const runsAt = async (time: string): Promise<number> => {
      world.setClock(`2025-05-16T${time}:00Z`);
      await follow();
      return (await world.rows('crmjira_sync_logs', "startswith(crmjira_name,'Issue mirror')")).length;
    };
    expect(await runsAt('18:00')).toBe(1);
    expect(await runsAt('18:30')).toBe(1);
    expect(await mirrorRows(world)).toHaveLength(1);
    await offer(world, 30_002);
    // It looks every five minutes.
    expect(await runsAt('18:33')).toBe(1);
    expect(await runsAt('18:36')).toBe(2);
    expect(await mirrorRows(world)).toHaveLength(2);
    expect(await runsAt('19:30')).toBe(2);
    expect(await runsAt('19:40')).toBe(3);
  });

  test('R-1702 a project that Jira does not know any more keeps none of the others back', async () => {
    const { world, jira, run, log } = await startMirror();
    await offer(world, 30_002);
    expect((await run()).result).toMatchObject({ projects: 2, failed: 0 });
    jira.site.projects.put(projectRow(30_002, { deletedOn: '2025-05-16T17:00:00.000Z' }));
    jira.site.issues.put(issueRow(40_001, 30_001, { updatedOn: world.clock().toISOString() }));
    expect((await run()).result).toMatchObject({ changed: 1, failed: 1 });
    expect(await log()).toMatchObject({ crmjira_records_failed: 1, crmjira_error_message: expect.any(String) });
    expect((await run(true)).result).toMatchObject({ processed: 1, failed: 1 });
    // Such a run has come to its end: the next one does not read everything again.
    expect((await run()).cost).toMatchObject({ jiraRequests: 3 });
  });

  test('R-1702 an event brings the issue of an offered project at once, and of no other', async () => {
    const world = await startIssues();
    const { jira } = world.standIns;
    jira.site.projects.put(projectRow(10_150));
    jira.site.projects.put(projectRow(10_151));
    await discover(world);
    await offer(world, 10_150);
    const fields = (id: string) => ({ project: { id }, issuetype: { name: 'Story' }, summary: 'Sign in' });
    const other = await world.jira('POST', '/issue', { fields: fields('10151') });
    await eventually(async () =>
      expect(world.lines.some((line) => line.includes('the project of the issue is not offered'))).toBe(true),
    );
    expect(
      world.lines.filter((line) => line.includes(`mirror-issue:${connection}/${String(other['id'])}/10151`)),
    ).not.toEqual([]);
    const { id } = await world.jira('POST', '/issue', { fields: fields('10150') });
    await eventually(async () =>
      expect(await mirrorRows(world)).toMatchObject([{ crmjira_issue_id: id, crmjira_summary: 'Sign in' }]),
    );
    await world.jira('DELETE', `/issue/${String(id)}`);
    await eventually(async () => expect(await mirrorRows(world)).toMatchObject([{ crmjira_is_deleted: true }]));
  });
});

test('R-1703 R-1704 selected projects are assigned to a product, with what was not changed and why, and back again', async () => {
  const world = await startIssues();
  const { jira, dataverse } = world.standIns;
  const [gold, silver, old] = [randomUUID(), randomUUID(), randomUUID()];
  const product = (productid: string, name: string, more: Readonly<Record<string, unknown>> = {}) => ({
    table: 'product',
    row: { productid, name, productnumber: name, ...more },
  });
  await dataverse.seed([
    product(gold, 'Gold'),
    product(silver, 'Silver'),
    product(old, 'Old', { statecode: 1, statuscode: 2 }),
  ]);
  const archivedOn = '2025-05-02T00:00:00.000Z';
  for (const n of [1, 2, 3, 4]) jira.site.projects.put(projectRow(30_000 + n, n === 4 ? { archivedOn } : {}));
  await discover(world);
  const rowId = (n: number): string => jiraProjectRowId(connection, String(30_000 + n));
  const [one, two, three, four] = [rowId(1), rowId(2), rowId(3), rowId(4)];
  const payload = (content: unknown) => ({ crmjira_payload: JSON.stringify(content) });
  /** Projects with the products that the person saw. */
  const assign = (productId: string | null, seen: readonly [id: string, product: string | null][], by?: string) => {
    const chosen = seen.map(([id, product]) => ({ id, product }));
    return ask(world, CommandType.BulkAssign, payload({ product: productId, projects: chosen }), by);
  };
  const productsNow = async (): Promise<unknown[]> =>
    Promise.all([one, two, three].map(async (id) => (await world.one(projects, id))['_crmjira_product_value']));

  const { Done, Refused } = CommandState;
  expect(await assign(gold, [[one, null]], 'opportunity.owner')).toMatchObject({ state: Refused });
  expect(await assign(gold, [])).toMatchObject({ state: Refused, result: expect.stringContaining('no projects') });
  expect(await assign(randomUUID(), [[one, null]])).toMatchObject({
    result: expect.stringContaining('no such product'),
  });
  expect(await assign(old, [[one, null]])).toMatchObject({
    state: Refused,
    result: expect.stringContaining('retired'),
  });
  expect(await productsNow()).toEqual([null, null, null]);

  expect(await assign(silver, [[two, null]])).toMatchObject({ state: Done });
  expect(await assign(gold, [[one, null]])).toMatchObject({ answer: { assigned: [one], had: [], unchanged: [] } });
  // Somebody has given the third one a product since the person has looked.
  await world.write(projects, three, { 'crmjira_product@odata.bind': `/products(${silver})` });
  const all = await assign(gold, [
    [one, gold],
    [two, silver],
    [three, null],
    [four, null],
  ]);
  expect(all).toMatchObject({
    state: Done,
    result: '1 project assigned to Gold, 1 had it already, 2 not changed.',
    answer: {
      assigned: [two],
      had: [one],
      unchanged: [
        { project: three, reason: 'other-product' },
        { project: four, reason: 'archived' },
      ],
    },
  });
  expect(await productsNow()).toEqual([gold, gold, silver]);
  expect(await world.one(projects, two)).toMatchObject({ _crmjira_previous_product_value: silver });

  const undo = (command: string, by?: string) => ask(world, CommandType.Undo, payload({ command }), by);
  expect(await undo(all.id, 'opportunity.owner')).toMatchObject({ state: Refused });
  expect(await undo(all.id)).toMatchObject({
    state: Done,
    result: 'Undone: 1 project has its earlier product again.',
    answer: { undone: [two], kept: [] },
  });
  expect(await productsNow()).toEqual([gold, silver, silver]);
  // What has another product by now keeps it.
  expect(await undo(all.id)).toMatchObject({
    result: '0 of 1 undone.',
    answer: { undone: [], kept: [{ project: two, by: expect.any(String), on: expect.any(String) }] },
  });
  expect(await assign(null, [[one, gold]])).toMatchObject({
    result: '1 project has no product any more, 0 not changed.',
  });
  expect(await productsNow()).toEqual([null, silver, silver]);
  expect(await undo(randomUUID())).toMatchObject({ state: Refused, result: expect.stringContaining('no assignment') });
});

test('R-1714 "Sync now" of an organization or a project reads its issues while somebody waits', async () => {
  const world = await startIssues();
  const { jira } = world.standIns;
  jira.site.projects.put(projectRow(30_001));
  await discover(world);
  for (const id of [40_001, 40_002]) jira.site.issues.put(issueRow(id, 30_001));
  const row = jiraProjectRowId(connection, '30001');
  const sync = (table: string, id: string, by?: string) =>
    ask(world, CommandType.SyncNow, { crmjira_regarding_table: table, crmjira_regarding_id: id }, by);
  expect(await sync('crmjira_jira_project', row)).toMatchObject({
    state: CommandState.Refused,
    result: expect.stringContaining('PRJ30001 is not offered'),
  });
  await world.write(projects, row, { crmjira_is_offered: true });
  expect(await sync('crmjira_jira_project', row, 'opportunity.owner')).toMatchObject({ state: CommandState.Refused });
  expect(await sync('crmjira_jira_project', row)).toMatchObject({
    state: CommandState.Done,
    result: '2 issues of PRJ30001 were brought up to date.',
  });
  expect(await sync('crmjira_integration', connection)).toMatchObject({
    state: CommandState.Done,
    result: 'The issues of Jira are up to date.',
  });
  // Where the page shows when they were.
  const { crmjira_last_sync_on: synced } = await world.one('crmjira_integrations', connection);
  expect(synced).not.toBeNull();
});
