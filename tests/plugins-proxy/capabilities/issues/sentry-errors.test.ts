import { createHmac, randomUUID } from 'node:crypto';
import {
  CommandState,
  CommandType,
  ErrorClass,
  Health,
  jiraProjectRowId,
  LinkState,
  monitorErrorRowId,
  monitorProjectRowId,
  SyncPreference,
  SyncStatus,
} from '@crmjira/domain';
import {
  createErrorPoll,
  pollOrganization,
} from '../../../../plugins-proxy/src/capabilities/issues/errors/poll-errors';
import { createSentryHttp } from '../../../../plugins-proxy/src/clients/sentry/sentry-http';
import { createSentryOrganization } from '../../../../plugins-proxy/src/clients/sentry/sentry-organization';
import { createSentryProvider } from '../../../../plugins-proxy/src/connections/providers/sentry-provider';
import { openSqliteStore } from '../../../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';
import { DEVELOPER } from '../../../../sandbox/src/sentry/rows';
import { freePort } from '../../../free-port';
import { eventually } from '../../eventually';
import { monitorConnection, type Monitoring, startMonitoring } from '../../monitoring';
import { people } from '../../stand-ins';
import { startWorld, stopWorlds, type World } from '../../world';

const start = '2025-05-16T17:00:00Z';
const [android, api] = ['4510000000000011', '4510000000000012'];
const begun = Date.now();
const clock = (): Date => new Date(Date.parse(start) + Date.now() - begun);

let monitoring: Monitoring;
let world: World;
let proxyUrl: string;
/** Jira offers no step, as a workflow that ends where an issue stands. */
let isStuck = false;

beforeAll(async () => {
  const port = await freePort();
  proxyUrl = `http://localhost:${port}`;
  monitoring = await startMonitoring(clock, port);
  let seeded: Promise<unknown> = Promise.resolve();
  world = await startWorld(
    start,
    { ...monitoring.environment, PORT: String(port), PUBLIC_URL: proxyUrl },
    { crmjira_Capabilities: 'budget,issues' },
    ({ dataverse, jira }) => {
      seeded = dataverse.seed(monitoring.rows);
      jira.app.addHook('onSend', ({ method, url }, _reply, payload, done) => {
        const isSteps = isStuck && method === 'GET' && url.split('?')[0]!.endsWith('/transitions');
        done(null, isSteps ? JSON.stringify({ transitions: [] }) : payload);
      });
    },
  );
  await seeded;
}, 120_000);
afterAll(stopWorlds);

/** A poll by itself, with cursors of its own; it tells how many jobs it has made. */
function polling() {
  const { url } = monitoring;
  const { admin } = world.standIns;
  const store = openSqliteStore(':memory:');
  const asked: string[] = [];
  const http = createSentryHttp({
    url,
    credentials: { kind: 'bearer', pat: 'sentry-token-of-the-tests' },
    timeoutMs: 5_000,
  });
  const connection = {
    id: monitorConnection,
    name: 'Sentry',
    host: new URL(url).host,
    organization: createSentryOrganization(
      { ...http, call: (call) => (asked.push(call.path), http.call(call)) },
      'rideau-logic',
    ),
    syncIntervalMinutes: null,
    issueLimit: null,
  };
  const whole = {
    ...connection,
    provider: createSentryProvider(connection.organization),
    webhookSecrets: () => [],
    close: () => http.close(),
  };
  const parts = {
    dataverse: admin,
    sentry: { all: () => [], broken: () => [], refresh: async () => undefined },
    store,
    logger: { info: () => undefined, warn: () => undefined },
    now: clock,
    wake: () => undefined,
    inbound: 'none' as const,
  };
  return {
    poll: async (withTickets = false) => (await pollOrganization(parts, connection, withTickets)).jobs,
    /** As the schedule does it, at a moment of its own each time. */
    turn: (at: () => Date) => createErrorPoll({ ...parts, now: at, sentry: { ...parts.sentry, all: () => [whole] } })(),
    asked,
    end: async () => {
      await http.close();
      await store.close();
    },
  };
}

const errorsNamed = (title: string) => world.rows('crmjira_monitor_errors', `crmjira_title eq '${title}'`);
const daysOf = async (id: unknown) =>
  (await world.rows('crmjira_monitor_error_daies', `_crmjira_monitor_error_value eq ${String(id)}`))
    .map((day): [string, unknown] => [String(day['crmjira_day']).slice(0, 10), day['crmjira_event_count']])
    .sort();
const idOf = (title: string): string => monitoring.sentry.site.issues().find((issue) => issue.title === title)!.id;

test('R-1711 R-1716 projects, errors and their days are read from Sentry, once each', async () => {
  const { sentry } = monitoring;
  await eventually(async () => {
    expect(await world.rows('crmjira_monitor_errors')).toHaveLength(sentry.site.issues().length);
    await world.settled();
  });
  const projects = await world.rows('crmjira_monitor_projects');
  expect(projects.sort((a, b) => String(a['crmjira_name']).localeCompare(String(b['crmjira_name'])))).toMatchObject(
    ['dockflow-android', 'dockflow-api'].map((name) => ({
      crmjira_system: 'sentry',
      crmjira_name: name,
      crmjira_is_active: true,
      _crmjira_integration_id_value: monitorConnection,
    })),
  );
  const [row] = await errorsNamed('SocketTimeoutException: resume after roaming failed');
  const issue = sentry.site.issue(String(row?.['crmjira_external_id']))!;
  expect(row).toMatchObject({
    _crmjira_monitor_project_value: monitorProjectRowId(monitorConnection, android),
    crmjira_level: 'error',
    crmjira_status: 'unresolved',
    crmjira_event_count: 61,
    crmjira_external_url: `${monitoring.url}/organizations/rideau-logic/issues/${issue.id}/`,
    crmjira_last_seen_on: new Date(issue.lastSeen),
  });
  expect(await daysOf(row?.['crmjira_monitor_errorid'])).toEqual(
    [1, 2, 1, 2, 3, 4, 6, 8, 9, 7, 8, 10].map((count, index) => [
      new Date(Date.UTC(2025, 4, 4 + index)).toISOString().slice(0, 10),
      count,
    ]),
  );
  // One that was quiet for two weeks has its day of a month ago by its id.
  const quiet = sentry.site.issues().find(({ lastSeen }) => lastSeen < '2025-05-01')!;
  const [long] = await errorsNamed(quiet.title);
  expect(await daysOf(long?.['crmjira_monitor_errorid'])).toEqual([[quiet.lastSeen.slice(0, 10), 1]]);
}, 120_000);

test('R-1711 a signed webhook has the error read again, and a repeat of it adds nothing', async () => {
  const { sentry } = monitoring;
  const title = 'HTTP 409 on /v2/receipts: duplicate receipt';
  await monitoring.deliveries({ duplicate: true });
  sentry.site.occur(idOf(title), 4);
  await eventually(async () => {
    expect(await errorsNamed(title)).toMatchObject([{ crmjira_status: 'unresolved', crmjira_event_count: 20 }]);
  });
  await sentry.deliveriesSettled();
  await world.settled();
  // Its webhook tells when something came last.
  await eventually(async () =>
    expect(await world.rows('crmjira_integration_webhooks')).toMatchObject([
      { crmjira_last_received_on: expect.any(Date) },
    ]),
  );
  const [row] = await errorsNamed(title);
  expect((await daysOf(row?.['crmjira_monitor_errorid'])).at(-1)).toEqual(['2025-05-16', 4]);
  expect(await world.rows('crmjira_monitor_error_daies')).toHaveLength(
    sentry.site
      .issues()
      .reduce((sum, { events }) => sum + new Set(Object.keys(events).map((hour) => hour.slice(0, 10))).size, 0),
  );
}, 120_000);

test('R-1711 where no webhook comes, a poll reads what has happened since, and only that; what people have set stays', async () => {
  const { sentry } = monitoring;
  const { poll, asked, end } = polling();
  await poll();
  await monitoring.deliveries({ drop: true });
  const [known, merge] = ['SQLITE_FULL: database or disk is full', 'NullReferenceException in PickListService.Merge'];
  const before = await world.rows('crmjira_monitor_error_daies');
  sentry.site.occur(idOf(known), 2);
  sentry.site.setStatus(idOf(merge), 'resolved', DEVELOPER);
  sentry.site.occur(idOf(merge));
  const fresh = sentry.site.occurFirst(android, { title: 'Brand new', culprit: 'main', level: 'warning' });
  // Somebody has stopped the reading of one project, and called it otherwise.
  const product = '7d1f0a52-0000-4000-8000-000000000001';
  await world.write('products', product, { name: 'DockFlow', productnumber: 'DF' });
  const projectId = monitorProjectRowId(monitorConnection, android);
  const bound = { 'crmjira_product@odata.bind': `/products(${product})` };
  await world.write('crmjira_monitor_projects', projectId, bound);
  asked.splice(0);
  expect(await poll()).toBe(0);
  expect(asked).toHaveLength(3);
  expect(await errorsNamed(known)).toMatchObject([{ crmjira_event_count: 14 }]);
  expect(await errorsNamed('Brand new')).toMatchObject([{ crmjira_external_id: fresh, crmjira_level: 'warning' }]);
  expect(await world.rows('crmjira_monitor_error_daies')).toHaveLength(before.length + 3);
  expect(await world.one('crmjira_monitor_projects', projectId)).toMatchObject({ _crmjira_product_value: product });
  // A repeat writes no row of an error.
  const versions = async () => (await world.rows('crmjira_monitor_errors')).map((row) => row['@odata.etag']);
  const stood = await versions();
  await poll();
  expect(await versions()).toEqual(stood);

  await world.write('crmjira_monitor_projects', projectId, { crmjira_is_active: false });
  sentry.site.occur(idOf(known));
  asked.splice(0);
  await poll();
  expect(asked).toHaveLength(2);
  expect(await errorsNamed(known)).toMatchObject([{ crmjira_event_count: 14 }]);
  await world.write('crmjira_monitor_projects', projectId, { crmjira_is_active: true });
  await monitoring.deliveries({});
  await end();
}, 120_000);

test('R-1711 a page can tell since when Sentry does not answer, and until when it did', async () => {
  const { turn, end } = polling();
  const health = async () =>
    (await world.rows('crmjira_integration_healths', "crmjira_dependency eq 'sentry'")).map((row) => [
      row['crmjira_health'],
      row['crmjira_since'],
      row['crmjira_reason_code'],
    ]);
  const at = (minutes: number) => () => new Date(Date.parse(start) + minutes * 60_000);
  await turn(at(10));
  const [good] = await health();
  expect(good).toEqual([Health.Healthy, expect.any(Date), null]);
  await monitoring.faults([{ status: 503 }]);
  for (const minutes of [20, 30]) await expect(turn(at(minutes))).rejects.toThrow('Sentry is not available');
  expect(await health()).toEqual([[Health.Down, at(20)(), 'sentry-unavailable']]);
  await monitoring.faults([]);
  // The circuit lets one call through a second.
  await eventually(() => turn(at(40)));
  expect(await health()).toEqual([[Health.Healthy, at(40)(), null]]);
  // Each poll has its row, also one that failed.
  const logged = await world.rows('crmjira_sync_logs', "crmjira_name eq 'Sentry errors: Sentry'");
  expect(logged.map((row) => [row['crmjira_status'], row['crmjira_error_class']])).toEqual(
    expect.arrayContaining([
      [SyncStatus.Success, null],
      [SyncStatus.Failed, ErrorClass.Unreachable],
    ]),
  );
  expect(logged).toContainEqual(expect.objectContaining({ crmjira_records_processed: expect.any(Number) }));
  await end();
}, 120_000);

test('R-1711 R-502 nothing is taken from whoever does not sign as Sentry does, whatever else they send', async () => {
  const body = JSON.stringify({
    action: 'resolved',
    data: { issue: { id: idOf('SQLITE_FULL: database or disk is full') } },
  });
  const secret = 'sentry-client-secret-of-the-tests';
  const sign = (text: string, by: string): string => createHmac('sha256', by).update(text).digest('hex');
  const post = async (signature: string | undefined, text = body, connection = monitorConnection) => {
    const response = await fetch(`${proxyUrl}/webhooks/sentry/${connection}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'sentry-hook-resource': 'issue',
        ...(signature === undefined ? {} : { 'sentry-hook-signature': signature }),
      },
      body: text,
    });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  expect(await post(undefined)).toEqual([401, 'bad-signature']);
  expect(await post(sign(body, 'some-other-secret'))).toEqual([401, 'bad-signature']);
  expect(await post(sign(body, secret).slice(1))).toEqual([401, 'bad-signature']);
  expect(await post(sign(body, secret), `${body} `)).toEqual([401, 'bad-signature']);
  expect(await post(sign(body, secret), body, '5a8d2c1e-0000-4000-8000-000000000c02')).toEqual([
    404,
    'unknown-connection',
  ]);
  expect(await post(sign('[', secret), '[')).toEqual([400, 'malformed-json']);
  expect(await post(sign('{}', secret), '{}')).toEqual([400, 'unexpected-shape']);
  const comment = JSON.stringify({ action: 'created', data: { comment: 'x' } });
  expect(await post(sign(comment, secret), comment)).toEqual([200, 'ignored']);
  expect(await post(sign(body, secret))).toEqual([202, 'accepted']);
  expect((await post(sign(body, secret)))[0]).toBeLessThan(300);
}, 120_000);

describe('tickets from errors', () => {
  const product = '7d1f0a52-0000-4000-8000-000000000001';
  const [timeout, full, unmapped] = [
    'SocketTimeoutException: resume after roaming failed',
    'SQLITE_FULL: database or disk is full',
    'NullReferenceException in PickListService.Merge',
  ] as const;
  const rowIdOf = (title: string): string =>
    monitorErrorRowId(monitorProjectRowId(monitorConnection, title === unmapped ? api : android), idOf(title));
  let projectRow: string;

  beforeAll(async () => {
    const { dataverse } = world.standIns;
    const roleid = dataverse.roleId('CRM-JIRA Integration Administrator')!;
    const administrator = { systemuserroleid: guidOf('administrator'), systemuserid: people.finance, roleid };
    await dataverse.seed([{ table: 'systemuserroles', row: administrator }]);
    const { accountId } = await world.jira('GET', '/myself');
    const body = { key: 'DOCK', name: 'DockFlow', projectTypeKey: 'software', leadAccountId: accountId };
    const { id } = await world.jira('POST', '/project', body);
    projectRow = jiraProjectRowId(world.config.connectionId, String(id));
    await world.write('crmjira_jira_projects', projectRow, {
      crmjira_name: 'DockFlow',
      crmjira_project_id: String(id),
      crmjira_project_key: 'DOCK',
      crmjira_is_offered: true,
      'crmjira_integration_id@odata.bind': `/crmjira_integrations(${world.config.connectionId})`,
    });
  }, 60_000);

  const ask = async (errors: readonly string[], by = 'finance.controller') => {
    const id = randomUUID();
    await world.writeAs(by, 'crmjira_commands', id, {
      crmjira_command_type: CommandType.CreateTicketsFromErrors,
      crmjira_command_state: CommandState.Requested,
      crmjira_regarding_table: 'product',
      crmjira_regarding_id: product,
      crmjira_payload: JSON.stringify({ project: projectRow, type: 'Bug', errors }),
    });
    const row = await eventually(async () => {
      const found = await world.one('crmjira_commands', id);
      expect(found['crmjira_finished_on']).not.toBeNull();
      return found;
    });
    const { tickets } = JSON.parse(String(row['crmjira_answer'] ?? '{"tickets":[]}')) as {
      tickets: { error: string; link: string | null; key: string | null; code: string | null; says: string | null }[];
    };
    return { ...row, tickets };
  };
  const issueOf = async (title: string) => {
    const [link] = await world.rows('crmjira_issue_links', `crmjira_external_id eq '${idOf(title)}'`);
    const key = String(link?.['crmjira_name']);
    const issue = await world.jira('GET', `/issue/${key}`);
    return { key, link, fields: issue['fields'] as Record<string, unknown> };
  };
  const statusOf = async (title: string): Promise<unknown> =>
    ((await issueOf(title)).fields['status'] as Record<string, Record<string, unknown>>)['statusCategory']!['key'];
  const move = async (key: string, category: string): Promise<void> => {
    const { transitions } = (await world.jira('GET', `/issue/${key}/transitions`)) as unknown as {
      transitions: { id: string; to: { statusCategory: { key: string } } }[];
    };
    const step = transitions.find(({ to }) => to.statusCategory.key === category);
    await world.jira('POST', `/issue/${key}/transitions`, { transition: { id: step?.id } });
  };

  test('R-1705 R-1706 an administrator makes a ticket of each error; one without a product is named, and so is one that has a ticket', async () => {
    const first = await ask([rowIdOf(timeout), rowIdOf(full), rowIdOf(unmapped), rowIdOf(timeout)]);
    expect(first).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_done_count: 2,
      crmjira_total_count: 2,
      crmjira_result: `2 of 2 tickets created. ${unmapped} gets no ticket: its project dockflow-api belongs to no product. Assign it to one, then try again.`,
      tickets: [
        { error: rowIdOf(timeout), key: expect.stringMatching(/^DOCK-\d+$/), code: null },
        { error: rowIdOf(full), key: expect.stringMatching(/^DOCK-\d+$/), code: null },
        { error: rowIdOf(unmapped), link: null, code: 'no-product' },
      ],
    });
    const { key, link, fields } = await issueOf(full);
    expect(fields).toMatchObject({
      summary: full,
      issuetype: { name: 'Bug' },
      labels: expect.arrayContaining(['sentry', 'level-fatal', 'DockFlow']),
    });
    expect(JSON.stringify(fields['description'])).toMatch(/Created from a monitored error .*Fay Controller/);
    expect(link).toMatchObject({
      crmjira_regarding_table: 'product',
      crmjira_regarding_id: product,
      crmjira_external_system: 'sentry',
      crmjira_external_url: `${monitoring.url}/organizations/rideau-logic/issues/${idOf(full)}/`,
      crmjira_sync_preference: SyncPreference.Both,
      crmjira_state: LinkState.Linked,
    });

    const again = await ask([rowIdOf(full)]);
    expect(again).toMatchObject({
      crmjira_command_state: CommandState.Failed,
      crmjira_result: expect.stringContaining(
        `${full} already has the open ticket ${key}. Nothing was created. It was linked by Fay Controller on `,
      ),
      tickets: [{ link: null, code: 'has-ticket' }],
    });
    expect(await ask([rowIdOf(full)], 'opportunity.owner')).toMatchObject({
      crmjira_command_state: CommandState.Refused,
    });
    expect(await ask([])).toMatchObject({ crmjira_command_state: CommandState.Refused });
    expect(await world.rows('crmjira_issue_links')).toHaveLength(2);
    await world.settled();
    // What no event has told of them is looked for from time to time.
    const { poll, end } = polling();
    const [usual, withTickets] = [await poll(), await poll(true)];
    expect(withTickets).toBe(2);
    expect(usual).toBeGreaterThanOrEqual(0);
    await end();
  }, 120_000);

  test('R-1711 a ticket that is done resolves the error in Sentry; when the error comes back it is told, and nothing is reopened', async () => {
    const { sentry } = monitoring;
    const { key } = await issueOf(timeout);
    await move(key, 'done');
    await eventually(async () => {
      expect(sentry.site.issue(idOf(timeout))).toMatchObject({ status: 'resolved' });
      expect(await errorsNamed(timeout)).toMatchObject([{ crmjira_status: 'resolved', crmjira_came_back_on: null }]);
    });
    await world.settled();
    sentry.site.occur(idOf(timeout));
    await eventually(async () => {
      expect(await errorsNamed(timeout)).toMatchObject([
        { crmjira_status: 'unresolved', crmjira_came_back_on: expect.any(Date) },
      ]);
    });
    await world.settled();
    expect(await statusOf(timeout)).toBe('done');
    expect(sentry.site.issue(idOf(timeout))).toMatchObject({ status: 'unresolved', substatus: 'regressed' });
    const log = await world.rows('crmjira_integration_logs', `crmjira_regarding_id eq '${rowIdOf(timeout)}'`);
    expect(log.map((row) => row['crmjira_error_message']).sort()).toEqual([
      expect.stringMatching(new RegExp(`^Came back May 16, 2025, after ${key} was resolved\\.`)),
      `The error was resolved in Sentry because ${key} was resolved in Jira.`,
    ]);
    // An error that came back may have another ticket: the one it had is done.
    expect(await ask([rowIdOf(timeout)])).toMatchObject({
      crmjira_command_state: CommandState.Done,
      crmjira_done_count: 1,
    });
  }, 120_000);

  test('R-1711 R-216 an error that is resolved in Sentry closes its ticket by a step that Jira offers, once', async () => {
    const { sentry } = monitoring;
    const { key } = await issueOf(full);
    sentry.site.setStatus(idOf(full), 'resolved', DEVELOPER);
    await eventually(async () => expect(await statusOf(full)).toBe('done'));
    await world.settled();
    // Whoever reopens it afterwards is not overruled.
    await move(key, 'indeterminate');
    await world.settled();
    expect(await statusOf(full)).toBe('indeterminate');
    expect(sentry.site.issue(idOf(full))).toMatchObject({ status: 'resolved' });

    // Where Jira offers none, the link says so, for as long as the error is resolved and its ticket is not.
    const says = async (): Promise<unknown[]> => {
      const { link } = await issueOf(full);
      return [link?.['crmjira_state'], link?.['crmjira_error_code'], link?.['crmjira_last_error']];
    };
    const fine = [LinkState.Linked, null, null];
    sentry.site.setStatus(idOf(full), 'unresolved', DEVELOPER);
    await eventually(async () => expect(await errorsNamed(full)).toMatchObject([{ crmjira_status: 'unresolved' }]));
    await world.settled();
    expect(await says()).toEqual(fine);
    isStuck = true;
    // Another event, or the word of Sentry would be the same as before.
    sentry.site.occur(idOf(full));
    sentry.site.setStatus(idOf(full), 'resolved', DEVELOPER);
    const why = expect.stringContaining(`${key} offers no step to Done from In Progress`);
    await eventually(async () => expect(await says()).toEqual([LinkState.Failing, 'no-transition', why]));
    isStuck = false;
    sentry.site.setStatus(idOf(full), 'unresolved', DEVELOPER);
    await eventually(async () => expect(await says()).toEqual(fine));
  }, 120_000);
});
