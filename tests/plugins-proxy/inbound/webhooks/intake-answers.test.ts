import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type IntakeAnswerName, intakeAnswers } from '../../../../plugins-proxy/src/inbound/webhooks/answers';
import { limitInFlight, Overloaded } from '../../../../plugins-proxy/src/inbound/webhooks/limit-in-flight';
import { intakeApp, signed, webhookUrl } from '../../intake-app';

const worklog = JSON.stringify({
  timestamp: 1,
  webhookEvent: 'worklog_created',
  worklog: { id: '1', issueId: '10014' },
});
const accepted = signed(worklog);

type Case = readonly [IntakeAnswerName, string, InjectOptions[]];

/** One row per bad input that the issue names, and then some; the last request of a row gets the answer. */
const cases: readonly Case[] = [
  ['accepted', 'a signed worklog event', [accepted]],
  [
    'accepted',
    'a signed event of a project nobody knows',
    [signed('{"webhookEvent":"project_updated","project":{"id":99}}')],
  ],
  ['duplicate', 'the same delivery again', [accepted, accepted]],
  [
    'duplicate',
    'the same body under another identifier, which nobody signs (F-305)',
    [
      signed(worklog, { headers: { 'x-atlassian-webhook-identifier': 'w-1' } }),
      signed(worklog, { headers: { 'x-atlassian-webhook-identifier': 'w-2' } }),
    ],
  ],
  [
    'accepted',
    'another body under the same identifier, which nobody signs (F-305)',
    [
      signed('{"webhookEvent":"board_created"}', { headers: { 'x-atlassian-webhook-identifier': 'w-1' } }),
      signed(worklog, { headers: { 'x-atlassian-webhook-identifier': 'w-1' } }),
    ],
  ],
  ['ignored', 'an event nobody asked for', [signed('{"webhookEvent":"board_created"}')]],
  ['ignored', 'a worklog event that names no issue', [signed('{"webhookEvent":"worklog_created","worklog":{}}')]],
  ['malformedJson', 'a signed body cut short', [signed(worklog.slice(0, -20))]],
  ['malformedJson', 'a signed body that is empty', [signed('')]],
  ['unexpectedShape', 'a signed array', [signed('[1,2]')]],
  ['unexpectedShape', 'a signed object without an event', [signed('{"worklog":{"issueId":"1"}}')]],
  ['badSignature', 'a wrong secret', [signed(worklog, { secret: 'some-other-secret-of-16' })]],
  ['badSignature', 'no signature', [{ ...accepted, headers: { 'content-type': 'application/json' } }]],
  [
    'badSignature',
    'a truncated body under the signature of the whole',
    [{ ...accepted, payload: worklog.slice(0, -1) }],
  ],
  ['badSignature', 'a signature of another kind', [signed(worklog, { headers: { 'x-hub-signature': 'sha1=abcdef' } })]],
  ['badSignature', 'broken JSON that nobody signed', [{ ...accepted, payload: '{' }]],
  [
    'unknownConnection',
    'another connection',
    [signed(worklog, { url: '/webhooks/jira/5a8d2c1e-0000-4000-8000-000000000c02' })],
  ],
  ['tooLarge', 'a body of 3 MB', [signed(JSON.stringify({ webhookEvent: 'x', pad: 'x'.repeat(3 * 1024 * 1024) }))]],
  ['wrongContentType', 'XML', [signed('<a/>', { headers: { 'content-type': 'application/xml' } })]],
  ['wrongContentType', 'a form', [signed('a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })]],
];

describe('the Jira intake answers', () => {
  test.each(cases)('%s to %s', async (name, _input, requests) => {
    const { app, store, lines, wakes } = intakeApp();
    let response: LightMyRequestResponse | undefined;
    for (const request of requests) response = await app.inject(request);
    const expected = intakeAnswers[name];
    expect(response?.statusCode).toBe(expected.status);
    expect(response?.json()).toMatchObject({ code: expected.code, message: expected.says });
    const last = lines.at(-1) ?? '';
    expect(last).toContain(`"answer":"${expected.code}"`);
    expect(lines.join('')).not.toContain('webhook-secret-of-the-tests');
    if ('counter' in expected) expect((await store.statistics(0)).counters).toEqual({ [expected.counter]: 1 });
    if (name !== 'accepted' && name !== 'duplicate') {
      expect(await store.claim(1e15, 1)).toBeNull();
      expect(wakes()).toBe(0);
    }
    await app.close();
    await store.close();
  });

  test('every answer of the table but 503 has a case above, and each 503 has its own test', () => {
    const covered = new Set(cases.map(([name]) => name));
    expect(Object.keys(intakeAnswers).filter((name) => !covered.has(name as IntakeAnswerName))).toEqual([
      'overloaded',
      'unavailable',
    ]);
  });

  test('503 with Retry-After while stopping or overloaded, so that Jira sends it again (R-504)', async () => {
    const { app, store, setAccepts } = intakeApp();
    setAccepts(false);
    const response = await app.inject(accepted);
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    setAccepts(true);
    expect((await app.inject(accepted)).statusCode).toBe(202);
    await app.close();
    await store.close();
  });

  test('503 when more deliveries wait than can be kept waiting', async () => {
    let commit: (value: 'stored') => void = () => undefined;
    const slow = () => new Promise<'stored'>((resolve) => (commit = resolve));
    const receive = limitInFlight(slow, 1);
    const delivery = {
      id: '1',
      source: 'jira',
      event: 'x',
      keys: [],
      ignoredBecause: null,
      bodyHash: '',
      correlationId: '',
      receivedAt: 0,
    } as const;
    const first = receive(delivery);
    await expect(receive(delivery)).rejects.toBeInstanceOf(Overloaded);
    commit('stored');
    expect(await first).toBe('stored');
  });

  test('an event without a time may come again after a while; one with a time may not (R-503)', async () => {
    const { app, store, setNow } = intakeApp();
    const closed = signed('{"event":"project_closed","project_key":"CRM-202501-A1B2C3D4"}');
    const statuses: number[] = [];
    for (const now of ['17:30:15', '17:31:15', '17:45:15']) {
      setNow(`2025-01-20T${now}.000Z`);
      statuses.push((await app.inject(closed)).statusCode, (await app.inject(accepted)).statusCode);
    }
    expect(statuses).toEqual([202, 202, 200, 200, 202, 200]);
    await app.close();
    await store.close();
  });

  test('503 when the store cannot commit: nothing is acknowledged that is not on disk', async () => {
    const { app, store, wakes } = intakeApp();
    await store.close();
    const response = await app.inject(accepted);
    expect(response.statusCode).toBe(503);
    expect(wakes()).toBe(0);
    await app.close();
  });

  test('only answers that Jira retries are used where the event is wanted and was not stored (R-504)', () => {
    const retried = new Set([408, 409, 425, 429]);
    for (const answer of Object.values(intakeAnswers))
      expect(answer.senderRetries).toBe(answer.status >= 500 || retried.has(answer.status));
  });

  test('a duplicate says so', async () => {
    const { app, store } = intakeApp();
    expect((await app.inject(accepted)).json()).toMatchObject({ duplicate: false });
    expect((await app.inject(accepted)).json()).toMatchObject({ duplicate: true });
    await app.close();
    await store.close();
  });

  test('both secrets are good during a rotation (R-502)', async () => {
    const { app, store } = intakeApp({
      JIRA_WEBHOOK_SECRET: 'the-new-webhook-secret',
      JIRA_WEBHOOK_SECRET_PREVIOUS: 'the-old-webhook-secret',
    });
    expect((await app.inject(signed(worklog, { secret: 'the-new-webhook-secret' }))).statusCode).toBe(202);
    expect((await app.inject(signed(`${worklog} `, { secret: 'the-old-webhook-secret' }))).statusCode).toBe(202);
    expect((await app.inject(signed(`${worklog}  `, { secret: 'an-older-webhook-secret' }))).statusCode).toBe(401);
    await app.close();
    await store.close();
  });

  test('the correlation id of the answer is the one in the log', async () => {
    const { app, store, lines } = intakeApp();
    const response = await app.inject(signed(worklog, { headers: { 'x-correlation-id': 'trace-0001-abcd' } }));
    expect(response.json()).toMatchObject({ correlationId: 'trace-0001-abcd' });
    expect(lines.at(-1)).toContain('"correlationId":"trace-0001-abcd"');
    await app.close();
    await store.close();
  });

  test('a body that would need a content type guess is not read', async () => {
    const { app, store } = intakeApp();
    const response = await app.inject({
      method: 'POST',
      url: webhookUrl,
      payload: Buffer.from('{}'),
      headers: { 'x-hub-signature': accepted.headers['x-hub-signature'] },
    });
    expect(response.statusCode).toBe(415);
    await app.close();
    await store.close();
  });
});
