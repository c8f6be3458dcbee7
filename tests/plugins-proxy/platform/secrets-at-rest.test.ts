import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsOf } from '../../../plugins-proxy/src/platform/config/secrets-of';
import { e1, startWorld, stopLater, stopWorlds } from '../world';

afterEach(stopWorlds);

test('R-1210 R-1214 the store of a whole project holds no secret, no amount and no name: nothing in it needs a key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-at-rest-'));
  stopLater(async () => rmSync(folder, { recursive: true }));
  const world = await startWorld('2025-01-16T14:00:00Z', {
    STORE_FILE: join(folder, 'proxy.sqlite'),
    CONNECTOR_ENABLED: 'true',
    CONNECTOR_PASSWORD: 'connector-password-of-the-tests',
    METRICS_TOKEN: 'metrics-token-of-the-tests',
  });
  const mapping = await world.provision();
  await world.approve();
  await world.logHours(await world.newIssue(), 1_700);
  await world.settledAt(mapping, [212_500, 37_500, 85, 3]);
  // A failure's sentence is kept too: one for a key that nobody has, one with the right and one with a wrong key.
  const ask = (authorization: string) => fetch(`${world.proxyUrl}/connector/project`, { headers: { authorization } });
  await ask(`Basic ${Buffer.from('crm-jira-gateway:connector-password-of-the-tests').toString('base64')}`);
  await ask(`Basic ${Buffer.from('crm-jira-gateway:a-wrong-password').toString('base64')}`);
  const during = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  await world.stopProxy();
  const after = readdirSync(folder).map((name) => readFileSync(join(folder, name)));

  const kept = Buffer.concat([...during, ...after]).toString('latin1');
  expect(kept).toContain('opportunity:');
  const secrets = secretsOf(world.config);
  expect(secrets.length).toBeGreaterThanOrEqual(8);
  for (const secret of secrets)
    for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
      expect(kept).not.toContain(form);
  expect(kept).not.toContain('a-wrong-password');
  expect(kept).not.toMatch(/Bearer |access_token|eyJ[\w-]{10,}\./);
  for (const text of [e1.name, 'Acme', '@company.com', '250000', '250,000', '212500']) expect(kept).not.toContain(text);
});
