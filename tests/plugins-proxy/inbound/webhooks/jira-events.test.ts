import { randomUUID } from 'node:crypto';
import { createReceiptNotes } from '../../../../plugins-proxy/src/inbound/webhooks/note-receipts';
import { keysOfJiraEvent } from '../../../../plugins-proxy/src/inbound/webhooks/keys-of-events';
import { jiraPayload } from '../../../../plugins-proxy/src/clients/jira/wire/jira-payload';
import { eventually } from '../../eventually';
import { frozen, intakeApp, signed, webhookUrl } from '../../intake-app';
import { startWorld, stopWorlds } from '../../world';
import { firstConnection, withoutConnection } from '../../site-keys';
import { defaultTriggers } from '../../default-triggers';

afterEach(stopWorlds);

test('R-1713 a webhook tells when something came last, at most once a minute, and not again where another replica has told', async () => {
  let time = Date.parse('2025-05-16T17:00:00Z');
  const stored = new Map<string, Date | null>([
    ['5a8d2c1e-0000-4000-8000-00000000ab01', null],
    ['5a8d2c1e-0000-4000-8000-00000000ab02', new Date(time - 30_000)],
  ]);
  const asked: string[] = [];
  const written: string[] = [];
  const received = createReceiptNotes({
    dataverse: {
      many: async (_collection, { filter }, schema) => {
        asked.push(String(filter));
        return [...stored].map(([id, last]) =>
          schema.parse({ crmjira_integration_webhookid: id, crmjira_last_received_on: last }),
        );
      },
      changeSet: async (writes) => {
        for (const { id, columns } of writes)
          written.push(`${id.slice(-1)} ${String(columns['crmjira_last_received_on'])}`);
      },
    },
    now: () => new Date(time),
    logger: { warn: (...said: unknown[]) => void written.push(JSON.stringify(said)) },
  });
  for (const wait of [0, 20_000, 39_000]) {
    time += wait;
    received(firstConnection);
    await eventually(async () => expect(written).toHaveLength(1));
  }
  expect(written).toEqual(['1 2025-05-16T17:00:00Z']);
  expect(asked).toEqual([expect.stringContaining(firstConnection)]);
  time += 1_000;
  received(firstConnection);
  await eventually(async () => expect(written).toHaveLength(3));
});

/** R-508; those of the budget module are sent by that module, not by Jira. */
const wanted = {
  jira: [
    'jira:issue_created',
    'jira:issue_updated',
    'jira:issue_deleted',
    'worklog_created',
    'worklog_updated',
    'worklog_deleted',
    'project_updated',
    'project_deleted',
    'project_archived',
  ],
  budgetModule: ['budget:budget_updated', 'budget:budget_approved', 'project_closed'],
};

describe('events of Jira', () => {
  test('an event that names issue and project tells whose the issue is, also after it has moved; one that is not signed tells nothing', async () => {
    const { app, store, projects } = intakeApp();
    const told = (project: string, timestamp: number): string =>
      JSON.stringify({
        webhookEvent: 'jira:issue_updated',
        timestamp,
        issue: { id: '10014', fields: { project: { id: project } } },
      });
    await app.inject(signed(told('10150', 1)));
    expect([...projects]).toEqual([['10014', '10150']]);
    await app.inject(signed(told('10151', 2)));
    await app.inject(signed(told('10152', 3), { secret: 'another-secret-of-the-tests' }));
    expect([...projects]).toEqual([['10014', '10151']]);
    // Not due before the other deliveries of the same act could come.
    const receivedAt = frozen.getTime();
    expect(await store.claim(receivedAt, 60_000)).toBeNull();
    expect(await store.claim(receivedAt + 250, 60_000)).toMatchObject({ key: `jira-project:${firstConnection}/10150` });
    await app.close();
    await store.close();
  });

  test('the webhook is registered for every event that Jira has, and takes those of the budget module as well (R-508)', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z');
    const [webhook, ...others] = world.standIns.jira.site.webhooks.all();
    expect(others).toEqual([]);
    expect(webhook?.events).toEqual(expect.arrayContaining(wanted.jira));
    for (const event of wanted.budgetModule) expect(webhook?.events).not.toContain(event);
    for (const name of [...wanted.jira, ...wanted.budgetModule]) {
      const payload = { webhookEvent: name, project: { id: '10150' }, budget: { projectKey: 'CRMWYVLZZJ' } };
      const { keys } = keysOfJiraEvent(jiraPayload.parse(payload), firstConnection, defaultTriggers());
      const kind = { project_closed: 'project-closed', 'budget:budget_approved': 'budget-approved' }[name];
      expect(withoutConnection(keys)).toEqual([`${kind ?? 'jira-project'}:10150`]);
    }
    const board = { webhookEvent: 'board_created', project: { id: '10150' } };
    const unknown = keysOfJiraEvent(jiraPayload.parse(board), firstConnection, defaultTriggers());
    expect(unknown).toMatchObject({ keys: [] });
  });

  test('work counts on every issue type of a mapped project, and a project that is not mapped has no effect (R-509)', async () => {
    const world = await startWorld('2025-01-15T14:00:00Z');
    const mapping = await world.provision();
    for (const name of ['Epic', 'Story', 'Task', 'Bug']) {
      const fields = { project: { id: '10150' }, issuetype: { name }, summary: name };
      const { id } = await world.jira('POST', '/issue', { fields });
      await world.logHours(String(id), 8);
    }
    await world.settledAt(mapping, [4_000, 246_000, 1.6, 1]);
    const lead = (await world.jira('GET', '/myself'))['accountId'];
    const other = await world.jira('POST', '/project', {
      key: 'OTHER',
      name: 'Somebody else’s',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: lead,
    });
    // R-511 a project that is offered for issues is expected to be without a budget: it does not count as one that nobody has linked.
    const offered = await world.jira('POST', '/project', {
      key: 'OFFERED',
      name: 'For issues alone',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: lead,
    });
    await world.write('crmjira_jira_projects', randomUUID(), {
      crmjira_name: 'For issues alone',
      crmjira_project_id: String(offered['id']),
      crmjira_project_key: 'OFFERED',
      crmjira_is_offered: true,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.config.connectionId})`,
    });
    const bug = { project: { id: String(offered['id']) }, issuetype: { name: 'Task' }, summary: 'Here' };
    await world.jira('POST', '/issue', { fields: bug });
    await world.settled();
    const fields = { project: { id: String(other['id']) }, issuetype: { name: 'Task' }, summary: 'Elsewhere' };
    await world.logHours(String((await world.jira('POST', '/issue', { fields }))['id']), 8);
    await eventually(async () => {
      const events = await world.rows('crmjira_inbound_events', "crmjira_event_type eq 'no_mapping'");
      const said = { crmjira_status: 3, crmjira_correlation_id: expect.stringMatching(/^[\w-]+$/) };
      expect(events).toMatchObject([{ crmjira_project_id: String(other['id']), ...said }]);
    });
    expect(await world.figures(mapping)).toEqual([4_000, 246_000, 1.6, 1]);
  });
});

describe('the sender of a connection', () => {
  const body = '{"timestamp":1,"webhookEvent":"worklog_created","worklog":{"id":"1","issueId":"10014"}}';
  const { payload, headers: signedHeaders } = signed(body);
  const headers = { 'content-type': 'application/json' };
  const secret = 'webhook-secret-of-the-tests';
  const former = 'former-webhook-secret-of-the-tests';
  const shown = {
    signature: (key: string) => signed(body, { secret: key }),
    bearer: (key: string) => ({
      method: 'POST' as const,
      url: webhookUrl,
      payload,
      headers: { ...headers, authorization: `Bearer ${key}` },
    }),
    url: (key: string) => ({
      method: 'POST' as const,
      url: `${webhookUrl}?secret=${encodeURIComponent(key)}`,
      payload,
      headers,
    }),
  };
  const kinds = Object.keys(shown) as (keyof typeof shown)[];

  test.each(kinds)(
    'R-502 R-518 shows its secret by %s and in no other way; two are good in a rotation',
    async (kind) => {
      const { app, store, lines } = intakeApp({
        JIRA_WEBHOOK_VERIFICATION: kind,
        JIRA_WEBHOOK_SECRET_PREVIOUS: former,
      });
      const refused = [
        ...kinds.filter((other) => other !== kind).map((other) => shown[other](secret)),
        shown[kind]('another-secret-of-the-tests'),
        { ...shown.url(secret), url: `${webhookUrl}?secret=${secret}&secret=${secret}` },
        { ...shown.url(secret), url: webhookUrl },
        { ...shown.bearer(secret), headers: { ...headers, authorization: `Basic ${secret}` } },
      ];
      for (const request of refused)
        expect((await app.inject(request)).json()).toMatchObject({ code: 'bad-signature' });
      expect((await store.statistics(0)).counters).toEqual({ 'intake.refused': refused.length });
      expect(await store.claim(1e15, 1)).toBeNull();
      expect((await app.inject(shown[kind](secret))).statusCode).toBe(202);
      // The same delivery again, now with the secret before: it is known.
      expect((await app.inject(shown[kind](former))).statusCode).toBe(200);
      for (const said of [secret, former, signedHeaders['x-hub-signature']]) expect(lines.join('')).not.toContain(said);
      await app.close();
      await store.close();
    },
  );
});
