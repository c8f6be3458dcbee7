import type { InjectOptions } from 'fastify';
import { intakeApp } from '../../intake-app';

const context = {
  BusinessUnitId: 'e2b9dd85-e89e-e711-8122-000d3aa2331c',
  CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
  Depth: 1,
  InitiatingUserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
  UserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
  InputParameters: [],
  MessageName: 'Update',
  Mode: 1,
  OperationCreatedOn: '/Date(1506409448000-0700)/',
  OperationId: '4af10637-4ea2-e711-8122-000d3aa2331c',
  PrimaryEntityId: '6d81597f-0f9f-e711-8122-000d3aa2331c',
  PrimaryEntityName: 'opportunity',
  Stage: 40,
};

const post = (kind: 'async' | 'sync', body: unknown, key = 'step-key-of-the-tests-0001'): InjectOptions => ({
  method: 'POST',
  url: `/webhooks/dataverse/${kind}`,
  payload: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8', 'x-crmjira-key': key },
});

describe('the Dataverse intake', () => {
  let parts: ReturnType<typeof intakeApp>;
  beforeEach(() => {
    parts = intakeApp();
  });
  afterEach(async () => {
    await parts.app.close();
    await parts.store.close();
  });

  test('stores an asynchronous step once, however often it is delivered', async () => {
    const answers = [await parts.app.inject(post('async', context)), await parts.app.inject(post('async', context))];
    expect(answers.map((answer) => [answer.statusCode, answer.json().duplicate])).toEqual([
      [202, false],
      [200, true],
    ]);
    expect((await parts.store.claim(1e15, 1))?.key).toBe('opportunity:6d81597f-0f9f-e711-8122-000d3aa2331c');
  });

  test('takes two changes of one row for two deliveries', async () => {
    const other = { ...context, OperationId: '4af10637-4ea2-e711-8122-000d3aa2331d' };
    await parts.app.inject(post('async', context));
    expect((await parts.app.inject(post('async', other))).statusCode).toBe(202);
  });

  test.each([
    ['a wrong key', post('async', context, 'another-key-of-16-characters'), 401],
    ['a wrong key on the synchronous step', post('sync', context, 'another-key-of-16-characters'), 401],
    ['a body cut short', post('async', JSON.stringify(context).slice(0, -9)), 400],
    ['something else than a context', post('async', { hello: 'world' }), 400],
    ['a table without a rule', post('async', { ...context, PrimaryEntityName: 'contact' }), 200],
    ['three megabytes', post('async', { ...context, pad: 'x'.repeat(3 * 1024 * 1024) }), 413],
  ])('%s', async (_name, request, status) => {
    const response = await parts.app.inject(request);
    expect(response.statusCode).toBe(status);
    expect(await parts.store.claim(1e15, 1)).toBeNull();
    expect(parts.lines.join('')).not.toContain('step-key-of-the-tests-0001');
  });

  test('a wrong key is counted as a security event', async () => {
    await parts.app.inject(post('async', context, 'another-key-of-16-characters'));
    expect((await parts.store.statistics(0)).counters).toEqual({ 'intake.refused': 1 });
  });

  test('passes on the decision of the stage gate', async () => {
    expect((await parts.app.inject(post('sync', { ...context, Mode: 0 }))).statusCode).toBe(200);
    parts.setDecision({ allowed: false, reasons: ['The budget has not been approved.', 'Enter an amount.'] });
    const refused = await parts.app.inject(post('sync', { ...context, Mode: 0 }));
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toEqual({ allowed: false, message: 'The budget has not been approved. Enter an amount.' });
  });
});
