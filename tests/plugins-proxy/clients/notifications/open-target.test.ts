import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NotificationAdapter, sayFault } from '@crmjira/domain';
import type { NotificationSecrets } from '../../../../plugins-proxy/src/clients/notifications/notification-settings';
import { openTarget } from '../../../../plugins-proxy/src/clients/notifications/open-target';
import { serviceFaultOf } from '../../../../plugins-proxy/src/connections/providers/web-service';
import { guardFor, json, type SeenRequest, startService } from '../web-service/service-world';

const token = 'T0000/B0000/a-token-in-the-path';
const key = randomBytes(32);
const signing = `whsec_${key.toString('base64')}`;
const at = '2025-01-20T14:00:00Z';
const notification = { event: 'notification.test', at, data: {}, record: null } as const;
let service: Awaited<ReturnType<typeof startService>>;
const answers: Readonly<Record<string, { status: number; body?: string; headers?: Record<string, string> }>> = {
  ok: { status: 200, body: 'ok' },
  accepted: { status: 202, body: '' },
  'bad-request': { status: 400, body: 'invalid_payload' },
  unauthorized: { status: 401 },
  forbidden: { status: 403, body: 'action_prohibited' },
  'not-found': { status: 404, body: 'no_service' },
  gone: { status: 410, body: 'channel_is_archived' },
  slower: { status: 429, headers: { 'retry-after': '1200' } },
  broken: { status: 500, body: 'rollup_error' },
  away: { status: 503 },
  elsewhere: { status: 307, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
  page: { status: 200, body: '<!DOCTYPE html><title>Sign in</title>' },
  endless: { status: 200, body: 'x'.repeat(100_000) },
};

beforeAll(async () => {
  service = await startService(({ url }, response) => {
    const [, how = ''] = url.split('/');
    const answer = answers[how];
    // Whoever is not named never answers.
    if (answer !== undefined) json(response, answer.body ?? '', answer.status, answer.headers);
  });
});
afterAll(() => service.close());
beforeEach(() => void service.seen.splice(0));

async function deliver(how: string, adapter: NotificationAdapter = 'slack', secrets: NotificationSecrets = {}) {
  const target = openTarget(
    { adapter, url: service.url, events: [], language: 1033 },
    { address: `${service.url}/${how}/${token}?sig=${token}`, ...secrets },
    { guard: guardFor([`localhost:${service.port}`]), now: () => Date.parse(at), timeoutMs: 500 },
  );
  try {
    await target.send(notification, 'msg_1');
    return null;
  } catch (thrown) {
    return { thrown, ...serviceFaultOf(thrown, { url: service.url }) };
  } finally {
    await target.close();
  }
}

test.each(['ok', 'accepted'])('R-2024: a message is posted to the whole address, and %s is enough', async (how) => {
  expect(await deliver(how)).toBeNull();
  const [seen] = service.seen as [SeenRequest];
  expect([seen.method, seen.url]).toEqual(['POST', `/${how}/${token}?sig=${token}`]);
  expect(seen.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(seen.headers).not.toHaveProperty('webhook-signature');
  expect(JSON.parse(seen.body)).toMatchObject({ text: expect.stringContaining('Test') });
});

test.each([
  ['bad-request', 'notification-refused', false],
  ['unauthorized', 'notification-forbidden', false],
  ['forbidden', 'notification-forbidden', false],
  ['not-found', 'notification-gone', false],
  ['gone', 'notification-gone', false],
  ['elsewhere', 'redirect', false],
  ['page', 'web-page', false],
  ['endless', 'answer-too-large', false],
  ['slower', 'rate-limit', true],
  ['broken', 'unavailable', true],
  ['away', 'unavailable', true],
  ['hangs', 'no-answer', true],
] as const)('R-2024, R-2027: "%s" is told as %s, once, and without the token', async (how, name, passes) => {
  const fault = await deliver(how);
  expect(fault).toMatchObject({ name });
  expect(service.seen).toHaveLength(1);
  for (const language of [1033, 3084] as const)
    expect(Object.values(sayFault(fault!, language)).join()).not.toMatch(/…|a-token-in-the-path/);
  expect(`${String(fault?.thrown)} ${JSON.stringify(fault)}`).not.toContain('a-token-in-the-path');
  const { connectionFault } = await import('@crmjira/domain');
  expect(connectionFault(name).isTransient).toBe(passes);
});

test('R-2024: how long a target asks to wait is kept', async () => {
  expect(await deliver('slower')).toMatchObject({ thrown: { retryAfterMs: 1_200_000 } });
});

test('R-2027: whoever has the secret can tell that a custom webhook is ours, whole and fresh', async () => {
  expect(await deliver('ok', 'custom', { signing })).toBeNull();
  const [{ headers, body }] = service.seen as [SeenRequest];
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  expect([id, timestamp]).toEqual(['msg_1', String(Date.parse(at) / 1000)]);
  const expected = (text: string, by: Buffer) => `v1,${createHmac('sha256', by).update(text).digest('base64')}`;
  expect(signature).toBe(expected(`${String(id)}.${String(timestamp)}.${body}`, key));
  for (const forged of [
    `msg_2.${String(timestamp)}.${body}`,
    `${String(id)}.1.${body}`,
    `${String(id)}.${String(timestamp)}.${body} `,
  ])
    expect(signature).not.toBe(expected(forged, key));
});

test('R-2027: an example of Standard Webhooks comes out as its document has it', async () => {
  const { signWebhook } = await import('../../../../plugins-proxy/src/clients/notifications/sign-webhook');
  expect(
    signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    }),
  ).toMatchObject({ 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
});

test.each([
  ['nothing', {}, 'notification-incomplete'],
  ['another host', { address: 'https://hooks.example/x' }, 'notification-other-host'],
] as const)('R-2024, R-1618: with %s as its address nothing is sent', async (_what, secrets, name) => {
  const parts = { guard: guardFor([]), now: Date.now };
  let fault: unknown = null;
  try {
    openTarget({ adapter: 'slack', url: service.url, events: [], language: 1033 }, secrets, parts);
  } catch (thrown) {
    fault = serviceFaultOf(thrown, { url: service.url });
  }
  expect(fault).toMatchObject({ name });
});

test('R-2027: a custom webhook without a signing secret is not sent', async () => {
  await expect(deliver('ok', 'custom')).rejects.toMatchObject({ fault: 'notification-no-key' });
  expect(service.seen).toEqual([]);
});

test('R-2027: the commands of docs/integrations.md take a message of ours and refuse a forged or an old one', async () => {
  const page = readFileSync(join(__dirname, '../../../../docs/integrations.md'), 'utf8');
  const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
  expect(commands).toContain('openssl');
  const { signWebhook } = await import('../../../../plugins-proxy/src/clients/notifications/sign-webhook');
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  const now = Math.floor(Date.now() / 1000);
  /** Status with which the commands end. */
  const check = (body: string, timestamp: number, sent = body): number => {
    const headers = signWebhook(signing, { id: 'msg_1', timestamp, body });
    writeFileSync(join(folder, 'body'), sent);
    const signature = headers['webhook-signature'];
    const env = { PATH: process.env['PATH'], id: 'msg_1', timestamp: String(timestamp), signature, secret: signing };
    try {
      execFileSync('sh', ['-c', commands], { cwd: folder, env, stdio: 'pipe' });
      return 0;
    } catch (error) {
      return (error as { status: number }).status;
    }
  };
  try {
    const body = '{"type":"run.failed","data":{"integration":"Été & co"}}';
    expect(check(body, now)).toBe(0);
    expect(check(body, now, `${body} `)).toBe(1);
    expect(check(body, now - 100_000)).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
