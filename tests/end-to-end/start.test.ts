import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import type { Endpoints } from '../../sandbox/src/form-host/index';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { freeBasePort } from '../free-port';
import { OLIVIA, signIn } from './people';
import { type Started, runStart } from './start-command';

let basePort: number;
let url: string;

let folder: string;
let running: Started | null = null;
const environment = () => ({ SANDBOX_PORT: String(basePort), SANDBOX_STATE: join(folder, 'state') });

/** Starts and waits for the address; slow machines build first. */
async function start(args: readonly string[] = [], withinMs = 120_000): Promise<Started> {
  running = runStart(environment(), { args });
  await running.untilItSays(url, withinMs);
  return running;
}

async function endpoints(): Promise<Endpoints> {
  const answer = await request(`${url}/endpoints.json`);
  // What the first test holds to its contract, property by property.
  return (await answer.body.json()) as Endpoints;
}

const descriptionOf = async (): Promise<unknown> => {
  const olivia = await signIn(await endpoints(), OLIVIA);
  return (await olivia.row(`opportunities(${EXAMPLE_OPPORTUNITY_ID})?$select=description`))['description'];
};

beforeAll(async () => {
  basePort = await freeBasePort();
  url = `http://localhost:${basePort}`;
  folder = mkdtempSync(join(tmpdir(), 'crmjira-start-'));
});
afterAll(async () => {
  await running?.interrupt();
  rmSync(folder, { recursive: true, force: true });
});

test('one command prints one address, where the page is', async () => {
  const { said } = await start();
  expect(said().match(/https?:\/\/\S+/g)).toEqual([url]);
  const page = await request(url);
  expect(page.statusCode).toBe(200);
  await expect(page.body.text()).resolves.toContain('<html');
});

test('/endpoints.json has exactly the properties that ADR-24 documents, and the people to sign in as', async () => {
  const found = await endpoints();
  const shape = Object.fromEntries(
    Object.entries(found).map(([part, value]) => [part, Array.isArray(value) ? 'list' : Object.keys(value).sort()]),
  );
  expect(shape).toEqual({
    dataverse: ['api', 'clientId', 'clientSecret', 'scope', 'tenantId', 'tokenUrl', 'url'],
    jira: ['apiToken', 'email', 'pat', 'url', 'webhookSecret'],
    proxy: ['url'],
    sentry: ['clientSecret', 'organization', 'token', 'url'],
    inventory: ['token', 'url'],
    workOrders: ['password', 'url', 'user', 'wsdl'],
    sites: 'list',
    personas: 'list',
  });
  expect(found.dataverse).toMatchObject({ url: `http://localhost:${basePort + 10}`, api: '/api/data/v9.2/' });
  expect([found.jira.url, found.proxy.url]).toEqual([
    `http://localhost:${basePort + 20}`,
    `http://localhost:${basePort + 30}`,
  ]);
  expect(found.sites).toMatchObject([
    { name: 'Jira Cloud', deployment: 'cloud', ...found.jira },
    { name: 'Jira Data Center', deployment: 'dc', url: `http://localhost:${basePort + 50}` },
  ]);
  expect(running?.said()).toContain(`A second Jira, Data Center, is on port ${basePort + 50}`);
});

test('a second start while it runs names every port in use, and what to do', async () => {
  const second = runStart({ ...environment(), SANDBOX_STATE: join(folder, 'other') });
  await expect(second.ended()).resolves.toBe(1);
  for (const offset of [0, 10, 20, 30, 40, 50])
    expect(second.said()).toMatch(new RegExp(`port ${basePort + offset} \\(`, 'i'));
  expect(second.said()).toContain('SANDBOX_PORT=5000 npm start');
  expect(second.said()).not.toMatch(/\n\s+at /);
});

test('what was entered is still there after a restart; --reset forgets it', async () => {
  const olivia = await signIn(await endpoints(), OLIVIA);
  await olivia.update(`opportunities(${EXAMPLE_OPPORTUNITY_ID})`, { description: 'Kept over a restart' });
  await expect(running?.interrupt()).resolves.toBe(0);

  await start();
  await expect(descriptionOf()).resolves.toBe('Kept over a restart');
  await expect(running?.interrupt()).resolves.toBe(0);

  await start(['--reset']);
  await expect(descriptionOf()).resolves.toMatch(/^Complete digital transformation/);
});

test('on an older Node it says what is needed in one sentence', async () => {
  const preload = join(folder, 'old-node.cjs');
  writeFileSync(
    preload,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });",
  );
  const old = runStart(environment(), { nodeArgs: ['--require', preload] });
  await expect(old.ended()).resolves.toBe(1);
  expect(old.said().trim()).toBe('Node 22.13 or newer is needed; this is Node 18.20.4.');
});
