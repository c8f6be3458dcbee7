import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../../plugins-proxy/src/platform/config/config-schema';
import { residencyProblems } from '../../plugins-proxy/src/platform/config/residency';
import { requiredHosts } from '../../plugins-proxy/src/operations/gateway/gateway-settings';
import { intakeAnswers } from '../../plugins-proxy/src/inbound/webhooks/answers';
import { parseReference } from '../../plugins-proxy/src/platform/secrets/secret-reference';
import { documentText, root, sectionOf, tableRows } from './read-document';

const text = documentText('network');
const rows = tableRows(text, 'What is opened, by whom');
const row = (from: RegExp): readonly string[] => rows.find(([source]) => from.test(source!)) ?? [];

describe('firewall guide (R-1216)', () => {
  test('what the gateway and its administrators need is what its settings demand, outbound on 443', () => {
    const [, to, port] = row(/^gateway, administrators/);
    for (const host of requiredHosts) expect(to).toContain(`\`${host}\``);
    expect(port).toBe('443');
    expect(row(/^gateway$/)).toEqual(expect.arrayContaining([expect.stringContaining('Jira'), '443, 8443']));
  });

  test('what the service needs from Microsoft is approved without being listed, and nothing else of it is', () => {
    const hosts = rows
      .filter(([from]) => from === 'service')
      .flatMap(([, to]) => [...to!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!));
    expect(hosts).toEqual(['*.crm3.dynamics.com', 'login.microsoftonline.com', '*.vault.azure.net']);
    const addresses = hosts.slice(0, 2).map((host) => ({ variable: 'X', url: `https://${host.replace('*', 'acme')}` }));
    expect(residencyProblems({ region: null, approvedHosts: [] }, [], addresses)).toEqual([]);
    expect(
      residencyProblems({ region: null, approvedHosts: [] }, [], [{ variable: 'X', url: 'https://jira.example.ca' }]),
    ).toHaveLength(1);
    expect(parseReference('keyvault:https://crm-jira-integration-kv.vault.azure.net/secrets/a')).toBeTruthy();
  });

  test('the VPN and port 8080 are said, and plain http to another machine is refused', () => {
    expect(sectionOf(text, 'Between data centre and Azure')).toMatch(/IPsec VPN \(IKEv2, AES-256, certificate-based/);
    expect(text).toMatch(/Port 8080.*only with TLS/);
    const plain = [{ variable: 'JIRA_URL', url: 'http://jira.example.ca:8080' }];
    expect(residencyProblems({ region: null, approvedHosts: null }, [], plain)).toMatchObject([
      { variable: 'JIRA_URL', expected: expect.stringContaining('https') },
    ]);
  });
});

describe('the one way in (R-1229)', () => {
  test('only the webhook endpoint and, by choice, connector and API are called from outside, at paths that exist', () => {
    const inbound = rows.filter(([, to]) => to!.includes('of the service,') || to!.startsWith('the service,'));
    const calledByOthers = inbound.filter(([from]) => from !== 'gateway');
    expect(calledByOthers.map(([from]) => from!.split(',')[0])).toEqual([
      'Dataverse',
      'Jira',
      'Sentry',
      'connectors of Power Platform',
      'clients of the API',
    ]);
    for (const [, , port] of calledByOthers) expect(port).toBe('443');
    const intake = ['dataverse-webhooks', 'jira-webhooks', 'sentry-webhooks'].map((name) =>
      readFileSync(join(root, 'plugins-proxy', 'src', 'inbound', 'webhooks', `${name}.ts`), 'utf8'),
    );
    expect(intake[0]).toContain("'/webhooks/dataverse/");
    expect(intake[1]).toContain("'/webhooks/jira/");
    expect(intake[2]).toContain("'/webhooks/sentry/");
    expect(configSchema.shape.INBOUND).toBeDefined();
  });

  test('sources are service tags, and the direction of the webhook rule is put right', () => {
    const sources = tableRows(text, 'Sources of what comes in');
    expect(sources.map(([who]) => who)).toEqual(expect.arrayContaining(['Dataverse webhooks', 'connectors of flows']));
    expect(sources.find(([who]) => who === 'Dataverse webhooks')?.[1]).toContain('`PowerPlatformPlex`');
    expect(sources.find(([who]) => who === 'connectors of flows')?.[1]).toContain('`AzureConnectors.CanadaCentral`');
    expect(sectionOf(text, 'The one way in')).toMatch(/must let _out_ from Jira/);
  });

  test('what the check from outside expects is what an unsigned delivery gets', () => {
    expect(text).toContain(`answers ${intakeAnswers.badSignature.status}`);
  });
});
