import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createLogger } from '../../../plugins-proxy/src/platform/log/create-logger';
import { createSecretFinder } from '../../log-scan/find-secrets';
import { folderVariable, keepLog, keepSecrets, scanLogs } from '../../log-scan/kept-logs';
import tearDown from '../../log-scan/tear-down';
import { keepLines } from '../log-lines';

const secret = 'a-key-of-the-tests';
const random = 'q7Zt-kP2_vN8wXc4';

describe('R-1225 R-1407 the scan of every log of the suite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-scan-'));
  const outer = process.env[folderVariable];
  beforeEach(() => {
    process.env[folderVariable] = folder;
  });
  afterEach(() => {
    // Whatever is planted here must not fail the run that looks for it.
    if (outer === undefined) delete process.env[folderVariable];
    else process.env[folderVariable] = outer;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['as it is', secret],
    ['in an address', `https://x/?key=${encodeURIComponent(secret)}`],
    ['in a Basic header', Buffer.from(`somebody@x:${secret}`).toString('base64')],
    ['in base64 after one more character', Buffer.from(`1:${secret}!`).toString('base64')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['made anew in this run', random],
    ['made anew, in base64', Buffer.from(`me:${random}`).toString('base64')],
    ['a header of somebody else', 'authorization: Bearer abcdefghijklmnopqrstuvwxyz'],
    ['a token of somebody else', 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0x.c2lnbmF0dXJlLW9mLXRoaXM'],
    ['an address with a password', 'postgres://crm:hunter2@localhost/crm'],
    ['a signature', `sha256=${'ab'.repeat(32)}`],
  ])('finds a secret %s, and does not show it', (_how, planted) => {
    const found = createSecretFinder([random])(JSON.stringify({ msg: 'planted', planted }));
    expect(found).not.toBeNull();
    expect(found).not.toContain(planted);
  });

  test('lets ordinary lines pass', () => {
    const find = createSecretFinder([random]);
    for (const line of [
      '{"level":30,"correlationId":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","msg":"delivery received"}',
      '{"reason":"Authorization: Basic [redacted]","url":"http://localhost:4010/api/data"}',
      '{"bodyHash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}',
    ])
      expect(find(line)).toBeNull();
  });

  test('reads what loggers and processes have left, and makes the run fail for a secret that is planted', () => {
    const { stream } = keepLines();
    createLogger('info', [secret], stream).info({ secret }, 'cut out');
    expect(scanLogs(folder)).toMatchObject({ sources: 1, lines: 1, found: [] });
    // The same without what cuts it out, as a fault in the product would be.
    pino({}, keepLines().stream).info({ secret }, 'planted in a logger');
    keepSecrets([random]);
    keepLog()(`{"msg":"planted by a process","x":"${random}"}\n`);
    const { sources, found } = scanLogs(folder);
    expect(sources).toBe(3);
    expect(found.map((line) => line.split(': ')[1]).sort()).toEqual(['planted by a process', 'planted in a logger']);
    expect(found.join()).not.toMatch(/q7Zt|a-key/);

    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const before = process.exitCode;
    try {
      tearDown();
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = before;
    }
    expect(told.mock.calls.join()).toContain('2 log lines show a secret');
  });

  test('is silent where there was no log', () => {
    const empty = mkdtempSync(join(tmpdir(), 'crmjira-scan-'));
    writeFileSync(join(empty, 'x.log'), '');
    process.env[folderVariable] = empty;
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    tearDown();
    expect(said).not.toHaveBeenCalled();
  });
});
