import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type AppParts, buildApp } from '../../plugins-proxy/src/app';
import { secretsOf } from '../../plugins-proxy/src/platform/config/secrets-of';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { openSqliteStore } from '../../plugins-proxy/src/queue/store/sqlite/open-sqlite-store';
import { keepLines } from './log-lines';
import { environment, testConfig } from './test-config';
import { defaultTriggers } from './default-triggers';

export const audience = 'api://crmjira-relay';
export const issuer = 'https://sts.windows.net/72f988bf-0000-4000-8000-000000000001/';
export const tenantId = '72f988bf-0000-4000-8000-000000000001';
export const serviceAuthorization = `Basic ${Buffer.from(`${environment.JIRA_EMAIL}:${environment.JIRA_API_TOKEN}`).toString('base64')}`;
export const frozen = new Date('2025-01-20T17:30:15.000Z');
const nowSeconds = Math.floor(frozen.getTime() / 1000);

/** Claims of a token that is let through; tests change what they are about. */
export const goodClaims: JWTPayload = {
  iss: issuer,
  aud: audience,
  tid: tenantId,
  oid: 'caller-one',
  scp: 'openid user_impersonation',
  roles: ['Relay.Use'],
  iat: nowSeconds - 300,
  nbf: nowSeconds - 300,
  exp: nowSeconds + 3_300,
};

/** A key as Entra has one, and tokens signed with it. */
export async function signingKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' },
    sign: (over: JWTPayload = {}, header: Record<string, unknown> = {}) =>
      new SignJWT({ ...goodClaims, ...over })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
        .sign(privateKey),
  };
}

/** A server of published keys that can be changed and broken. */
export async function keyServer() {
  const state = { keys: [] as unknown[], status: 200, fetches: 0 };
  const server = createServer((_request, response) => {
    state.fetches += 1;
    response.writeHead(state.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: state.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port always gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    state,
    url: `http://127.0.0.1:${port}/keys`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole HTTP side with the relay open before `jiraUrl`, listening on a free port, with a clock that stands still. */
export async function openRelay(
  jiraUrl: string,
  keysUrl: string,
  over: Record<string, string> = {},
  parts: Partial<AppParts> = {},
) {
  const { stream, lines } = keepLines();
  const store = openSqliteStore(':memory:');
  const config = testConfig({
    JIRA_URL: jiraUrl,
    RELAY_ENABLED: 'true',
    RELAY_AUDIENCE: audience,
    RELAY_KEYS_URL: keysUrl,
    RELAY_BASIC_USER: 'jira-gateway',
    RELAY_BASIC_PASSWORD: 'gateway-password-of-the-tests',
    ...over,
  });
  let now = frozen;
  const counted: string[] = [];
  const app = buildApp({
    config,
    logger: createLogger('info', secretsOf(config), stream),
    intake: { store, now: () => now, wake: () => undefined, accepts: () => true, triggers: defaultTriggers },
    decideStep: async () => ({ allowed: true }),
    access: { count: (way, what) => void counted.push(`${way} ${what}`) },
    health: { ready: () => true, report: () => Promise.reject(new Error('not part of these tests')) },
    ...parts,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    lines,
    /** Ways and kinds of the answered requests, as the compliance report counts them. */
    counted,
    store,
    setNow: (to: Date) => (now = to),
    /** Callers that are connected now. */
    connections: () =>
      new Promise<number>((resolve, reject) =>
        app.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    /** Log lines with this message. */
    logged: (message: string) =>
      lines
        .map((line): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>)
        .filter((line) => line['msg'] === message),
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

/** Sends bytes as they are, as no client library would, and gives what came back until the connection was closed. */
export function sendRaw(url: string, head: string | Buffer): Promise<string> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(head));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

export const basic = `Basic ${Buffer.from('jira-gateway:gateway-password-of-the-tests').toString('base64')}`;
