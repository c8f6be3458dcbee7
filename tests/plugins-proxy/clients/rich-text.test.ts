import { z } from 'zod';
import { gatewayConnection, openGateway } from '../flows-through-gateway';
import { basic } from '../relay-world';
import { dataCenter } from '../stand-ins';
import { startWorld, stopWorlds, type World } from '../world';

afterEach(stopWorlds);

const start = '2025-01-15T15:00:00Z';
const doors = {
  ...gatewayConnection,
  RELAY_ENABLED: 'true',
  RELAY_BASIC_USER: 'jira-gateway',
  RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
};
const answer = z.looseObject({ key: z.string().optional(), fields: z.record(z.string(), z.unknown()).optional() });

/** The relay as its callers use it, with Jira's own bodies. */
function relayOf(world: World) {
  return async (method: string, path: string, body?: unknown): Promise<[number, z.output<typeof answer>]> => {
    const response = await fetch(`${world.proxyUrl}/relay/jira${path}`, {
      method,
      headers: { authorization: basic, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return [response.status, text === '' ? {} : answer.parse(JSON.parse(text))];
  };
}

const words = 'Set up the tenant';
const adf = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }] };
const story = (description: unknown) => ({
  fields: { project: { id: '10150' }, issuetype: { name: 'Story' }, summary: 'Through a door', description },
});

describe('rich text (R-907)', () => {
  test('plain for flows; on v3 it stands there as a document, on v2 as text', async () => {
    const world = await startWorld(start, doors);
    const { key: project } = await makeProject(world);
    const { call } = await openGateway(world);
    const fields = {
      project: { key: project },
      issuetype: { name: 'Story' },
      summary: 'By a flow',
      description: words,
    };
    const created = answer.parse(await (await call('POST', '/rest/api/2/issue', { fields })).json());
    const relay = relayOf(world);
    expect((await relay('GET', `/rest/api/3/issue/${created.key}`))[1].fields?.['description']).toMatchObject(adf);
    expect((await relay('GET', `/rest/api/2/issue/${created.key}`))[1].fields?.['description']).toBe(words);
    expect(await (await call('GET', `/rest/api/2/issue/${created.key}`)).json()).toMatchObject({
      fields: { description: words },
    });
  });

  test('the relay passes each version what it takes; the other form is refused by Jira, in its words', async () => {
    const world = await startWorld(start, doors);
    await makeProject(world);
    const relay = relayOf(world);
    expect((await relay('POST', '/rest/api/3/issue', story(adf)))[0]).toBe(201);
    expect((await relay('POST', '/rest/api/2/issue', story(words)))[0]).toBe(201);
    expect(await relay('POST', '/rest/api/3/issue', story(words))).toMatchObject([
      400,
      { code: 'jira-refused', fields: { description: expect.stringContaining('Atlassian Document') } },
    ]);
    expect((await relay('POST', '/rest/api/2/issue', story(adf)))[0]).toBe(400);
  });

  test('Data Center has plain text alone', async () => {
    const world = await startWorld(start, { ...doors, ...dataCenter });
    await makeProject(world);
    const relay = relayOf(world);
    expect((await relay('POST', '/rest/api/2/issue', story(words)))[0]).toBe(201);
    expect((await relay('POST', '/rest/api/2/issue', story(adf)))[0]).toBe(400);
  });
});

/** A project to write into, made by the integration itself. */
async function makeProject(world: World): Promise<{ key: string }> {
  const lead = z.object({ accountId: z.string() }).parse(await world.jira('GET', '/myself')).accountId;
  const template = 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic';
  const project = { key: 'RICH', name: 'Rich', projectTypeKey: 'software', projectTemplateKey: template };
  await world.jira('POST', '/project', { ...project, leadAccountId: lead });
  return { key: 'RICH' };
}
