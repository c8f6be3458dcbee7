import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { createGateway, type Gateway } from '../../../sandbox/src/gateway';
import { type RecordedServer, recordedServer } from '../../plugins-proxy/recorded-server';

let target: RecordedServer;
let gateway: Gateway;
let url: string;

beforeEach(async () => {
  target = await recordedServer(() => ({ body: { ok: true } }));
  gateway = createGateway({ tunnelsTo: [new URL(target.url).host] });
  url = await gateway.app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  await gateway.close();
  await target.close();
});

/** Asks for a tunnel. @returns what the gateway answered, with the tunnel where it opened one */
function tunnel(to = new URL(target.url).host): Promise<{ readonly status: number; readonly socket: Duplex | null }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method: 'CONNECT', path: to, agent: false });
    asked.once('connect', ({ statusCode = 0 }: IncomingMessage, socket) => {
      socket.on('error', () => undefined);
      if (statusCode !== 200) socket.destroy();
      resolve({ status: statusCode, socket: statusCode === 200 ? socket : null });
    });
    asked.once('error', reject);
    asked.end();
  });
}

/** Sends one request through a tunnel and gives the first line of the answer; null when the tunnel was cut. */
function ask(socket: Duplex): Promise<string | null> {
  return new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString().split('\r\n')[0] ?? ''));
    socket.once('close', () => resolve(null));
    socket.write(`GET /rest/api/3/myself HTTP/1.1\r\nhost: ${new URL(target.url).host}\r\n\r\n`);
  });
}

async function faults(method: string, body?: object): Promise<{ readonly status: number; readonly text: string }> {
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/sandbox/faults`, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}

test('R-1215 a tunnel leads to the host that the gateway knows, and to no other', async () => {
  const { status, socket } = await tunnel();
  expect(status).toBe(200);
  expect(socket && (await ask(socket))).toBe('HTTP/1.1 200 OK');
  socket?.destroy();
  expect((await tunnel('localhost:1')).status).toBe(403);
});

test('R-1501 trouble refuses new tunnels and cuts those that stand; taken away, all is well again', async () => {
  const { socket } = await tunnel();
  const cut = new Promise((resolve) => socket?.once('close', () => resolve(true)));
  expect((await faults('PUT', { rules: [{ status: 503 }] })).status).toBe(200);
  await expect(cut).resolves.toBe(true);
  expect((await tunnel()).status).toBe(503);
  expect(JSON.parse((await faults('GET')).text)).toMatchObject({ rules: [{ status: 503 }] });
  expect((await faults('DELETE')).status).toBe(204);
  const again = await tunnel();
  expect(again.status).toBe(200);
  again.socket?.destroy();
});

test('R-1501 it can hang up, be in trouble for so many tunnels, and says what is wrong with a setting', async () => {
  await faults('PUT', { rules: [{ hangUp: true, times: 1 }] });
  await expect(tunnel()).rejects.toThrow(/socket hang up|ECONNRESET/);
  const next = await tunnel();
  expect(next.status).toBe(200);
  next.socket?.destroy();
  expect(await faults('PUT', { rules: [{ status: 200 }] })).toMatchObject({
    status: 400,
    text: expect.stringContaining('rules.0.status'),
  });
});

test('R-903 the flows’ way through the gateway is not in trouble with it, and is counted alone', async () => {
  gateway.connect('flows', { target: target.url, authentication: { kind: 'none' } });
  await faults('PUT', { rules: [{ status: 503 }] });
  expect((await fetch(`${url}/apim/crmjira/flows/rest/api/2/project`)).status).toBe(200);
  expect(gateway.passed).toEqual([{ connection: 'flows', path: '/rest/api/2/project', status: 200 }]);
});
