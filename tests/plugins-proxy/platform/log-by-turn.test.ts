import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { writeByTurn } from '../../../plugins-proxy/src/platform/log/write-by-turn';
import { keepLines } from '../log-lines';

describe('lines of one turn', () => {
  test('leave in one write, in their order, at the end of it', async () => {
    const writes: string[] = [];
    const destination = writeByTurn({ write: (text) => void writes.push(text) });
    destination.write('one\n');
    destination.write('two\n');
    expect(writes).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    destination.write('three\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(writes).toEqual(['one\ntwo\n', 'three\n']);
  });

  test('are not held beyond 64 K', () => {
    const writes: string[] = [];
    const destination = writeByTurn({ write: (text) => void writes.push(text) });
    destination.write('x'.repeat(70_000));
    expect(writes).toHaveLength(1);
  });

  test('cost the process one listener, however many loggers it has', async () => {
    const before = process.listenerCount('exit');
    for (let n = 0; n < 20; n += 1) writeByTurn({ write: () => true }).write('line\n');
    expect(process.listenerCount('exit') - before).toBeLessThanOrEqual(1);
    await new Promise((resolve) => setImmediate(resolve));
  });

  test.each([
    ['process.exit', 'process.exit(3)', 3],
    ['an error nobody caught', 'throw new Error("unexpected")', 1],
  ])('are all there after %s in the same turn', (_what, end, code) => {
    const source = join(__dirname, '..', '..', '..', 'plugins-proxy', 'src', 'platform', 'log', 'create-logger.ts');
    const script = `
      import { createLogger } from ${JSON.stringify(source)};
      const logger = createLogger('info', []);
      for (let n = 0; n < 1000; n += 1) logger.info({ n }, 'line');
      ${end};`;
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(run.status).toBe(code);
    const lines = run.stdout.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(
      Array.from({ length: 1000 }, (_, n) => n),
    );
  });
});

test('a secret property is blanked at every depth, in lists, in errors and in what a child logger carries (R-1618)', () => {
  const { stream, lines } = keepLines();
  const logger = createLogger('trace', [], stream);
  const secret = 'never-to-be-seen';
  logger.info(
    { authorization: secret, list: [{ pat: secret, kept: 'shown' }], a: { b: { c: { apiToken: secret } } } },
    'x',
  );
  logger.error({ err: Object.assign(new Error('refused'), { authorization: secret, status: 401 }) }, 'x');
  logger.child({ headers: { 'x-crmjira-key': secret } }).info('x');
  const written = lines.join('');
  expect(written).not.toContain(secret);
  expect(written).toContain('"kept":"shown"');
  expect(written).toContain('"status":401');
  expect(written.match(/\[redacted\]/g)).toHaveLength(5);
});

test('a line without a secret is written as it was given, and what was given is left as it is', () => {
  const { stream, lines } = keepLines();
  const logger = createLogger('trace', [], stream);
  const given = { record: { project: 'ACME' }, at: new Date(0), none: null, clientSecret: 's' };
  logger.info(given, 'x');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    record: { project: 'ACME' },
    at: '1970-01-01T00:00:00.000Z',
    none: null,
    clientSecret: '[redacted]',
  });
  expect(given.clientSecret).toBe('s');
});
