import { CommandState, CommandType, jiraProjectRowId, newLink, SyncPreference } from '@crmjira/domain';
import { randomUUID } from 'node:crypto';
import { newLinkColumns } from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { eventually } from '../../eventually';
import { acme, people } from '../../stand-ins';
import { startWorld, stopWorlds } from '../../world';

afterEach(stopWorlds);

const now = '2025-05-16T17:00:00Z';

test('R-216 R-1708 R-1709 an issue is made for a case, talked about, resolved, and reopened with it: by webhooks and steps alone', async () => {
  const world = await startWorld(now, {}, { crmjira_Capabilities: 'budget,issues' });
  const { connectionId } = world.config;
  const project = await world.jira('POST', '/project', {
    key: 'SUP',
    name: 'Support',
    projectTypeKey: 'software',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    leadAccountId: (await world.jira('GET', '/myself'))['accountId'],
  });
  const projectId = String(project['id']);
  const projectRowId = jiraProjectRowId(connectionId, projectId);
  await world.write('crmjira_jira_projects', projectRowId, {
    crmjira_name: 'Support',
    crmjira_project_id: projectId,
    crmjira_project_key: 'SUP',
    crmjira_is_offered: true,
    'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connectionId})`,
  });
  const [caseId, link] = [randomUUID(), randomUUID()];
  await world.write('incidents', caseId, {
    title: 'Export fails',
    'customerid_account@odata.bind': `/accounts(${acme})`,
    'ownerid@odata.bind': `/systemusers(${people.owner})`,
  });
  const record = { table: 'incident', id: caseId } as const;
  const facts = { ...record, etag: '', version: 0, closed: false, changedBy: null, changedOn: null };
  await world.write(
    'crmjira_issue_links',
    link,
    newLinkColumns({
      ...{ table: 'incident', recordId: caseId, projectRowId, mirrorRowId: null, note: null, at: now },
      preference: SyncPreference.Both,
      stored: newLink(null, { ...facts, owner: { id: people.owner, name: 'Olivia Owens' } }),
      create: {
        ...{ type: '10004', typeName: 'Bug', priority: null, summary: 'Export fails', labels: [], fields: {} },
        description: [],
      },
    }),
  );
  // No table is polled here: a person asks for it.
  await world.writeAs('opportunity.owner', 'crmjira_commands', randomUUID(), {
    crmjira_command_type: CommandType.SyncNow,
    crmjira_command_state: CommandState.Requested,
    crmjira_regarding_table: 'incident',
    crmjira_regarding_id: caseId,
  });
  const issue = await eventually(async () => {
    const [found] = world.standIns.jira.site.issues.all().filter((one) => one.projectId === projectId);
    expect((await world.one('crmjira_issue_links', link))['crmjira_state']).toBe(2);
    return found!;
  });
  await world.settled();

  const text = 'Fixed in the next build.';
  const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
  await world.jira('POST', `/issue/${issue.id}/comment`, { body });
  const move = (id: string) => world.jira('POST', `/issue/${issue.id}/transitions`, { transition: { id } });
  await move('41');
  await eventually(async () =>
    expect(await world.one('incidents', caseId)).toMatchObject({ statecode: 1, statuscode: 5 }),
  );
  await world.settled();
  expect(await world.rows('incidentresolutions')).toMatchObject([
    { subject: `Case resolved because ${issue.key} was resolved in Jira.` },
  ]);
  const posts = (await world.rows('posts')).map((post) => String(post['text']));
  expect(posts.filter((post) => post.endsWith(text))).toHaveLength(1);

  await world.write('incidents', caseId, { statecode: 0, statuscode: 1 });
  await eventually(async () =>
    expect(await world.jira('GET', `/issue/${issue.id}?fields=status`)).not.toMatchObject({
      fields: { status: { statusCategory: { key: 'done' } } },
    }),
  );
  await world.settled();
  expect(await world.one('incidents', caseId)).toMatchObject({ statecode: 0, statuscode: 1 });
  expect(await world.rows('incidentresolutions')).toHaveLength(1);
});
