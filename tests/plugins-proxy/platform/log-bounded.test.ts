import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { limitLines } from '../../../plugins-proxy/src/platform/log/limit-lines';
import { intakeApp, signed } from '../intake-app';
import { keepLines } from '../log-lines';

test('F-312 a line that quotes what somebody sent stays short, stays JSON, and shows no half of a secret', () => {
  const { stream, lines } = keepLines();
  const secret = 'webhook-secret-of-the-tests';
  const logger = createLogger('info', [secret], stream);
  logger.info({ reason: 'x'.repeat(490) + secret.repeat(100_000), keys: Array(100_000).fill('opportunity:a') }, 'long');
  logger.error({ err: new Error('y'.repeat(1_000_000)) }, 'z'.repeat(1_000_000));
  logger.info(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`property ${n}`, n])), 'wide');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line.length).toBeLessThan(20_000);
  expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([30, 50, 30]);
  expect(lines.join('')).not.toContain('webhook-secret');
});

test('F-312 one signed delivery of a megabyte of wrong items is refused in a short line', async () => {
  const { app, store, lines } = intakeApp();
  const items = Array.from({ length: 50_000 }, () => ({ field: 1 }));
  const body = JSON.stringify({ webhookEvent: 'jira:issue_updated', changelog: { items } });
  expect((await app.inject(signed(body))).statusCode).toBe(400);
  expect(lines.join('').length).toBeLessThan(20_000);
  await app.close();
  await store.close();
});

test('F-312 refusals of one kind fill no disk: so many lines a minute, and the next says how many were left out', () => {
  let at = 0;
  const lines = limitLines(() => at, 2);
  expect([lines('a'), lines('a'), lines('a'), lines('a'), lines('b')]).toEqual([{}, {}, null, null, {}]);
  at += 60_000;
  expect([lines('a'), lines('a'), lines('b')]).toEqual([{ leftOut: 2 }, {}, {}]);
});

test('F-312 a flood of unsigned deliveries writes no more lines than that', async () => {
  const { app, store, lines } = intakeApp();
  for (let n = 0; n < 200; n += 1) await app.inject({ method: 'POST', url: signed('').url, payload: {} });
  expect(lines.filter((line) => line.includes('bad-signature')).length).toBeLessThanOrEqual(120);
  expect((await store.statistics(0)).counters).toEqual({ 'intake.refused': 200 });
  await app.close();
  await store.close();
});
