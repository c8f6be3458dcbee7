import { z } from 'zod';
import { eventually } from '../eventually';
import { gatewayConnection, openGateway } from '../flows-through-gateway';
import { e1, opportunityId, startWorld, stopWorlds, type World } from '../world';

const start = '2025-01-15T15:00:00Z';
const relayPassword = 'relay-password-of-the-gateway';
const withRelay = {
  ...gatewayConnection,
  RELAY_ENABLED: 'true',
  RELAY_BASIC_USER: 'jira-gateway',
  RELAY_BASIC_PASSWORD: relayPassword,
};
const created = z.object({ id: z.string(), key: z.string().optional() });

afterEach(stopWorlds);

/** Requests to Jira whose path fits are held back. */
async function slowJira(world: World, path: string, delayMs: number): Promise<void> {
  const response = await fetch(`${world.standIns.jiraUrl}/sandbox/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: [{ path, delayMs }] }),
  });
  if (!response.ok) throw new Error(`the fault switch says ${response.status} ${await response.text()}`);
}

describe('caller → gateway → connector API → Jira', () => {
  test('issue, worklog and GetWorklog by the connection’s Basic (R-903, R-912)', async () => {
    const world = await startWorld(start, gatewayConnection);
    await world.jira('POST', '/project', {
      key: 'FLOW',
      name: 'Flow',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      leadAccountId: z.object({ accountId: z.string() }).parse(await world.jira('GET', '/myself')).accountId,
    });
    const { call } = await openGateway(world);
    const fields = { project: { key: 'FLOW' }, summary: 'By a flow', issuetype: { name: 'Task' } };
    const issue = await call('POST', '/rest/api/2/issue', { fields });
    expect(issue.status).toBe(201);
    const { key = '' } = created.parse(await issue.json());
    const worklog = await call('POST', `/rest/api/2/issue/${key}/worklog`, {
      timeSpentSeconds: 7_200,
      started: '2025-01-15T09:00:00-05:00',
    });
    expect(worklog.status).toBe(201);
    const { id } = created.parse(await worklog.json());
    const read = await call('GET', `/rest/api/2/worklog/${id}`);
    expect([read.status, await read.json()]).toMatchObject([200, { id, timeSpentSeconds: 7_200 }]);
    // Jira itself has no such address.
    await expect(world.jira('GET', `/worklog/${id}`)).rejects.toThrow(/40[45]/);
  });

  test('a long call is answered 202 at once and asked for until it is done; a synchronous one is given up (R-903)', async () => {
    const world = await startWorld(start, gatewayConnection);
    // A gateway that waits a fraction of the real one's time, and a Jira that takes longer to make and to show a project.
    const { start: begin, read, call } = await openGateway(world, { limits: { synchronousMs: 4_000 } });
    await slowJira(world, '^/rest/api/[23]/project(/ANY)?$', 5_000);
    await world.write('opportunities', opportunityId, e1);
    const givenUp = call('GET', '/rest/api/2/project/ANY');
    const operation = await begin('provision');
    expect(operation.state).not.toBe('done');
    await eventually(async () => expect((await read(operation.id)).state).toBe('running'));
    expect((await givenUp).status).toBe(504);
    await eventually(async () => expect(await read(operation.id)).toMatchObject({ projectKey: 'CRMWYVLZZJ' }), 60_000);
    expect(await read(operation.id)).toMatchObject({ state: 'done' });
  });

  test('more than the minute allows is turned away by the gateway, and carried out when it is sent again (R-903)', async () => {
    let now = Date.parse(start);
    const world = await startWorld(start, gatewayConnection);
    await world.write('opportunities', opportunityId, e1);
    const { call, start: begin } = await openGateway(world, { limits: { perMinute: 2 }, clock: () => new Date(now) });
    await begin('provision');
    await begin('sync');
    const refused = await call('GET', '/rest/tempo-budgets/1/budget?projectKey=NONE');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    now += 60_000;
    const again = await call('GET', '/rest/tempo-budgets/1/budget?projectKey=NONE');
    expect([again.status, await again.json()]).toEqual([200, { budgets: [] }]);
  });

  test('another password in the connection opens nothing (R-903)', async () => {
    const world = await startWorld(start, gatewayConnection);
    const { gateway, call } = await openGateway(world);
    gateway.connect('flows', {
      target: world.proxyUrl,
      authentication: { kind: 'basic', user: gatewayConnection.CONNECTOR_USER, password: 'another' },
    });
    expect((await call('GET', '/rest/api/2/project/ANY')).status).toBe(401);
    gateway.connect('flows', { target: world.proxyUrl, authentication: { kind: 'none' } });
    expect((await call('GET', '/rest/api/2/project/ANY')).status).toBe(401);
  });
});

describe('caller → gateway → relay → Jira', () => {
  test('the relay’s table by Basic; what is not in it stays closed through the gateway too (R-903, R-1212)', async () => {
    const world = await startWorld(start, withRelay);
    const { gateway, call } = await openGateway(world);
    gateway.connect('flows', {
      target: world.proxyUrl,
      authentication: { kind: 'basic', user: 'jira-gateway', password: relayPassword },
    });
    const myself = await call('GET', '/relay/jira/rest/api/3/myself');
    expect([myself.status, await myself.json()]).toMatchObject([200, { displayName: 'Power Platform Integration' }]);
    for (const path of ['/rest/api/3/users', '/rest/api/3/issue/A-1%2F..%2F..', '/secure/admin'])
      expect((await call('GET', `/relay/jira${path}`)).status).toBe(404);
    expect((await call('DELETE', '/relay/jira/rest/api/3/issue/A-1')).status).toBe(404);
    // Each door has a key of its own.
    expect((await call('GET', '/rest/api/2/project/ANY')).status).toBe(401);
  });
});
