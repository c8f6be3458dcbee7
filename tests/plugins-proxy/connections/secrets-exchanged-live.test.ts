import { copyFileSync } from 'node:fs';
import { connect, type PeerCertificate } from 'node:tls';
import { createProxy } from '../../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { createTempoHttp } from '../../../plugins-proxy/src/clients/tempo/tempo-http';
import { nothing } from '../../../plugins-proxy/src/clients/jira/wire/answers';
import { openConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import { tempoSignIn } from '../../../plugins-proxy/src/platform/secrets/sign-ins';
import { certificateFolder } from '../certificates';
import { eventually } from '../eventually';
import { keepLines } from '../log-lines';
import { recordedServer } from '../recorded-server';
import { secretFiles } from '../secret-files';
import { startStandIns } from '../stand-ins';
import { environment } from '../test-config';
import { startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);
const { at, authority, certificate, remove } = certificateFolder();
afterAll(remove);

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The doors of the service, the secret of each, and how a caller shows it. */
const doors = [
  {
    secret: 'CONNECTOR_PASSWORD',
    path: '/connector/operations/5a8d2c1e-0000-4000-8000-00000000dead',
    opened: 404,
    shows: (value: string) => basic('crm-jira-gateway', value),
  },
  {
    secret: 'CONNECTOR_API_KEY',
    path: '/connector/operations/5a8d2c1e-0000-4000-8000-00000000dead',
    opened: 404,
    shows: (value: string) => `Bearer ${value}`,
  },
  {
    secret: 'RELAY_BASIC_PASSWORD',
    path: '/relay/jira/rest/api/3/myself',
    opened: 200,
    shows: (value: string) => basic('jira-gateway', value),
  },
  { secret: 'METRICS_TOKEN', path: '/metrics', opened: 200, shows: (value: string) => `Bearer ${value}` },
];

test('R-1218 secrets of connector, relay and metrics are exchanged in their files while the service runs, old and new side by side', async () => {
  const former = Object.fromEntries(doors.map(({ secret }) => [secret, `former-${secret}-of-the-tests`]));
  const noPrevious = Object.fromEntries(doors.map(({ secret }) => [`${secret}_PREVIOUS`, '']));
  const files = secretFiles({ ...former, ...noPrevious });
  stopLater(files.remove);
  const world = await startWorld('2025-01-15T15:00:00Z', {
    ...files.environment,
    CONNECTOR_ENABLED: 'true',
    RELAY_ENABLED: 'true',
    RELAY_BASIC_USER: 'jira-gateway',
    SECRETS_INTERVAL_MS: '100',
  });
  const ask = async ({ path, shows }: (typeof doors)[number], value: string): Promise<number> =>
    (await fetch(world.proxyUrl + path, { headers: { authorization: shows(value) } })).status;
  const next = (secret: string): string => `next-${secret}-of-the-tests`;

  for (const door of doors) {
    const old = former[door.secret] ?? '';
    expect([await ask(door, old), await ask(door, next(door.secret))]).toEqual([door.opened, 401]);
    files.write(`${door.secret}_PREVIOUS`, old);
    files.write(door.secret, next(door.secret));
  }
  for (const door of doors) {
    await eventually(async () => expect(await ask(door, next(door.secret))).toBe(door.opened));
    expect(await ask(door, former[door.secret] ?? '')).toBe(door.opened);
  }
  for (const door of doors) files.write(`${door.secret}_PREVIOUS`, '');
  for (const door of doors) {
    await eventually(async () => expect(await ask(door, former[door.secret] ?? '')).toBe(401));
    expect(await ask(door, next(door.secret))).toBe(door.opened);
  }
});

/** The common name that a server on this port shows to a new connection. */
const shownBy = (port: number): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      // Not asked for in detail: the subject is there at once.
      resolve((socket.getPeerCertificate() as PeerCertificate | undefined)?.subject.CN?.toString());
      socket.destroy();
    });
    socket.on('error', reject);
  });

test('R-1215 R-1218 a renewed certificate is served to the next connection; half of one changes nothing', async () => {
  authority('internal-ca');
  certificate('first', 'internal-ca');
  certificate('second', 'internal-ca');
  const put = (kind: 'pem' | 'key', from: string): void => copyFileSync(at(`${from}.${kind}`), at(`served.${kind}`));
  put('pem', 'first');
  put('key', 'first');
  const standIns = await startStandIns(() => new Date());
  stopLater(() => standIns.close());
  const live = await openConfig({
    ...standIns.environment,
    PUBLIC_URL: 'https://localhost:4030',
    TLS_CERTIFICATE_FILE: at('served.pem'),
    TLS_KEY_FILE: at('served.key'),
    SECRETS_INTERVAL_MS: '100',
  });
  const { stream, lines } = keepLines();
  const proxy = await createProxy(live.current(), createLogger('info', live.secrets, stream), undefined, live);
  stopLater(() => proxy.stop());
  const port = Number(new URL(await proxy.start()).port);
  expect(await shownBy(port)).toBe('first');

  put('pem', 'second');
  await eventually(async () => expect(lines.join('')).toContain('the key that belongs to TLS_CERTIFICATE'));
  expect(await shownBy(port)).toBe('first');
  put('key', 'second');
  await eventually(async () => expect(await shownBy(port)).toBe('second'));
  expect(lines.join('')).not.toContain('PRIVATE KEY');
});

test('R-1218 a refused Tempo token is read anew from its file', async () => {
  const server = await recordedServer(({ headers }) =>
    headers.authorization === 'Bearer next-tempo-token-of-the-tests' ? { body: {} } : { status: 401, body: {} },
  );
  stopLater(server.close);
  const files = secretFiles({ TEMPO_TOKEN: 'former-tempo-token-of-the-tests' });
  stopLater(files.remove);
  const live = await openConfig({ ...environment, ...files.environment });
  const credentials = tempoSignIn(live, { token: 'former-tempo-token-of-the-tests' });
  const http = createTempoHttp({ url: server.url, credentials, timeoutMs: 5_000 });
  stopLater(() => http.close());
  files.write('TEMPO_TOKEN', 'next-tempo-token-of-the-tests');
  await http.call({ method: 'GET', path: '/4/projects', schema: nothing });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer former-tempo-token-of-the-tests',
    'Bearer next-tempo-token-of-the-tests',
  ]);
});
