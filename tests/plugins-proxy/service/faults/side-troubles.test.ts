import { Health } from '@crmjira/domain';
import { freshness } from '../../../../controls/form-data/src/budget/freshness';
import { createDataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import type { HealthReport } from '../../../../plugins-proxy/src/operations/health/health-report';
import { showHealth } from '../../../../plugins-proxy/src/operations/health/show-health';
import { createGateway, type Gateway } from '../../../../sandbox/src/gateway';
import { eventually } from '../../eventually';
import { secondJira } from '../../second-jira';
import { shownOf } from '../../shown-health';
import { type Row, startWorld, stopLater, stopWorlds, type World } from '../../world';

afterEach(stopWorlds);

const start = '2025-01-15T14:00:00Z';
/** Of E1 and E2: spent, remaining, utilization, status. */
const before = [46_000, 204_000, 18.4, 3];
const after = [47_000, 203_000, 18.8, 3];

/** A switch of the sandbox, set as its page in the README says. */
async function turn(url: string, settings: object | null): Promise<void> {
  const answer = await fetch(
    url,
    settings === null
      ? { method: 'DELETE' }
      : { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(settings) },
  );
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** Instants as the Web API writes them. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );

/** The service writes what `/health` tells into Dynamics, as it does every five minutes. */
async function healthRow(world: World, connectionId = world.config.connectionId) {
  const { config } = world;
  const dataverse = createDataverseClient({
    url: config.dataverse.url,
    timeoutMs: 5_000,
    tokens: createTokenSource(config.dataverse, 5_000),
  });
  const report = async (): Promise<HealthReport> =>
    // the service's own report, whose shape the tests of /health hold
    (await (await fetch(`${world.proxyUrl}/health`)).json()) as HealthReport;
  expect(await showHealth({ dataverse, connectionId: config.connectionId, now: world.clock, report })).toEqual({
    ok: true,
  });
  const [row, dependencies] = await Promise.all([
    world.one('crmjira_integrations', connectionId),
    world.rows('crmjira_integration_healths', `_crmjira_integration_id_value eq ${connectionId}`),
  ]);
  return shownOf(plain(row), dependencies.map(plain));
}

/** A project with 368 hours, at 17:35 on 20 January. */
async function withFigures(world: World) {
  const mapping = await world.provision();
  await world.approve();
  world.setClock('2025-01-20T17:30:00Z');
  const issue = await world.newIssue();
  await world.logHours(issue, 368);
  world.setClock('2025-01-20T17:35:00Z');
  await world.settledAt(mapping, before);
  return { mapping, issue };
}

/** What a form is told of a mapping: its figures, and how far they can be trusted. */
async function told(world: World, mapping: string) {
  const row = plain(await world.one('crmjira_budget_mappings', mapping));
  const text = (name: string): string | null => {
    const value = row[name];
    return typeof value === 'string' ? value : null;
  };
  const fresh = freshness(
    {
      completedOn: text('crmjira_completed_on'),
      provisioning: Number(row['crmjira_provisioning_state']),
      lastError: text('crmjira_last_error'),
      since: text('crmjira_failing_since'),
      createdOn: text('createdon'),
      lastSyncOn: text('crmjira_last_sync_date'),
      ageIsKnown: true,
    },
    world.clock().toISOString(),
  );
  return { row, fresh };
}

test('R-1501 R-203 Tempo away: the health card says since when, the figures stay the last good ones, Jira does well', async () => {
  const world = await startWorld(start, {}, { crmjira_BudgetSource: 'tempo-cloud' });
  const tempo = `${world.standIns.jiraUrl}/sandbox/tempo/faults`;
  const { mapping, issue } = await withFigures(world);
  expect(await healthRow(world)).toMatchObject({ crmjira_budget_source_health: Health.Healthy });

  await turn(tempo, { rules: [{ status: 503 }] });
  world.setClock('2025-01-20T17:40:00Z');
  await world.logHours(issue, 8);
  await eventually(async () => {
    const { row, fresh } = await told(world, mapping);
    expect(row).toMatchObject({ crmjira_last_error_code: 'tempo-unavailable' });
    // In words of its own: Jira, which a form would name otherwise, answers.
    expect(fresh).toMatchObject({ kind: 'failing', reason: expect.stringMatching(/^Tempo /) });
    expect(Date.parse(fresh.kind === 'failing' ? fresh.since : '')).toBeGreaterThanOrEqual(
      Date.parse('2025-01-20T17:40:00Z'),
    );
  });
  expect(await world.figures(mapping)).toEqual(before);
  expect(await healthRow(world)).toMatchObject({
    crmjira_jira_health: Health.Healthy,
    crmjira_budget_source_health: Health.Down,
    crmjira_budget_source_reason_code: 'tempo-unavailable',
    crmjira_budget_source_since: expect.stringMatching(/^2025-01-20T17:4/),
    crmjira_budget_source_last_good_on: expect.stringMatching(/^2025-01-20T17:3/),
    crmjira_budget_source_response_ms: null,
  });

  await turn(tempo, null);
  world.setClock('2025-01-20T18:40:00Z');
  await world.command(3);
  await eventually(async () => expect(await world.figures(mapping)).toEqual(after), 60_000);
  expect((await told(world, mapping)).fresh).toEqual({ kind: 'fresh' });
  // A probe that met the circuit while the job closed it is asked again.
  await eventually(async () =>
    expect(await healthRow(world)).toMatchObject({
      crmjira_budget_source_health: Health.Healthy,
      crmjira_budget_source_since: expect.stringMatching(/^2025-01-20T18:4/),
      crmjira_budget_source_reason: null,
    }),
  );
});

test('R-1501 R-203 the gateway before Jira closed: its card says since when, the figures stay, and all goes on when it opens', async () => {
  const targets: string[] = [];
  const gateway: Gateway = createGateway({ tunnelsTo: targets });
  const url = await gateway.app.listen({ port: 0, host: '127.0.0.1' });
  stopLater(() => gateway.close());
  const world = await startWorld(start, ({ JIRA_URL = '' }) => {
    targets.push(new URL(JIRA_URL).host);
    return { JIRA_GATEWAY_URL: url };
  });
  const { mapping, issue } = await withFigures(world);
  const well = await healthRow(world);
  expect(well).toMatchObject({ crmjira_gateway_health: Health.Healthy, crmjira_jira_health: Health.Healthy });
  expect(well['crmjira_gateway_calls_per_minute']).toBeGreaterThan(0);
  // R-1110: how long it took until the logged work stood in the figures.
  expect(well['crmjira_budget_source_delay_s']).toEqual(expect.any(Number));

  await turn(`${url}/sandbox/faults`, { rules: [{ status: 503 }] });
  world.setClock('2025-01-20T17:40:00Z');
  // Jira itself does well: its webhook comes in, and nobody can ask it what happened.
  await world.logHours(issue, 8);
  await eventually(async () => {
    const { row, fresh } = await told(world, mapping);
    expect(row).toMatchObject({ crmjira_last_error_code: 'gateway-unavailable' });
    expect(fresh).toMatchObject({ kind: 'failing', reason: null });
  });
  expect(await world.figures(mapping)).toEqual(before);
  expect(await healthRow(world)).toMatchObject({
    crmjira_gateway_health: Health.Down,
    crmjira_gateway_reason_code: 'gateway-unavailable',
    crmjira_gateway_since: expect.stringMatching(/^2025-01-20T17:4/),
    crmjira_gateway_last_good_on: expect.stringMatching(/^2025-01-20T17:3/),
    crmjira_dataverse_health: Health.Healthy,
  });

  await turn(`${url}/sandbox/faults`, null);
  world.setClock('2025-01-20T18:40:00Z');
  await world.command(3);
  await eventually(async () => expect(await world.figures(mapping)).toEqual(after), 60_000);
  expect((await told(world, mapping)).fresh).toEqual({ kind: 'fresh' });
  await eventually(async () =>
    expect(await healthRow(world)).toMatchObject({
      crmjira_gateway_health: Health.Healthy,
      crmjira_gateway_reason: null,
    }),
  );
});

test('R-1102 R-1501 one of two Jira sites away: it is named, the other does well, and after the end both do', async () => {
  const europe = await secondJira();
  const second = europe.id;
  const world = await startWorld(start, europe.variables, {}, ({ dataverse }) => void dataverse.seed(europe.rows));
  // Last in, first out: the service lets go of the site before it closes.
  stopLater(async () => {
    await world.stopProxy();
    await europe.close();
  });
  const health = async (): Promise<HealthReport> =>
    (await (await fetch(`${world.proxyUrl}/health`)).json()) as HealthReport;
  await eventually(async () =>
    expect(await health()).toMatchObject({
      status: 'ok',
      connections: [{ jira: { ok: true } }, { id: second, name: europe.name, jira: { ok: true } }],
    }),
  );

  await turn(`${europe.url}/sandbox/faults`, { rules: [{ status: 503 }] });
  world.setClock('2025-01-15T14:10:00Z');
  await eventually(async () =>
    expect(await health()).toMatchObject({
      status: 'degraded',
      jira: { ok: true },
      connections: [
        { jira: { ok: true } },
        // What to do speaks of its row, not of the variables of the first one.
        { id: second, jira: { ok: false, code: 'jira-unavailable', remedy: expect.not.stringContaining('JIRA_') } },
      ],
    }),
  );
  expect(await healthRow(world, second)).toMatchObject({
    crmjira_last_test_ok: false,
    crmjira_jira_health: Health.Down,
    crmjira_jira_reason_code: 'jira-unavailable',
    crmjira_jira_since: expect.stringMatching(/^2025-01-15T14:1/),
  });
  expect(await healthRow(world)).toMatchObject({ crmjira_jira_health: Health.Healthy, crmjira_last_test_ok: true });

  await turn(`${europe.url}/sandbox/faults`, null);
  world.setClock('2025-01-15T14:20:00Z');
  await eventually(async () => expect((await health()).connections.map(({ jira }) => jira.ok)).toEqual([true, true]));
  expect(await healthRow(world, second)).toMatchObject({
    crmjira_health: Health.Healthy,
    crmjira_jira_health: Health.Healthy,
    crmjira_jira_reason: null,
    crmjira_jira_since: expect.stringMatching(/^2025-01-15T14:2/),
  });
  expect(await healthRow(world)).toMatchObject({ crmjira_jira_health: Health.Healthy });
});
