import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../../eventually';
import { e1, opportunityId, startWorld, stopLater, stopWorlds, type World } from '../../world';
import { allAcknowledged, logWork, tellsOfItself, troubleOf } from './trouble';

afterEach(stopWorlds);

/** Pauses after a failure pass in a twentieth of their time, and what waits is looked at often: nothing here is about how long a second is. */
const startQuickWorld = (start: string, over: Parameters<typeof startWorld>[1] = {}) =>
  startWorld(
    start,
    (standIns) => ({ POLL_INTERVAL_MS: '300', ...(typeof over === 'function' ? over(standIns) : over) }),
    {},
    undefined,
    20,
  );

/** A running project with a day of work taken over. */
async function running(world: World): Promise<{ mapping: string; issue: string }> {
  const mapping = await world.provision();
  await world.approve();
  const issue = await world.newIssue();
  await world.logHours(issue, 8);
  await world.settledAt(mapping, [1_000, 249_000, 0.4, 3]);
  return { mapping, issue };
}

const minutesLater = (start: string, minutes: number): string =>
  new Date(Date.parse(start) + minutes * 60_000).toISOString();

test('R-514 Jira down for 30 minutes: what it said before is kept, health says so, and it is caught up with when it is back', async () => {
  const start = '2025-01-20T15:00:00Z';
  const world = await startQuickWorld(start);
  const trouble = troubleOf(world);
  const { mapping, issue } = await running(world);
  const failed = (): number => world.lines.filter((line) => line.includes('"retryAt":"')).length;
  let failures = 0;
  // Broken connections, then the page of a gateway before it, then a gateway that knows nothing better.
  const ways = [{ hangUp: true }, { status: 502, html: true }, { status: 503, retryAfter: 1 }];
  for (const [turn, way] of ways.entries()) {
    await trouble.jira(way);
    if (turn === 0) {
      logWork(world, issue, 16);
      await allAcknowledged(world);
    }
    world.setClock(minutesLater(start, 10 * (turn + 1)));
    await eventually(async () => {
      expect(failed()).toBeGreaterThan(failures);
      const told = await tellsOfItself(world.proxyUrl);
      expect(told).toMatchObject({
        status: 'degraded',
        jira: { ok: false },
        dataverse: { ok: true },
        queue: { dead: 0, retrying: 1, failing: { 'jira-unavailable': 1 } },
      });
      expect(told).toMatchObject({ healthStatus: 200, readyStatus: 200 });
      expect(told.queue?.pending).toBeGreaterThan(0);
    });
    failures = failed();
  }
  expect(await world.figures(mapping)).toEqual([1_000, 249_000, 0.4, 3]);
  await trouble.over();
  // The pause between two tries is ten minutes by now; half a minute later all is right all the same (F-207).
  world.setClock(minutesLater(start, 30.5));
  await world.settledAt(mapping, [3_000, 247_000, 1.2, 3]);
  await eventually(async () => expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ status: 'ok' }));
});

test('F-108 an opportunity saved while Jira is away says that it waits, and for what; so does a command; then both are carried out', async () => {
  const world = await startQuickWorld('2025-01-20T15:00:00Z');
  const trouble = troubleOf(world);
  await trouble.jira({ status: 503 });
  await world.write('opportunities', opportunityId, e1);
  const mappings = () => world.rows('crmjira_budget_mappings');
  await eventually(async () =>
    expect(await mappings()).toMatchObject([
      {
        crmjira_provisioning_state: 1,
        crmjira_last_error_code: 'jira-unavailable',
        crmjira_failing_since: expect.anything(),
        crmjira_next_retry_on: expect.anything(),
      },
    ]),
  );
  const command = await world.command(3);
  await eventually(async () =>
    expect(await world.one('crmjira_commands', command)).toMatchObject({
      crmjira_command_state: 2,
      crmjira_result: expect.stringMatching(/^Waiting\. Jira /),
      crmjira_finished_on: null,
    }),
  );
  await trouble.over();
  world.setClock('2025-01-20T15:00:30Z');
  await eventually(async () => {
    expect(await mappings()).toMatchObject([
      { crmjira_provisioning_state: 4, crmjira_last_error: null, crmjira_last_error_code: null },
    ]);
    expect(await world.one('crmjira_commands', command)).toMatchObject({ crmjira_command_state: 3 });
  });
  expect(world.standIns.jira.site.projects.all()).toHaveLength(1);
}, 120_000);

test('R-514 R-1225 a storm of 429 from Jira is waited out, not answered with a storm', async () => {
  const world = await startQuickWorld('2025-01-20T15:00:00Z');
  const { mapping, issue } = await running(world);
  await troubleOf(world).jira({ status: 429, retryAfter: 1, times: 6 });
  for (let hour = 0; hour < 20; hour += 1) logWork(world, issue, 1);
  await allAcknowledged(world);
  await world.settledAt(mapping, [3_500, 246_500, 1.4, 3]);
  expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ queue: { pending: 0, dead: 0 } });
});

test('R-514 Dataverse answers 429 and 503 for a while: nothing acknowledged is lost and nothing is done twice', async () => {
  const start = '2025-01-20T15:00:00Z';
  const world = await startQuickWorld(start);
  const trouble = troubleOf(world);
  const { mapping, issue } = await running(world);
  const changes = async (): Promise<number> =>
    (await world.rows('crmjira_integration_logs', 'crmjira_operation_type eq 2 and crmjira_integration_status eq 2'))
      .length;
  let [spent, logged] = [1_000, await changes()];
  for (const fault of [
    { status: 429, retryAfter: 1, count: 6 },
    { status: 503, retryAfter: 1, count: 6 },
    { status: 503, retryAfter: 1, count: 6, html: true },
  ]) {
    await trouble.dataverse(fault);
    logWork(world, issue, 8);
    await allAcknowledged(world);
    spent += 1_000;
    await world.settledAt(mapping, [spent, 250_000 - spent, spent / 2_500, 3]);
    logged += 1;
    expect(await changes()).toBe(logged);
  }
  // A pause that is longer than a run may sleep: the job waits for it and holds up nobody.
  await trouble.dataverse({ status: 429, retryAfter: 300, count: 10_000 });
  logWork(world, issue, 8);
  await allAcknowledged(world);
  await eventually(async () => {
    if (!world.lines.some((line) => line.includes('"retryAt":"') && line.includes('dataverse-limit')))
      throw new Error('not put off yet');
  });
  expect((await tellsOfItself(world.proxyUrl)).queue).toMatchObject({ dead: 0 });
  await trouble.over();
  world.setClock(minutesLater(start, 20));
  await world.settledAt(mapping, [5_000, 245_000, 2, 3]);
  expect(await changes()).toBe(logged + 1);
});

test('R-514 the token endpoint down: deliveries are kept, health says so, and it is caught up with when it is back', async () => {
  let down = false;
  let target = '';
  const server: Server = createServer((request, response) => {
    if (down) return void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Service unavailable</h1>');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = { 'content-type': String(request.headers['content-type']) };
      void fetch(target, { method: 'POST', headers, body: Buffer.concat(chunks) })
        .then(async (answer) => {
          const token = (await answer.json()) as Record<string, unknown>;
          // So short-lived that the service has to come again at once.
          const body = JSON.stringify({ ...token, expires_in: 1 });
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
        })
        .catch((error: unknown) => void response.writeHead(502).end(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stopLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const start = '2025-01-20T15:00:00Z';
  const world = await startQuickWorld(start, ({ TOKEN_URL = '' }) => {
    target = TOKEN_URL;
    return { TOKEN_URL: `http://127.0.0.1:${port}/token` };
  });
  const { mapping, issue } = await running(world);
  down = true;
  // Before that the last token still serves: a run that is quick enough would not notice.
  await eventually(async () => expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ dataverse: { ok: false } }));
  logWork(world, issue, 16);
  await allAcknowledged(world);
  await eventually(async () => {
    if (!world.lines.some((line) => line.includes('"retryAt":"')))
      throw new Error(`not refused yet\n${world.lines.slice(-12).join('')}`);
  });
  world.setClock(minutesLater(start, 5));
  await eventually(async () =>
    expect(await tellsOfItself(world.proxyUrl)).toMatchObject({
      status: 'degraded',
      dataverse: { ok: false, says: 'The sign-in service is not available (500); it is tried again.' },
      queue: { dead: 0 },
      readyStatus: 200,
    }),
  );
  expect((await tellsOfItself(world.proxyUrl)).queue?.pending).toBeGreaterThan(0);
  down = false;
  world.setClock(minutesLater(start, 20));
  await world.settledAt(mapping, [3_000, 247_000, 1.2, 3]);
  await eventually(async () => expect(await tellsOfItself(world.proxyUrl)).toMatchObject({ status: 'ok' }));
});
