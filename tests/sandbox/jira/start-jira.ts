import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createJira } from '../../../sandbox/src/jira';
import type { Jira, JiraOptions } from '../../../sandbox/src/jira';
import { freePort } from '../../free-port';

export const EMAIL = 'powerplatform-integration@company.com';
export const API_TOKEN = 'token-for-tests';
export const PAT = 'pat-for-tests';
export const NOW = new Date('2025-01-20T17:30:00.000Z');

export const DEVELOPER = {
  email: 'john.developer@company.com',
  displayName: 'John Developer',
  accountId: '712020:john',
};

/** An app with credentials of its own: webhooks that last thirty days are an app's. */
export const APP = {
  email: 'webhooks@app.example',
  displayName: 'Webhooks App',
  accountId: '557058:app',
  app: true,
} as const;
export const APP_TOKEN = 'app-token-of-the-tests';
export const app = { authorization: `Basic ${Buffer.from(`${APP.email}:${APP_TOKEN}`).toString('base64')}` };

export const cloud = { authorization: `Basic ${Buffer.from(`${EMAIL}:${API_TOKEN}`).toString('base64')}` };
export const dataCenter = { authorization: `Bearer ${PAT}` };

/** A fresh site that does not listen: for inject(). */
export function buildJira(options: Partial<JiraOptions> = {}): Promise<Jira> {
  return createJira({
    stateFile: ':memory:',
    publicUrl: 'http://localhost:4020',
    clock: () => NOW,
    credentials: [
      { email: EMAIL, apiToken: API_TOKEN, pat: PAT },
      { email: DEVELOPER.email, apiToken: 'john-token' },
      { email: APP.email, apiToken: APP_TOKEN },
    ],
    people: [DEVELOPER, APP],
    firstProjectId: 10150,
    ...options,
  });
}

/** A fresh site that listens on a port of its own: for client libraries. */
export async function listenJira(options: Partial<JiraOptions> = {}): Promise<{ jira: Jira; url: string }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const jira = await buildJira({ publicUrl: url, ...options });
  await jira.app.listen({ port, host: '127.0.0.1' });
  return { jira, url };
}

export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A listener that keeps what it gets and answers what it is told, when it is told. */
export async function startListener(answer: (index: number) => number | Promise<number> = () => 204) {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const index = received.length;
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      for (const resolve of waiting.splice(0)) resolve();
      void Promise.resolve(answer(index)).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // a listening TCP server has an address with a port
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** resolves when so many deliveries have come */
    async count(wanted: number): Promise<void> {
      while (received.length < wanted) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
