import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { configSchema, secretNames } from '../../plugins-proxy/src/platform/config/config-schema';
import { readConfig } from '../../plugins-proxy/src/platform/config/read-config';
import { documentText, root } from './read-document';

const known = Object.keys(configSchema.shape);
const documents = readdirSync(join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => documentText(name.slice(0, -'.md'.length)))
  .join('\n');

describe('the variables of the service (F-215, R-2210)', () => {
  test('all stand in the documents', () => {
    const missing = known.filter((name) => !new RegExp(`\\b${name}\\b`).test(documents));
    expect(missing).toEqual([]);
  });

  test('every one that the documents call a variable is read', () => {
    const cells = [...documentText('real-tenant').matchAll(/^\| (`[A-Z][A-Z0-9_]+`[^|]*)\|/gm)].map(
      (match) => match[1]!,
    );
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map((match) => match[1]!));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('stand in the example: nothing unknown, no secret, and with the secrets of compose.yaml the service would start', () => {
    const text = readFileSync(join(root, 'plugins-proxy', 'operations', 'proxy.example.env'), 'utf8');
    const withAll = parseEnv(text.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
    expect(Object.keys(withAll).filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(withAll).filter((name) => (secretNames as readonly string[]).includes(name))).toEqual([]);
    const secrets = {
      DATAVERSE_CLIENT_SECRET: 'client-secret-of-the-tests',
      DATAVERSE_STEP_KEY: 'step-key-of-the-tests-0001',
      JIRA_API_TOKEN: 'api-token-of-the-tests',
      JIRA_WEBHOOK_SECRET: 'webhook-secret-of-the-tests',
    };
    const config = readConfig({ ...parseEnv(text), ...secrets });
    expect([config.jira.deployment, config.dataverse.url]).toEqual(['cloud', 'https://example.crm3.dynamics.com']);
  });
});
