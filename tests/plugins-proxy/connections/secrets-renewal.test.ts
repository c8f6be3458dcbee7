import { z } from 'zod';
import { readConfig } from '../../../plugins-proxy/src/platform/config/read-config';
import { createTokenSource } from '../../../plugins-proxy/src/clients/dataverse/token-source';
import { createJiraHttp } from '../../../plugins-proxy/src/clients/jira/jira-http';
import { nothing } from '../../../plugins-proxy/src/clients/jira/wire/answers';
import { type LiveConfig, openConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import { connectionSignIn } from '../../../plugins-proxy/src/connections/credentials/connection-sign-in';
import { reviewRefusals } from '../../../plugins-proxy/src/connections/credentials/review-refusals';
import { ageOf, agesOf } from '../../../plugins-proxy/src/platform/secrets/secret-ages';
import { dataverseSecret, jiraSignIn } from '../../../plugins-proxy/src/platform/secrets/sign-ins';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { keepLines } from '../log-lines';
import { recordedServer, type Seen } from '../recorded-server';
import { secretFiles } from '../secret-files';
import { startStandIns } from '../stand-ins';
import { environment } from '../test-config';
import { stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

/** A Jira that knows one credential, counted looks at the files, and a client whose token lies in a file. */
async function worldOf(good: () => string, over: Record<string, string> = {}, secrets: Record<string, string> = {}) {
  const server = await recordedServer(({ headers }: Seen) =>
    headers.authorization === good()
      ? { body: {} }
      : { status: 401, body: { message: 'Client must be authenticated' } },
  );
  stopLater(server.close);
  const files = secretFiles({ JIRA_PAT: 'former-token', ...secrets });
  stopLater(files.remove);
  const opened = await openConfig({
    ...environment,
    ...{ JIRA_DEPLOYMENT: 'dc', JIRA_EMAIL: '', JIRA_API_TOKEN: '' },
    ...files.environment,
    ...over,
  });
  const looks = new Set<Promise<boolean>>();
  // Those who ask while a look is under way get the same promise.
  const reload = (): Promise<boolean> => {
    const look = opened.reload();
    looks.add(look);
    return look;
  };
  const live: LiveConfig = { ...opened, reload };
  let at = Date.parse('2026-06-01T00:00:00Z');
  const http = createJiraHttp({
    url: server.url,
    credentials: jiraSignIn(live, () => at),
    timeoutMs: 5_000,
    clock: { sleep: async () => undefined, random: () => 0 },
  });
  stopLater(() => http.close());
  const ask = (method: 'GET' | 'POST' = 'GET') => http.call({ method, path: '/rest/api/2/issue', schema: nothing });
  return { server, files, live, ask, looks: () => looks.size, pass: (ms: number) => (at += ms) };
}

const nothingButRows = z.record(z.string(), z.unknown());
const bearer = (token: string) => `Bearer ${token}`;

test('R-1218 a token that was exchanged in its file is used at the first refusal, a POST once more, without a restart', async () => {
  const world = await worldOf(() => bearer('next-token'));
  world.files.write('JIRA_PAT', 'next-token\n');
  await world.ask('POST');
  expect(world.server.seen.map(({ headers }) => headers.authorization)).toEqual([
    bearer('former-token'),
    bearer('next-token'),
  ]);
  await world.ask();
  expect(world.server.seen).toHaveLength(3);
  expect(world.looks()).toBe(1);
  expect(world.live.refusals.take()).toEqual([]);
});

test('R-1218 many calls that are refused at one time look for another token once', async () => {
  const world = await worldOf(() => bearer('next-token'));
  world.files.write('JIRA_PAT', 'next-token');
  await Promise.all(Array.from({ length: 12 }, () => world.ask()));
  expect(world.server.seen.filter(({ headers }) => headers.authorization === bearer('next-token'))).toHaveLength(12);
  expect(world.looks()).toBe(1);
});

test('R-1218 R-1803 a connection of a row looks for another secret once for many refusals, and once in ten seconds', async () => {
  let [kept, looks, at] = ['former', 0, 0];
  let remembered: string | null = null;
  const look = async (): Promise<{ pat: string }> => {
    looks += 1;
    return { pat: (remembered ??= kept) };
  };
  const signIn = await connectionSignIn(
    look,
    () => (remembered = null),
    () => at,
  );
  const former = signIn.current();
  const refused = (): Promise<boolean[]> => Promise.all([1, 2, 3].map(() => signIn.renew(former)));
  expect(await refused()).toEqual([false, false, false]);
  expect(await refused()).toEqual([false, false, false]);
  expect(looks).toBe(2);
  [kept, at] = ['next', 10_000];
  expect(await refused()).toEqual([true, true, true]);
  expect([signIn.current(), looks]).toEqual([{ pat: 'next' }, 3]);
  // What was found a moment ago may be refused at once: somebody enters another one.
  kept = 'last';
  expect(await signIn.renew(signIn.current())).toBe(true);
});

test('R-1218 R-1404 without another token the refusal is told, the file left alone for ten seconds, and no fallback is tried', async () => {
  const world = await worldOf(() => 'nobody');
  for (let tries = 0; tries < 3; tries += 1)
    await expect(world.ask()).rejects.toMatchObject({ code: 'jira-credentials' });
  expect(world.server.seen.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(bearer('former-token')));
  expect(world.looks()).toBe(1);
  world.pass(10_000);
  await expect(world.ask()).rejects.toThrow('refused the credentials');
  expect(world.looks()).toBe(2);
  expect(world.live.refusals.take()).toMatchObject([{ name: 'JIRA_PAT', at: new Date('2026-06-01T00:00:00Z') }]);
});

test('R-1404 where it is asked for, user and password follow a refused token until another token is there', async () => {
  const basic = `Basic ${Buffer.from('powerplatform-integration:password-of-the-account').toString('base64')}`;
  let good = basic;
  const over = { JIRA_CREDENTIAL_FALLBACK: 'true', JIRA_USER: 'powerplatform-integration' };
  const world = await worldOf(() => good, over, { JIRA_PASSWORD: 'password-of-the-account' });
  await world.ask();
  await world.ask();
  expect(world.server.seen.map(({ headers }) => headers.authorization)).toEqual([bearer('former-token'), basic, basic]);
  expect(world.live.refusals.take()).toMatchObject([{ name: 'JIRA_PAT' }]);
  good = bearer('next-token');
  world.files.write('JIRA_PAT', 'next-token');
  await world.live.reload();
  await world.ask();
  expect(world.server.seen.at(-1)?.headers.authorization).toBe(bearer('next-token'));
  expect(world.server.seen).toHaveLength(4);
});

test('R-1404 the fallback is refused on Cloud and without user and password', () => {
  const problem = (over: Record<string, string>) => () =>
    readConfig({ ...environment, JIRA_CREDENTIAL_FALLBACK: 'true', ...over });
  expect(problem({})).toThrow('JIRA_CREDENTIAL_FALLBACK: expected false, as Jira Cloud takes API tokens only');
  expect(problem({ JIRA_DEPLOYMENT: 'dc', JIRA_PAT: 'token' })).toThrow('JIRA_USER: expected user and password');
  expect(readConfig(environment).jira.fallback).toBeNull();
});

test('R-1218 an expired client secret is read anew once, and an exchanged one signs in', async () => {
  const server = await recordedServer(({ body }: Seen) =>
    new URLSearchParams(body).get('client_secret') === 'next-client-secret'
      ? { body: { access_token: 'a-token', expires_in: 3_600 } }
      : { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000222: The secret has expired.' } },
  );
  stopLater(server.close);
  const files = secretFiles({ DATAVERSE_CLIENT_SECRET: 'former-client-secret' });
  stopLater(files.remove);
  const live = await openConfig({ ...environment, ...files.environment, TOKEN_URL: `${server.url}/token` });
  let at = 0;
  const tokens = createTokenSource(
    live.current().dataverse,
    5_000,
    () => at,
    dataverseSecret(live, () => at),
  );
  await expect(tokens.token()).rejects.toThrow('AADSTS7000222');
  expect(live.refusals.take()).toMatchObject([{ name: 'DATAVERSE_CLIENT_SECRET' }]);
  files.write('DATAVERSE_CLIENT_SECRET', 'next-client-secret');
  at += 10_000;
  expect(await tokens.token()).toBe('a-token');
  expect(server.seen).toHaveLength(3);
});

test('R-1410 R-1101 a refused credential leaves a review record in the log, once a day, also where Dataverse was away meanwhile', async () => {
  const now = (): Date => new Date('2026-06-01T12:00:00Z');
  const standIns = await startStandIns(now);
  stopLater(() => standIns.close());
  const files = secretFiles({ JIRA_API_TOKEN: 'api-token-of-the-tests' });
  stopLater(files.remove);
  files.age('JIRA_API_TOKEN', new Date('2026-03-03T12:00:00Z'));
  const live = await openConfig({ ...standIns.environment, ...files.environment });
  const { stream, lines } = keepLines();
  const logger = createLogger('info', live.secrets, stream);
  const refuse = (at = now()) => live.refusals.note({ name: 'JIRA_API_TOKEN', at });
  refuse(new Date('2026-06-01T11:59:30Z'));
  const away = { many: standIns.admin.many, changeSet: () => Promise.reject(new Error('Dataverse is away')) };
  await expect(reviewRefusals({ live, dataverse: away, logger, now })).rejects.toThrow('away');
  const context = { live, dataverse: standIns.admin, logger, now };
  await reviewRefusals(context);
  refuse();
  await reviewRefusals(context);
  await reviewRefusals(context);
  const rows = await standIns.admin.many('crmjira_integration_logs', { select: [] }, nothingButRows);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    crmjira_source_record_id: 'JIRA_API_TOKEN',
    crmjira_event_type: 'credential_review',
    crmjira_integration_status: 3,
    crmjira_correlation_id: expect.any(String),
    crmjira_duration_ms: 30_000,
  });
  const text = String(rows[0]?.['crmjira_error_message']);
  expect(text).toContain('was refused at 2026-06-01T11:59:30.000Z');
  expect(text).toContain('every 60 days, 90 at most; age 90 days, left 0 days');
  expect(text).toContain('none has put a new value into its file; last rotation on record: none');
  expect(text).toContain('7 days before the end, 60 and 90 days of age; changed: none');
  expect(lines.join('')).toContain('review record is in the log');
});

const facts = { name: 'JIRA_API_TOKEN', place: { kind: 'variable' }, since: null, expiresOn: null } as const;
const nobodySaid = { jiraToken: null, dataverseSecret: null };
const now = new Date('2026-06-01T00:00:00Z');
const before = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

test.each([
  [59.99, 'fresh'],
  [60, 'due'],
  [82.9, 'due'],
  [83, 'ending'],
  [89.9, 'ending'],
  [90, 'over'],
])('R-1218 R-1106 a secret of %d days is %s: rotate at 60, told 7 days before the 90', (days, state) => {
  const age = ageOf({ ...facts, since: before(days) }, nobodySaid, now);
  expect(age).toMatchObject({ state });
  expect(age.daysLeft).toBeCloseTo(90 - days);
});

test('R-1218 the nearest end counts: the vault, the configured day or the limit; where nothing is known nothing is said', () => {
  const of = (over: object, day: string | null = null) =>
    ageOf({ ...facts, ...over }, { ...nobodySaid, jiraToken: day }, now).daysLeft;
  expect(of({})).toBeNull();
  expect(of({}, '2026-06-03')).toBe(3);
  expect(of({ since: before(10), expiresOn: new Date('2026-06-06T00:00:00Z') }, '2026-06-30')).toBe(5);
  expect(of({ since: before(10) }, '2026-12-31')).toBe(80);
  expect(ageOf(facts, nobodySaid, now).state).toBe('unknown');
  const ageless = ['DATABASE_URL', 'JIRA_GATEWAY_KEY', 'JIRA_WEBHOOK_SECRET_PREVIOUS'] as const;
  expect(
    agesOf(
      ageless.map((name) => ({ ...facts, name })),
      nobodySaid,
      now,
    ),
  ).toEqual([]);
});
