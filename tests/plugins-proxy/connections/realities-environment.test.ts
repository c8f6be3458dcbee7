import { z } from 'zod';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { secretsOf } from '../../../plugins-proxy/src/platform/config/secrets-of';
import { connect } from '../../../plugins-proxy/src/capabilities/connect';
import { claimEnvironment } from '../../../plugins-proxy/src/connections/claim/claim-environment';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { organizationId } from '../../../sandbox/src/dataverse';
import { crmjira, jsonOf, type Run } from '../cli-terminal';
import { createOpportunity, numberedId } from '../create-opportunity';
import { eventually } from '../eventually';
import { freePort } from '../../free-port';
import { startWorld, stopLater, stopWorlds, type World } from '../world';

const original = '5a8d2c1e-0000-4000-8000-0000000000ff';
let world: World;
afterEach(stopWorlds);

const run = (...args: string[]): Promise<Run> => crmjira(world.standIns.environment, args, world.clock);
const connectionRow = () => world.one('crmjira_integrations', world.config.connectionId);
const healthBody = z.object({
  status: z.string(),
  environment: z.object({ ok: z.boolean(), says: z.string().optional() }).nullable(),
});

/** A linked project with 8 hours that Dynamics does not know yet, in an environment that was copied since. */
async function copied(): Promise<string> {
  world = await startWorld('2025-01-15T14:00:00Z');
  const mapping = await world.provision();
  await world.stopProxy();
  await world.logHours(await world.newIssue(), 8);
  await world.write('crmjira_integrations', world.config.connectionId, { crmjira_organization_id: original });
  return mapping;
}

describe('a copied environment (R-2302)', () => {
  test('the first start claims the connection for its organization', async () => {
    world = await startWorld('2025-01-15T14:00:00Z');
    await eventually(async () => {
      expect(await connectionRow()).toMatchObject({ crmjira_organization_id: organizationId });
    });
    const health = healthBody.parse(await (await fetch(`${world.proxyUrl}/health`)).json());
    expect(health.environment).toEqual({ ok: true });
  });

  test('a start in the copy writes nothing to Jira, health says why, and the row keeps the original', async () => {
    const mapping = await copied();
    const issues = world.standIns.jira.site.issues.all().length;
    const port = await freePort();
    const config = { ...world.config, port, registerSteps: false };
    const proxy = await createProxy(config, createLogger('silent', secretsOf(config)), world.clock);
    stopLater(() => proxy.stop());
    await proxy.start();
    await eventually(async () => {
      const health = healthBody.parse(await (await fetch(`http://localhost:${port}/health`)).json());
      expect(health).toMatchObject({ status: 'degraded', environment: { ok: false } });
      expect(health.environment?.says).toContain(original);
    });
    await eventually(async () => {
      const row = await world.one('crmjira_budget_mappings', mapping);
      expect(row).toMatchObject({ crmjira_spent_amount: 0 });
      expect(String(row['crmjira_last_error'])).toContain('confirm-environment');
    });
    expect(await connectionRow()).toMatchObject({ crmjira_organization_id: original });
    expect(world.standIns.jira.site.issues.all()).toHaveLength(issues);
  });

  test('every write to Jira is refused, whoever asks, reads are not', async () => {
    await copied();
    const connections = connect(world.config, world.clock);
    stopLater(() => connections.close());
    const { http } = connections.jira.first.site;
    const property = '/rest/api/3/project/10150/properties/crmjira.test';
    const write = http.call({ method: 'PUT', path: property, body: { a: 1 }, schema: z.unknown() });
    await expect(write).rejects.toMatchObject({ code: 'environment-moved', errorClass: 'configuration' });
    expect(await http.find({ method: 'GET', path: property, schema: z.unknown() })).toBeNull();
    const read = http.call({
      method: 'POST',
      path: '/rest/api/3/worklog/list',
      body: { ids: [] },
      schema: z.unknown(),
      reads: true,
      repeatable: true,
    });
    expect(await read).toEqual([]);
  });

  test('a copy from before the connection was claimed is told by the projects: it claims nothing and writes nothing', async () => {
    await copied();
    const property = '/project/10150/properties/crmjira.opportunity';
    const owned = z.looseObject({}).parse((await world.jira('GET', property))['value']);
    await world.jira('PUT', property, { ...owned, organization: original });
    await world.write('crmjira_integrations', world.config.connectionId, { crmjira_organization_id: null });
    const connections = connect(world.config, world.clock);
    stopLater(() => connections.close());
    const { dataverse, jira } = connections;
    const { site } = jira.first;
    const context = { dataverse, site, connectionId: world.config.connectionId };
    expect(await claimEnvironment(context)).toMatchObject({
      ok: false,
      says: expect.stringContaining(original),
      code: 'environment-moved',
      remedy: expect.stringContaining('crmjira confirm-environment'),
    });
    expect(await connectionRow()).toMatchObject({ crmjira_organization_id: null });
    // Also where it is about a project that would be the first of its opportunity.
    const another = '/rest/api/3/project/10150/properties/crmjira.test';
    await expect(site.http.call({ method: 'PUT', path: another, body: {}, schema: z.unknown() })).rejects.toMatchObject(
      { code: 'environment-moved' },
    );
  });

  test('the relay passes reads, and refuses writes in words', async () => {
    await copied();
    const { DATAVERSE_URL: dataverse = '', DATAVERSE_TENANT_ID: tenant = '' } = world.standIns.environment;
    const port = await freePort();
    const config = readConfig({
      ...world.standIns.environment,
      PORT: String(port),
      RELAY_ENABLED: 'true',
      RELAY_AUDIENCE: dataverse,
      RELAY_ISSUER: `${dataverse}/${tenant}/`,
      RELAY_KEYS_URL: `${dataverse}/${tenant}/discovery/v2.0/keys`,
    });
    const proxy = await createProxy(config, createLogger('silent', secretsOf(config)), world.clock);
    stopLater(() => proxy.stop());
    await proxy.start();
    const form = new URLSearchParams({
      grant_type: 'password',
      client_id: world.standIns.environment['REGISTRATION_CLIENT_ID'] ?? '',
      client_secret: world.standIns.environment['REGISTRATION_CLIENT_SECRET'] ?? '',
      username: 'opportunity.owner@company.com',
      password: 'sandbox',
      scope: `${dataverse}/.default`,
    });
    const answer = await fetch(config.dataverse.tokenUrl, { method: 'POST', body: form });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
    const call = (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(`http://localhost:${port}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    expect((await call('GET', '/relay/jira/rest/api/3/myself')).status).toBe(200);
    const issue = { fields: { project: { id: '10150' }, issuetype: { name: 'Task' }, summary: 'From the copy' } };
    const issues = world.standIns.jira.site.issues.all().length;
    for (const path of ['/relay/jira/rest/api/3/issue', '/%72elay/jira/rest/api/3/issue']) {
      const refused = await call('POST', path, issue);
      expect([404, 503]).toContain(refused.status);
    }
    const told = await call('POST', '/relay/jira/rest/api/3/issue', issue);
    expect([told.status, await told.text()]).toEqual([503, expect.stringContaining(original)]);
    expect(world.standIns.jira.site.issues.all()).toHaveLength(issues);
  });

  test('an administrator confirms the move, which is logged, and work goes on, also for what was saved meanwhile (F-202)', async () => {
    const mapping = await copied();
    await createOpportunity(world.standIns, 1);
    // Neither "changed" nor "in sync": nothing was brought into agreement.
    for (const which of [['--all'], ['--opportunity', numberedId(1)], ['--opportunity', numberedId(1), '--dry-run']]) {
      const blocked = await run('sync', ...which);
      expect(blocked).toMatchObject({ code: 1, out: '' });
      expect(blocked.err).toContain('confirm-environment');
    }
    expect(await world.figures(mapping)).toEqual([0, 250_000, 0, 1]);

    const asked = await run('confirm-environment');
    expect(asked).toMatchObject({ code: 3 });
    expect(asked.out).toContain(`the connection writes to Jira for ${original}`);
    expect(await run('confirm-environment', '--organization', original)).toMatchObject({ code: 1 });
    expect(await connectionRow()).toMatchObject({ crmjira_organization_id: original });

    const confirmed = await run('confirm-environment', '--organization', organizationId, '--json');
    expect(confirmed.code).toBe(0);
    expect(jsonOf(confirmed)).toMatchObject({ connection: original, environment: organizationId, confirmed: true });
    const logs = await world.rows('crmjira_integration_logs', "crmjira_event_type eq 'environment_confirmed'");
    expect(logs).toHaveLength(1);
    expect(String(logs[0]?.['crmjira_error_message'])).toContain(`${organizationId} writes to Jira`);
    // R-1101
    expect(logs[0]).toMatchObject({
      crmjira_correlation_id: expect.any(String),
      crmjira_duration_ms: expect.any(Number),
    });
    // What was saved meanwhile is among them, as far as its process, which only the running service moves.
    const all = await run('sync', '--all');
    expect(all.out).toContain('2 opportunities: ');
    expect(all.out).toContain(numberedId(1));
    expect(all.out).toContain('start the service');
    expect(await world.figures(mapping)).toEqual([1_000, 249_000, 0.4, 1]);
    expect(await world.one('crmjira_budget_mappings', mapping)).toMatchObject({ crmjira_last_error: null });
    expect((await run('confirm-environment')).out).toContain('nothing to confirm');
  });

  test('one that nobody has claimed needs no confirmation: the service claims it at its start (R-2302)', async () => {
    world = await startWorld('2025-01-15T15:00:00Z');
    await world.stopProxy();
    await world.write('crmjira_integrations', world.config.connectionId, { crmjira_organization_id: null });
    const asked = await run('confirm-environment');
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toMatch(/for none yet\. The service claims it at its start: nothing to confirm\.$/);
  });
});
