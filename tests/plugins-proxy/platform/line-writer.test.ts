import pino from 'pino';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { lineWriter } from '../../../plugins-proxy/src/platform/log/line-writer';
import { keepLines } from '../log-lines';

const secret = 'a-secret-of-the-tests';

test('a line written by hand is the one that the logger would have written, without secrets too (R-1618)', () => {
  const { stream, lines } = keepLines();
  const logger = createLogger('info', [secret], stream);
  const repeated = { caller: `O'Brien "one" ${secret}`, operation: 'GetProject' };
  lineWriter(logger.child({}), repeated, 'relayed')('"record":{"project":"ACME"},"status":200');
  logger.child(repeated).info({ record: { project: 'ACME' }, status: 200 }, 'relayed');
  const [byHand, byLogger] = lines.map((line) => line.replace(/"time":\d+/, '"time":0'));
  expect(byHand).toBe(byLogger);
  expect(byHand).not.toContain(secret);
  expect(Math.abs(Date.now() - Number(/"time":(\d+)/.exec(lines[0] ?? '')?.[1]))).toBeLessThan(60_000);
});

test('nothing is written where the level leaves it out, and no other logger is taken', () => {
  const { stream, lines } = keepLines();
  lineWriter(createLogger('warn', [], stream), {}, 'relayed')('"status":200');
  expect(lines).toEqual([]);
  expect(() => lineWriter(pino({ level: 'silent' }), {}, 'relayed')).toThrow('not made by createLogger');
});
