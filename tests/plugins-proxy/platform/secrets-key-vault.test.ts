import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectSecrets } from '../../../plugins-proxy/src/platform/secrets/collect-secrets';
import { openConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import { parseReference } from '../../../plugins-proxy/src/platform/secrets/secret-reference';
import { type KeyVaultWorld, reference, startKeyVault, vaultHost } from '../key-vault-world';
import { environment } from '../test-config';

let world: KeyVaultWorld;
const folder = mkdtempSync(join(tmpdir(), 'crmjira-secrets-'));
beforeEach(async () => (world = await startKeyVault()));
afterEach(() => world.close());
afterAll(() => rmSync(folder, { recursive: true }));

const withVault = { ...environment, JIRA_API_TOKEN: reference('JIRA-API-Token') };

test('R-1210 a secret is read from Key Vault by managed identity, others from variable and file beside it', async () => {
  const file = join(folder, 'step-key');
  writeFileSync(file, 'step-key-out-of-a-file\n');
  utimesSync(file, new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));
  const createdOn = new Date('2026-02-01T00:00:00Z');
  const expiresOn = new Date('2026-05-01T00:00:00Z');
  world.keyVault.set('JIRA-API-Token', 'token-out-of-the-vault', { createdOn, expiresOn });
  const live = await openConfig({ ...withVault, DATAVERSE_STEP_KEY: '', DATAVERSE_STEP_KEY_FILE: file }, world.vault);
  expect(live.current().jira.credentials).toMatchObject({ apiToken: 'token-out-of-the-vault' });
  expect(live.current().dataverse.stepKeys).toEqual(['step-key-out-of-a-file']);
  expect(live.facts().find(({ name }) => name === 'JIRA_API_TOKEN')).toMatchObject({ since: createdOn, expiresOn });
  const stepKey = live.facts().find(({ name }) => name === 'DATAVERSE_STEP_KEY');
  expect(stepKey).toMatchObject({ place: { kind: 'file' }, since: new Date('2026-01-01T00:00:00Z') });
  // A challenge, a token from the platform, the secret: nothing is listed (R-1210).
  expect(world.keyVault.log).toEqual([
    'GET /secrets/JIRA-API-Token/ 401',
    'GET /msi/token 200',
    'GET /secrets/JIRA-API-Token/ 200',
  ]);
});

test('R-1218 a new version is found without a restart, and an unusable one leaves the former in place', async () => {
  world.keyVault.set('JIRA-Webhook-Secret', 'webhook-secret-number-1');
  const live = await openConfig({ ...environment, JIRA_WEBHOOK_SECRET: reference('JIRA-Webhook-Secret') }, world.vault);
  const before = live.secrets();
  expect(await live.reload()).toBe(false);
  expect(live.secrets()).toBe(before);
  world.keyVault.set('JIRA-Webhook-Secret', 'webhook-secret-number-2');
  expect(await live.reload()).toBe(true);
  expect(live.current().jira.webhookSecrets).toEqual(['webhook-secret-number-2']);
  expect(live.secrets()).toContain('webhook-secret-number-2');
  world.keyVault.set('JIRA-Webhook-Secret', 'short');
  await expect(live.reload()).rejects.toThrow('JIRA_WEBHOOK_SECRET: expected a secret of at least 16 characters');
  expect(live.current().jira.webhookSecrets).toEqual(['webhook-secret-number-2']);
});

test.each([
  'keyvault:https://evil.example.com/secrets/JIRA-API-Token',
  'keyvault:http://crm-jira-integration-kv.vault.azure.net/secrets/JIRA-API-Token',
  'keyvault:https://crm-jira-integration-kv.vault.azure.net.evil.example.com/secrets/a',
  'keyvault:https://user@crm-jira-integration-kv.vault.azure.net/secrets/a',
  'keyvault:https://crm-jira-integration-kv.vault.azure.net:8443/secrets/a',
  'keyvault:https://evil.example.com#.vault.azure.net/secrets/a',
  'keyvault:https://a.b.vault.azure.net/secrets/a',
  'keyvault:https://crm-jira-integration-kv.vault.azure.net/keys/a',
  'keyvault:https://crm-jira-integration-kv.vault.azure.net/secrets/../keys/a',
  'keyvault:https://crm-jira-integration-kv.vault.azure.net/secrets/a?x=1',
  'keyvault:the-secret-itself',
])('R-1212 %s is not asked for and not shown', async (wrong) => {
  expect(parseReference(wrong)).toBeNull();
  const attempt = openConfig({ ...environment, JIRA_API_TOKEN: wrong }, world.vault);
  await expect(attempt).rejects.toThrow(/^JIRA_API_TOKEN: expected keyvault:https:\/\/<vault>[^]*not followed$/);
  await expect(attempt).rejects.not.toThrow(wrong);
  expect(world.asked).toEqual([]);
});

test('R-1217 an identity without the role is told which it needs; a missing secret is named', async () => {
  const words = `The vault https://${vaultHost} has no such secret, or it is disabled (secret JIRA-API-Token).`;
  await expect(collectSecrets(withVault, world.vault)).rejects.toThrow(words);
  const asked = parseReference(withVault.JIRA_API_TOKEN);
  if (asked === null) throw new Error('no reference');
  await expect(world.vault.read(asked)).rejects.toMatchObject({ code: 'key-vault', status: 404 });
  await world.close();
  world = await startKeyVault('none');
  await expect(collectSecrets(withVault, world.vault)).rejects.toThrow('needs "Key Vault Secrets User"');
  await expect(world.vault.read(asked)).rejects.toMatchObject({ code: 'key-vault', status: 403 });
});

test('R-1210 the name of the service account may lie beside its token', async () => {
  world.keyVault.set('JIRA-ServiceAccount-Username', 'powerplatform-integration@company.com');
  const over = { JIRA_EMAIL: reference('JIRA-ServiceAccount-Username') };
  const live = await openConfig({ ...environment, ...over }, world.vault);
  expect(live.current().jira.credentials).toMatchObject({ email: 'powerplatform-integration@company.com' });
});

test('F-306 an answer of a vault that is longer than any secret is not read to its end', async () => {
  world.keyVault.set('JIRA-API-Token', 'x'.repeat(2 * 1024 * 1024));
  await expect(openConfig(withVault, world.vault)).rejects.toThrow(/JIRA_API_TOKEN|crm-jira-integration-kv/);
});
