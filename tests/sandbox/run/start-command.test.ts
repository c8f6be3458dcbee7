import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { platformLimits } from '../../../sandbox/src/dataverse/service-protection/limits';
import { budgetSourceOf } from '../../../sandbox/src/run/budget-source-of';
import { writeEnvironmentFile } from '../../../sandbox/src/run/environment-file';
import { basePortOf, portsFrom, requireFreePorts } from '../../../sandbox/src/run/ports';
import { serviceProtectionOf } from '../../../sandbox/src/run/protection-window-of';
import { readSecrets } from '../../../sandbox/src/run/secrets';
import { testConfig } from '../../plugins-proxy/test-config';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const listening = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

test('the variables of the proxy stand in a file that Node reads, readable by its owner only', () => {
  const file = join(folder, 'proxy.env');
  const variables = {
    DATAVERSE_URL: 'http://localhost:4010',
    STORE_FILE: '/a folder/#1/proxy.sqlite',
    JIRA_API_TOKEN: '-_aZ09=',
  };
  writeEnvironmentFile(file, variables);
  expect(parseEnv(readFileSync(file, 'utf8'))).toEqual(variables);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('SANDBOX_PORT shifts all ports', () => {
  const usual = {
    formHost: 4000,
    dataverse: 4010,
    jira: 4020,
    proxy: 4030,
    gateway: 4040,
    dataCenter: 4050,
    sentry: 4060,
    services: 4070,
  };
  expect(portsFrom(basePortOf(undefined))).toEqual(usual);
  const shifted = {
    formHost: 5000,
    dataverse: 5010,
    jira: 5020,
    proxy: 5030,
    gateway: 5040,
    dataCenter: 5050,
    sentry: 5060,
    services: 5070,
  };
  expect(portsFrom(basePortOf('5000'))).toEqual(shifted);
});

test.each(['80', '70000', 'x', '4000.5', '65466'])('SANDBOX_PORT=%s is refused by name', (value) => {
  expect(() => basePortOf(value)).toThrow(/SANDBOX_PORT must be a whole number/);
});

test('R-513 SANDBOX_BUDGET_SOURCE names where spending comes from, and nothing else', () => {
  expect([undefined, '', 'budget-module', 'tempo-cloud'].map(budgetSourceOf)).toEqual([
    'computed',
    'computed',
    'budget-module',
    'tempo-cloud',
  ]);
  expect(() => budgetSourceOf('tempo')).toThrow(
    'SANDBOX_BUDGET_SOURCE must be one of computed, budget-module, tempo-cloud, not "tempo".',
  );
});

test('the sandbox protects Dataverse as the platform does; SANDBOX_PROTECTION_WINDOW shortens the wait (F-402)', () => {
  expect([undefined, ''].map(serviceProtectionOf)).toEqual([platformLimits, platformLimits]);
  expect(platformLimits).toMatchObject({ requests: 6_000, windowSeconds: 300, concurrent: 52 });
  expect(serviceProtectionOf('60')).toEqual({ ...platformLimits, windowSeconds: 60 });
  for (const wrong of ['5', '301', '1.5', 'short'])
    expect(() => serviceProtectionOf(wrong)).toThrow('SANDBOX_PROTECTION_WINDOW must be whole seconds from 10 to 300');
});

test('a busy port is named in one sentence, with the way out', async () => {
  const server = await listening();
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  const free = { formHost: 0, dataverse: 0, jira: 0, proxy: 0, gateway: 0, dataCenter: 0, sentry: 0, services: 0 };
  await expect(requireFreePorts({ ...free, dataverse: port })).rejects.toThrow(
    `Port ${port} (Dataverse) is in use: stop what uses it, or choose other ports with SANDBOX_PORT=5000 npm start.`,
  );
  await expect(requireFreePorts({ ...free, dataCenter: port })).rejects.toThrow(`Port ${port} (Jira Data Center)`);
  server.close();
});

test('secrets are made once, stay the same, and are readable by their owner only', () => {
  const file = join(folder, 'secrets.json');
  const secrets = readSecrets(file);
  expect(readSecrets(file)).toEqual(secrets);
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  expect(Math.min(...Object.values(secrets).map((secret) => secret.length))).toBeGreaterThanOrEqual(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  // One that a sandbox of an older version lacks is made once too: what is stored under a key must be readable tomorrow.
  const { serviceKey, ...others } = secrets;
  writeFileSync(file, JSON.stringify(others));
  expect(readSecrets(file)).toEqual({ ...others, serviceKey: expect.not.stringMatching(serviceKey) });
  expect(readSecrets(file)).toEqual(readSecrets(file));
  expect(() => testConfig({ SECRETS_KEY: serviceKey })).not.toThrow();
});

test('npm start before npm ci says what is missing, in one sentence', () => {
  mkdirSync(join(folder, 'sandbox'));
  const script = join(folder, 'sandbox', 'start.cjs');
  cpSync(join(__dirname, '..', '..', '..', 'sandbox', 'start.cjs'), script);
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect([status, stderr.trim()]).toEqual([1, 'The packages are not installed: run npm ci first, then npm start.']);
});

test('an older Node is named with the one that is needed', () => {
  const script = join(__dirname, '..', '..', '..', 'sandbox', 'start.cjs');
  const old = "Object.defineProperty(process.versions,'node',{value:'20.18.1'});";
  const { status, stderr } = spawnSync(process.execPath, ['-e', `${old}require(${JSON.stringify(script)})`], {
    encoding: 'utf8',
  });
  expect([status, stderr.trim()]).toEqual([1, 'Node 22.13 or newer is needed; this is Node 20.18.1.']);
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'F-217 %s to what npm has started ends what that has started, as the shell between tells nobody',
  async (signal) => {
    // In place of the sandbox a process that says that it runs, and ends as the sandbox does.
    const inner = `console.log('running ' + process.pid);
      for (const how of ['SIGTERM', 'disconnect']) process.on(how, () => { console.log('stopped'); process.exit(0); });`;
    mkdirSync(join(folder, 'sandbox'));
    mkdirSync(join(folder, 'node_modules', 'esbuild'), { recursive: true });
    cpSync(join(__dirname, '..', '..', '..', 'sandbox', 'start.cjs'), join(folder, 'sandbox', 'start.cjs'));
    writeFileSync(
      join(folder, 'node_modules', 'esbuild', 'index.js'),
      `exports.build = async () => ({ outputFiles: [{ text: ${JSON.stringify(inner)} }] });`,
    );
    const shell = spawn('sh', ['-c', `"${process.execPath}" sandbox/start.cjs; true`], {
      cwd: folder,
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    shell.stdout.on('data', (chunk: Buffer) => {
      if (said === '') shell.kill(signal);
      said += chunk.toString();
    });
    // The pipe closes when the last process that holds it has ended.
    await once(shell, 'close');
    expect(said).toMatch(/^running \d+\nstopped\n$/);
  },
);
