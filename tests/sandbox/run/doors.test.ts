import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../../sandbox/src/sandbox';
import { freeBasePort } from '../../free-port';

let sandbox: Sandbox;
let stateDir: string;

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'crmjira-doors-'));
  sandbox = await createSandbox({ basePort: await freeBasePort(), stateDir, proxy: 'child', proxyFrom: 'source' });
  await sandbox.ready(60_000);
});
afterAll(async () => {
  await sandbox.close();
  rmSync(stateDir, { recursive: true, force: true });
});

test('a newcomer can read what flows can call, and call it through the data gateway without a password', async () => {
  const page = await fetch(`${sandbox.urls.proxy}/api`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('JIRA Budget Module Connector')]);
  const url = sandbox.urls.gateway;
  const budgets = await fetch(`${url}/connector/rest/tempo-budgets/1/budget?projectKey=NONE`);
  expect([budgets.status, await budgets.json()]).toEqual([200, { budgets: [] }]);
  const myself = await fetch(`${url}/relay/relay/jira/rest/api/3/myself`);
  expect([myself.status, await myself.json()]).toMatchObject([200, { displayName: 'Power Platform Integration' }]);
  // Without the gateway's connection both ask who is there.
  for (const path of ['/rest/tempo-budgets/1/budget?projectKey=NONE', '/relay/jira/rest/api/3/myself'])
    expect((await fetch(sandbox.urls.proxy + path)).status).toBe(401);
});

test('everything listens on this machine alone', () => {
  for (const app of [
    sandbox.gateway.app,
    sandbox.dataverse.app,
    sandbox.jira.app,
    sandbox.dataCenter.app,
    sandbox.sentry.app,
    sandbox.services.app,
    sandbox.formHost,
  ])
    expect(app.addresses()).toMatchObject([{ address: '127.0.0.1' }]);
});
