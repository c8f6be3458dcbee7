import { LinkState } from '@crmjira/domain';
import { startLinkedWorld, stopLinkedWorlds } from './linked-world';

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
