import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { mostAtOnce } from '../../../../plugins-proxy/src/inbound/relay/admission';
import { eventually } from '../../eventually';
import { basic, openRelay } from '../../relay-world';

const beyond = 50;

test('R-1311 beyond the load the relay can carry it refuses with 503 and Retry-After, loses nothing it took, and recovers', async () => {
  const held: ServerResponse[] = [];
  let holds = true;
  const answer = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"key":"ACME"}');
  const jira = createServer((_request, response) => (holds ? held.push(response) : answer(response)));
  await new Promise<void>((resolve) => jira.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const at = await openRelay(`http://127.0.0.1:${(jira.address() as AddressInfo).port}`, 'http://127.0.0.1:9/keys', {
    RELAY_PER_MINUTE: '1000000',
    REQUEST_TIMEOUT_MS: '60000',
  });
  const agent = new Agent({ headersTimeout: 60_000 });
  const read = async (): Promise<{ status: number; wait: unknown; body: unknown }> => {
    const { statusCode, headers, body } = await request(`${at.url}/relay/jira/rest/api/3/project/ACME`, {
      headers: { authorization: basic },
      dispatcher: agent,
    });
    return { status: statusCode, wait: headers['retry-after'], body: await body.json() };
  };
  try {
    const answers: Awaited<ReturnType<typeof read>>[] = [];
    const all = Array.from({ length: mostAtOnce + beyond }, () => read().then((found) => void answers.push(found)));
    // Only the refused ones come back while Jira holds all the others.
    await eventually(async () => expect(answers).toHaveLength(beyond));
    for (const { status, wait, body } of answers) {
      expect({ status, wait }).toEqual({ status: 503, wait: '1' });
      expect(body).toMatchObject({ code: 'overloaded' });
    }
    holds = false;
    for (const response of held.splice(0)) answer(response);
    await Promise.all(all);
    const taken = answers.slice(beyond);
    expect(taken).toHaveLength(mostAtOnce);
    expect(taken.filter(({ status, body }) => status !== 200 || JSON.stringify(body) !== '{"key":"ACME"}')).toEqual([]);
    await eventually(async () => expect((await read()).status).toBe(200));
  } finally {
    await agent.destroy();
    await at.close();
    jira.closeAllConnections();
    await new Promise((resolve) => jira.close(resolve));
  }
});

test('callers that leave while they wait for a connection cost Jira none (R-1311)', async () => {
  const held: ServerResponse[] = [];
  let holds = true;
  let connections = 0;
  const answer = (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"key":"ACME"}');
  const jira = createServer((_request, response) => (holds ? held.push(response) : answer(response)));
  jira.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => jira.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const at = await openRelay(`http://127.0.0.1:${(jira.address() as AddressInfo).port}`, 'http://127.0.0.1:9/keys');
  const [staying, leaving] = [new Agent(), new Agent()];
  const read = (dispatcher: Agent) =>
    request(`${at.url}/relay/jira/rest/api/3/project/ACME`, { headers: { authorization: basic }, dispatcher });
  try {
    const first = Array.from({ length: 32 }, () => read(staying));
    await eventually(async () => expect(held).toHaveLength(32));
    const left = Array.from({ length: 100 }, () => read(leaving).catch(() => 'left'));
    await eventually(async () => expect(await at.connections()).toBe(132));
    await leaving.destroy();
    expect(new Set(await Promise.all(left))).toEqual(new Set(['left']));
    holds = false;
    for (const response of held.splice(0)) answer(response);
    for (const { statusCode, body } of await Promise.all([...first, read(staying)])) {
      expect(statusCode).toBe(200);
      await body.dump();
    }
    expect(connections).toBe(32);
  } finally {
    await Promise.all([staying.destroy(), leaving.destroy()]);
    await at.close();
    jira.closeAllConnections();
    await new Promise((resolve) => jira.close(resolve));
  }
});
