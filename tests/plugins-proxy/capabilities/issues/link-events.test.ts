import { randomUUID } from 'node:crypto';
import { jiraIssueRowId, jiraProjectRowId, LinkState, newLink, SyncPreference } from '@crmjira/domain';
import { newLinkColumns } from '../../../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { eventually } from '../../eventually';
import { acme, people } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';
import { acmeProject } from './linked-world';

afterEach(stopWorlds);

const connection = '5a8d2c1e-0000-4000-8000-000000000c01';

/** A case and an issue, and the row that links them, as a command makes it. */
async function addLinkedCase(world: World) {
  const { admin, jira } = world.standIns;
  jira.site.projects.put(acmeProject);
  const project = jiraProjectRowId(connection, acmeProject.id);
  const [record, link] = [randomUUID(), randomUUID()];
  const fields = { project: { id: acmeProject.id }, issuetype: { name: 'Bug' }, summary: 'Printer on fire' };
  const issue = String((await world.jira('POST', '/issue', { fields: { ...fields, priority: { id: '2' } } }))['id']);
  await admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_jira_projects',
      id: project,
      columns: {
        crmjira_name: acmeProject.name,
        crmjira_project_id: acmeProject.id,
        crmjira_project_key: acmeProject.key,
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${connection})`,
      },
    },
    {
      op: 'create',
      collection: 'incidents',
      id: record,
      columns: {
        title: 'Printer on fire',
        prioritycode: 1,
        'customerid_account@odata.bind': `/accounts(${acme})`,
        'ownerid@odata.bind': `/systemusers(${people.owner})`,
      },
    },
  ]);
  const facts = { table: 'incident', id: record, etag: '', version: 0, closed: false } as const;
  await admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_issue_links',
      id: link,
      columns: newLinkColumns({
        table: 'incident',
        recordId: record,
        projectRowId: project,
        mirrorRowId: null,
        preference: SyncPreference.Both,
        note: null,
        stored: newLink(issue, { ...facts, changedBy: null, changedOn: null }),
        create: null,
        at: world.clock().toISOString(),
      }),
    },
  ]);
  return { record, issue, link };
}

async function goesBothWays(world: World, { record, issue, link }: Awaited<ReturnType<typeof addLinkedCase>>) {
  await world.standIns.admin.changeSet([
    { op: 'update', collection: 'incidents', id: record, columns: { title: 'Printer smokes' } },
  ]);
  await eventually(async () => {
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({
      crmjira_state: LinkState.Linked,
      _crmjira_jira_issue_value: jiraIssueRowId(connection, issue),
    });
    expect(await world.rows('crmjira_sync_conflicts')).toMatchObject([
      { crmjira_crm_value: 'Printer smokes', crmjira_jira_value: 'Printer on fire' },
    ]);
  });
  await world.settled();
  await world.jira('PUT', `/issue/${issue}`, { fields: { summary: 'Printer smokes', priority: { id: '4' } } });
  await eventually(async () => {
    expect(await world.one('incidents', record)).toMatchObject({ title: 'Printer smokes', prioritycode: 3 });
  });
}

test('R-1708 steps and webhooks bring a case and its issue together, with the budget switched off', async () => {
  const world = await startWorld('2025-05-16T17:00:00Z', {}, { crmjira_Capabilities: 'issues' });
  const made = await addLinkedCase(world);
  await goesBothWays(world, made);
  await world.settled();
  // What the service has written itself comes back and finds nothing to do.
  const before = await world.one('crmjira_issue_links', made.link);
  await world.settled();
  expect(await world.one('crmjira_issue_links', made.link)).toMatchObject({ versionnumber: before['versionnumber'] });
});

test('R-1715 a link that fails says so in its row and in the log, and is tried again when Jira answers', async () => {
  const world = await startWorld('2025-05-16T17:00:00Z', {}, { crmjira_Capabilities: 'issues' });
  const { record, issue, link } = await addLinkedCase(world);
  await world.faults([{ path: '/rest/api/3/issue/', status: 503 }]);
  const rename = (title: string): Promise<void> =>
    world.standIns.admin.changeSet([{ op: 'update', collection: 'incidents', id: record, columns: { title } }]);
  await rename('Printer on fire again');
  await eventually(async () => {
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({
      crmjira_state: LinkState.Failing,
      crmjira_error_code: 'jira-unavailable',
      crmjira_failing_since: expect.anything(),
      crmjira_next_retry_on: expect.anything(),
    });
  });
  expect(await world.rows('crmjira_integration_logs', `crmjira_regarding_id eq '${link}'`)).toMatchObject([
    { crmjira_regarding_table: 'crmjira_issue_link', crmjira_error_code: 'jira-unavailable' },
  ]);
  await world.faults([]);
  await eventually(async () => {
    expect(await world.one('crmjira_issue_links', link)).toMatchObject({
      crmjira_state: LinkState.Linked,
      crmjira_last_error: null,
      crmjira_failing_since: null,
      _crmjira_jira_issue_value: jiraIssueRowId(connection, issue),
    });
  });
});

test('R-1708 without inbound both sides are polled; while nothing is linked Jira is not asked', async () => {
  const asked = { changes: 0, issues: 0 };
  const count = (pattern: RegExp, what: keyof typeof asked) => (url: string) => {
    if (pattern.test(url)) asked[what] += 1;
  };
  const [ofDataverse, ofJira] = [count(/deltatoken/i, 'changes'), count(/\/search\/jql|\/worklog\//, 'issues')];
  const world = await startWorld(
    '2025-05-16T17:00:00Z',
    { INBOUND: 'none', REGISTER_STEPS: 'false', POLL_INTERVAL_MS: '200' },
    { crmjira_Capabilities: 'issues' },
    ({ dataverse, jira }) => {
      dataverse.app.addHook('onRequest', ({ url }, _reply, done) => (ofDataverse(url), done()));
      jira.app.addHook('onRequest', ({ url }, _reply, done) => (ofJira(url), done()));
    },
  );
  await eventually(async () => expect(asked.changes).toBeGreaterThan(3));
  expect(asked.issues).toBe(0);
  await goesBothWays(world, await addLinkedCase(world));
  expect(asked.issues).toBeGreaterThan(0);
});
