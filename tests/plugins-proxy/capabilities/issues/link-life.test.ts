import { LinkState } from '@crmjira/domain';
import { Cut, startLinkedWorld, stopLinkedWorlds } from './linked-world';

afterEach(stopLinkedWorlds);

test.each(['cloud', 'dc'] as const)(
  'R-1705 R-1706 R-1709 an issue is created, found by its mark, shown in its row, and marked with the way back: %s',
  async (deployment) => {
    const world = await startLinkedWorld(deployment);
    const record = await world.addCase();
    const link = await world.addLink(record, { create: world.bug() });
    expect(await world.run(link)).toEqual(['begin', 'create', 'adopt', 'mirror', 'mark']);
    const [issue, ...more] = world.issues();
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ summary: 'Printer on fire', labels: ['dynamics', 'case'], priorityId: '2' });
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({
      crmjira_name: issue!.key,
      crmjira_state: LinkState.Linked,
      crmjira_last_error: null,
      _crmjira_jira_issue_value: world.mirrorId(issue!.id),
    });
    expect(await world.one('crmjira_jira_issues', world.mirrorId(issue!.id))).toMatchObject({
      crmjira_issue_key: issue!.key,
      crmjira_status: 'To Do',
      crmjira_url: `${world.standIns.jiraUrl}/browse/${issue!.key}`,
    });
    expect(world.jira.site.remoteLinks.all()).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^Case CAS-/), summary: 'Printer on fire' }),
    ]);
    // A round that follows plans nothing, and writes nothing.
    const before = world.written.length;
    expect(await world.run(link)).toEqual([]);
    expect(world.written.length).toBe(before);
  },
  60_000,
);

test('SYNC Invariants 4, 9 cut off after every action, a create, an edit and an unlink come to the same end, once each', async () => {
  const world = await startLinkedWorld();
  const record = await world.addCase();
  const link = await world.addLink(record, { create: world.bug() });
  /** Runs that are cut off after so many actions, each given up for longer than a request takes; the rest after one. */
  const inPieces = async (...pieces: readonly number[]): Promise<string[]> => {
    const done: string[] = [];
    for (let piece = 0; piece < 20; piece += 1) {
      try {
        return [...done, ...(await world.run(link, pieces[piece] ?? 1))];
      } catch (error) {
        if (!(error instanceof Cut)) throw error;
        done.push(error.message);
      }
      world.pass(60_000);
    }
    throw new Error(`no end: ${done.join()}`);
  };
  // Before the create, and right behind it.
  expect(await inPieces(1, 2)).toEqual(['after begin', 'after begin,create', 'after adopt', 'after mirror', 'mark']);
  expect(world.issues()).toHaveLength(1);
  const [issue] = world.issues();
  expect(world.jira.site.remoteLinks.all()).toHaveLength(1);
  await world.edit('incidents', record, { title: 'Printer smokes', statuscode: 4 });
  await world.api('PUT', `/issue/${issue!.id}`, { fields: { priority: { id: '4' } } });
  await inPieces();
  expect(world.jira.site.issues.get(issue!.id)).toMatchObject({ summary: 'Printer smokes', statusId: '10002' });
  expect(await world.one('incidents', record)).toMatchObject({ prioritycode: 3, title: 'Printer smokes' });
  expect(await world.rows('crmjira_sync_conflicts')).toEqual([]);
  await world.wish(link, { unlinked: true });
  expect(await inPieces()).toEqual(['stage']);
  world.pass(60_000);
  expect(await inPieces()).toEqual(['after unmark', 'confirm']);
  expect(world.jira.site.remoteLinks.all()).toEqual([]);
  expect(world.issues()).toHaveLength(1);
  // R-1709: the timeline says so once each.
  const told = (await world.rows('posts')).map(({ text }) => String(text)).filter((text) => !text.includes('status'));
  const says = (what: string) => `${issue!.key} was ${what} this case`;
  expect(told.sort()).toEqual([says('created from'), says('unlinked from')]);
});

test('R-908 R-1705 a create whose answer is lost is found by its mark, after the wait; one that never arrived is made then', async () => {
  const world = await startLinkedWorld();
  for (const summary of ['a', 'b', 'c']) await world.addIssue(summary);
  for (const [summary, isMade] of [
    ['Its answer is lost', true],
    ['It never arrives', false],
  ] as const) {
    const before = world.issues().length;
    const link = await world.addLink(await world.addCase(), { create: world.bug(summary) });
    if (isMade) world.loseAnswer(/^POST .*\/issue$/);
    else await world.faults([{ method: 'POST', path: '/issue$', times: 1, hangUp: true }]);
    await expect(world.run(link)).rejects.toMatchObject({ errorClass: 'transient' });
    // Nothing is looked for, and nothing is sent, before the first can land no more.
    expect(await world.run(link)).toEqual([]);
    world.pass(60_000);
    const done = await world.run(link);
    expect(done.includes('begin')).toBe(!isMade);
    expect(done).toContain('adopt');
    expect(world.issues()).toHaveLength(before + 1);
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({ crmjira_state: LinkState.Linked });
  }
});

test('SYNC Invariant 5 (R-1707) an unlink that is confirmed is the end: nothing more is written to Jira or taken from it', async () => {
  const world = await startLinkedWorld();
  const record = await world.addCase();
  const issue = await world.addIssue();
  const link = await world.addLink(record, { issueId: issue });
  await world.run(link);
  expect(world.jira.site.remoteLinks.all()).toHaveLength(1);
  await world.wish(link, { unlinked: true });
  expect(await world.run(link)).toEqual(['stage']);
  world.pass(60_000);
  expect(await world.run(link)).toEqual(['unmark', 'confirm']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({ crmjira_state: LinkState.Unlinked });
  await world.edit('incidents', record, { title: 'Another' });
  await world.move(issue, 'Done');
  const before = world.written.length;
  expect(await world.run(link)).toEqual([]);
  expect(world.written.length).toBe(before);
  // Undone, it stands again and goes on from the base that it had.
  await world.wish(link, { unlinked: false });
  await world.run(link);
  expect(world.jira.site.issues.get(issue)).toMatchObject({ summary: 'Another' });
  expect(world.jira.site.remoteLinks.all()).toHaveLength(1);
});

test('R-1705 a create that Jira refuses for a field leaves the link waiting, and says which field', async () => {
  const world = await startLinkedWorld();
  const link = await world.addLink(await world.addCase(), { create: { ...world.bug(), summary: '' } });
  expect(await world.run(link)).toEqual(['begin', 'note']);
  expect(await world.one('crmjira_issue_links', link)).toMatchObject({
    crmjira_state: LinkState.Failing,
    crmjira_error_code: 'create-needs-field',
    // Its name in the create metadata, whatever the sentence of Jira says.
    crmjira_last_error: expect.stringContaining('ACME requires Summary for the type Bug'),
  });
  expect(world.issues()).toEqual([]);
});
