import { randomUUID } from 'node:crypto';
import { CommandState, CommandType, ConflictState, LinkState, SyncPreference } from '@crmjira/domain';
import { undoConflictCommand } from '../../../../plugins-proxy/src/capabilities/issues/commands/undo-conflict';
import { decisionColumns } from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { issuePolicies } from '../../../../plugins-proxy/src/capabilities/issues/policy/issue-policy';
import { people } from '../../stand-ins';
import { type LinkedWorld, startLinkedWorld, stopLinkedWorlds } from './linked-world';

afterEach(stopLinkedWorlds);

/** A case linked with an issue, at rest. */
async function linked(world: LinkedWorld, preference: SyncPreference = SyncPreference.Both) {
  const record = await world.addCase();
  const issue = await world.addIssue();
  const link = await world.addLink(record, { issueId: issue, preference });
  await world.run(link);
  expect(await world.run(link)).toEqual([]);
  return { record, issue, link };
}
const incident = (world: LinkedWorld, id: string) => world.one('incidents', id);
const openConflicts = (world: LinkedWorld) =>
  world.rows('crmjira_sync_conflicts', `crmjira_state eq ${ConflictState.Open}`);

test.each(['cloud', 'dc'] as const)(
  'R-1607 R-1708 R-216 status, priority and title go both ways, by an offered step, and nothing goes round: %s',
  async (deployment) => {
    const world = await startLinkedWorld(deployment);
    const { record, issue, link } = await linked(world);
    // Researching is In Review (the maps are proposed from both sides).
    await world.edit('incidents', record, { statuscode: 4, title: 'Printer smokes' });
    const { versionnumber } = await incident(world, record);
    expect((await world.run(link)).filter((kind) => kind === 'write')).toHaveLength(2);
    // Whoever changed the case last stays whoever changed it last.
    expect(await incident(world, record)).toMatchObject({ versionnumber });
    expect(world.jira.site.issues.get(issue)).toMatchObject({ statusId: '10002', summary: 'Printer smokes' });
    expect(await world.run(link)).toEqual([]);
    await world.move(issue, 'In Progress');
    await world.api('PUT', `/issue/${issue}`, { fields: { priority: { id: '4' } } });
    await world.run(link);
    expect(await incident(world, record)).toMatchObject({ statuscode: 1, prioritycode: 3, title: 'Printer smokes' });
    const posts = await world.rows('posts');
    expect(posts.map(({ text }) => text).sort()).toEqual([
      expect.stringContaining('changed status: In Review → In Progress'),
      expect.stringMatching(/ was linked to this case$/),
    ]);
    const before = world.written.length;
    expect(await world.run(link)).toEqual([]);
    expect(world.written.length).toBe(before);
    expect(await openConflicts(world)).toEqual([]);
  },
  60_000,
);

test('SYNC Merge (R-1708) both sides have changed: nothing is overwritten until a person decides what was shown, and that can be undone', async () => {
  const world = await startLinkedWorld();
  const { record, issue, link } = await linked(world);
  await world.edit('incidents', record, { title: 'Printer smokes', statuscode: 4 });
  await world.api('PUT', `/issue/${issue}`, { fields: { summary: 'Printer burns' } });
  await world.run(link);
  const [conflict, ...others] = await openConflicts(world);
  expect(others).toEqual([]);
  expect(conflict).toMatchObject({
    crmjira_field: 'summary',
    crmjira_crm_value: 'Printer smokes',
    crmjira_jira_value: 'Printer burns',
    _crmjira_link_value: link,
  });
  expect(world.jira.site.issues.get(issue)?.summary).toBe('Printer burns');
  const row = (await world.link(link))!;
  const decision = {
    conflict: String(conflict!['crmjira_sync_conflictid']),
    commandId: '11111111-0000-4000-8000-000000000001',
    side: 'jira',
    by: people.owner,
  } as const;
  await world.edit('crmjira_issue_links', link, decisionColumns(decision, row)!);
  expect(decisionColumns({ ...decision, conflict: link }, row)).toBeNull();
  expect(await world.run(link)).toContain('decided');
  expect(await incident(world, record)).toMatchObject({ title: 'Printer burns' });
  expect(await world.one('crmjira_sync_conflicts', decision.conflict)).toMatchObject({
    crmjira_state: ConflictState.KeptJira,
    _crmjira_decided_by_value: people.owner,
  });
  expect((await world.link(link))!.document!.decisions).toEqual([]);
  expect(await world.run(link)).toEqual([]);

  // The undo takes the title back; the sync carries it to Jira. Repeated after a crash it is not undone again.
  const undo = randomUUID();
  await world.standIns.admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_commands',
      id: undo,
      columns: {
        crmjira_name: 'Undo',
        crmjira_command_type: CommandType.Undo,
        crmjira_command_state: CommandState.Running,
        crmjira_regarding_table: 'incident',
        crmjira_regarding_id: record,
      },
    },
  ]);
  const policyOf = issuePolicies(world.connections);
  const ask = (progress: unknown): ReturnType<ReturnType<typeof undoConflictCommand>['answer']> =>
    undoConflictCommand({ ...world.connections, policyOf, now: world.now }).answer({
      id: undo,
      regarding: { table: 'incident', id: record },
      argument: null,
      payload: { conflict: decision.conflict },
      requestedById: people.owner,
      createdOn: world.now().toISOString(),
      correlationId: 'c',
      progress,
    });
  const back = { state: CommandState.Done, result: expect.stringContaining('has “Printer smokes” again') };
  expect(await ask(null)).toMatchObject({ ...back, keys: [`issue-link:${link}`] });
  const [noted] = await world.rows('crmjira_commands', `crmjira_commandid eq ${undo}`);
  expect(await ask(JSON.parse(String(noted!['crmjira_answer'])))).toMatchObject(back);
  await world.run(link);
  expect(world.jira.site.issues.get(issue)?.summary).toBe('Printer smokes');
  expect(await incident(world, record)).toMatchObject({ title: 'Printer smokes' });
  expect(await world.one('crmjira_sync_conflicts', decision.conflict)).toMatchObject({
    crmjira_state: ConflictState.KeptCrm,
  });
  expect(await openConflicts(world)).toEqual([]);
  await world.edit('incidents', record, { title: 'Printer replaced' });
  expect(await ask(null)).toEqual({
    state: CommandState.Refused,
    result:
      'The values have changed since this conflict was decided. Enter the value yourself if it is still right. Nothing was changed.',
  });
});

test('R-1707 linking an issue that was there before overwrites nobody’s words: what differs is asked', async () => {
  const world = await startLinkedWorld();
  const record = await world.addCase();
  const issue = await world.addIssue();
  await world.api('PUT', `/issue/${issue}`, { fields: { summary: 'Queue scans offline', priority: { id: '4' } } });
  const link = await world.addLink(record, { issueId: issue, preference: SyncPreference.Both });
  const before = await incident(world, record);
  await world.run(link);
  expect(await world.run(link)).toEqual([]);
  expect(world.jira.site.issues.get(issue)).toMatchObject({ summary: 'Queue scans offline', priorityId: '4' });
  expect(await incident(world, record)).toMatchObject({ title: before!['title'] });
  expect((await openConflicts(world)).map((conflict) => conflict['crmjira_field']).sort()).toEqual([
    'priority',
    'summary',
  ]);
});

test('SYNC Preference (R-1707, R-1715) Off writes nothing on either side and still reads; switched on it goes on', async () => {
  const world = await startLinkedWorld();
  const { record, issue, link } = await linked(world);
  await world.wish(link, { preference: SyncPreference.Off });
  await world.edit('incidents', record, { title: 'Printer smokes' });
  await world.move(issue, 'In Review');
  await world.run(link);
  expect((await world.link(link))!.document!.stored.offConfirmed).toBeNull();
  world.pass(60_000);
  // In force once nothing that was sent before can land any more.
  expect(await world.run(link)).toEqual(['confirm']);
  expect(world.jira.site.issues.get(issue)?.summary).toBe('Printer on fire');
  expect(await incident(world, record)).toMatchObject({ statuscode: 1, title: 'Printer smokes' });
  expect(await world.one('crmjira_jira_issues', world.mirrorId(issue))).toMatchObject({ crmjira_status: 'In Review' });
  await world.wish(link, { preference: SyncPreference.Both });
  await world.run(link);
  expect(world.jira.site.issues.get(issue)?.summary).toBe('Printer smokes');
  expect(await incident(world, record)).toMatchObject({ statuscode: 4 });
});

test('R-216 a step that Jira does not offer is not forced: the row says why, and nothing was changed', async () => {
  const world = await startLinkedWorld();
  // No status that Jira offers goes with a case on hold.
  await world.edit('crmjira_integrations', '5a8d2c1e-0000-4000-8000-000000000c01', {
    crmjira_status_map: JSON.stringify({
      rows: [
        { crm: ['1'], jira: ['10000', '3'] },
        { crm: ['2'], jira: ['777'] },
      ],
    }),
  });
  const { record, issue, link } = await linked(world);
  await world.edit('incidents', record, { statuscode: 2 });
  expect(await world.run(link)).toEqual(['note']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_state: LinkState.Failing,
    crmjira_error_code: 'no-transition',
    crmjira_last_error: expect.stringContaining('offers no step'),
    crmjira_failing_since: expect.anything(),
  });
  expect(world.jira.site.issues.get(issue)?.statusId).toBe('10000');
  await world.edit('incidents', record, { statuscode: 1 });
  await world.run(link);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_state: LinkState.Linked,
    crmjira_last_error: null,
    crmjira_failing_since: null,
  });
});

test('R-1707 an issue that moves keeps its link; one that is hidden is not taken for deleted; a deletion is told once', async () => {
  const world = await startLinkedWorld();
  const { issue, link } = await linked(world);
  const before = world.jira.site.issues.get(issue)!;
  world.jira.site.projects.put({ ...world.jira.site.projects.get('10500')!, id: '10600', key: 'OPS' });
  world.jira.site.issues.put({ ...before, projectId: '10600', key: 'OPS-9' });
  expect(await world.run(link)).toEqual(['mirror']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({ crmjira_name: 'OPS-9' });
  expect(await world.rows('crmjira_jira_projects', `crmjira_project_id eq '10600'`)).toMatchObject([
    { crmjira_project_key: 'OPS', crmjira_is_offered: false },
  ]);

  world.jira.site.issues.delete(issue);
  expect(await world.run(link)).toEqual(['stage']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_state: LinkState.Failing,
    crmjira_error_code: 'issue-hidden',
  });
  expect(await world.run(link)).toEqual([]);
  world.jira.site.issues.put({ ...before, projectId: '10600', key: 'OPS-9' });
  expect(await world.run(link)).toEqual(['stage']);

  world.jira.site.issues.delete(issue);
  await world.run(link);
  await world.edit('crmjira_jira_issues', world.mirrorId(issue), { crmjira_is_deleted: true });
  expect(await world.run(link)).toEqual(['stage']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_state: LinkState.Broken,
    crmjira_error_code: 'issue-deleted',
  });
});

test('SYNC A round (R-1708) what is stored of the record’s value holds for the version that was read, or is planned anew', async () => {
  const world = await startLinkedWorld();
  const { record, issue, link } = await linked(world);
  let edits = 0;
  const raced: typeof world.module = {
    ...world.module,
    open: (run) => {
      const session = world.module.open(run);
      return {
        ...session,
        apply: async (action, sides, log) => {
          // Right before it, somebody puts the title back.
          if (action.kind === 'agree' && edits++ === 0)
            await world.edit('incidents', record, { title: 'Printer on fire' });
          await session.apply(action, sides, log);
        },
      };
    },
  };
  await world.edit('incidents', record, { title: 'Printer smokes' });
  await world.api('PUT', `/issue/${issue}`, { fields: { summary: 'Printer smokes' } });
  await world.run(link, Infinity, raced);
  expect(edits).toBeGreaterThan(0);
  expect((await world.link(link))!.document!.stored.fields.summary).toMatchObject({ crm: 'Printer smokes' });
  // Unchanged since, as Dynamics knows it: Jira's new value is taken.
  expect(await incident(world, record)).toMatchObject({ title: 'Printer smokes' });
});
