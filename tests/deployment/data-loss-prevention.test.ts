import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readNeededSettings } from '../../solution/tools/deployment/needed-settings';

const root = join(__dirname, '..', '..');
const folder = join(root, 'solution', 'deployment');
const classification = z.enum(['Confidential', 'General', 'Blocked']);

/** The parts of a data policy that Power Platform's administration takes; a misspelt word would be passed over there, not here. */
const policyFile = z.strictObject({
  policyDefinition: z.strictObject({
    displayName: z.string(),
    defaultConnectorsClassification: classification,
    connectorGroups: z
      .array(
        z.strictObject({
          classification,
          connectors: z.array(
            z.strictObject({
              id: z.string().regex(/^\/providers\/Microsoft\.PowerApps\/apis\/shared_[a-z0-9]+$/),
              name: z.string().min(1),
              type: z.literal('Microsoft.PowerApps/apis'),
            }),
          ),
        }),
      )
      .length(3),
    environmentType: z.enum(['AllEnvironments', 'OnlyEnvironments', 'ExceptEnvironments']),
    environments: z.array(
      z.strictObject({
        id: z.string().startsWith('/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/'),
        name: z.string(),
        type: z.literal('Microsoft.BusinessAppPlatform/scopes/environments'),
      }),
    ),
  }),
  customConnectorUrlPatternsDefinition: z.strictObject({
    rules: z.array(
      z.strictObject({
        order: z.int().positive(),
        customConnectorRuleClassification: z.enum(['Confidential', 'General', 'Blocked', 'Ignore']),
        pattern: z.string().min(1),
      }),
    ),
  }),
});
const text = readFileSync(join(folder, 'data-loss-prevention-policy.json'), 'utf8');
const { policyDefinition: policy, customConnectorUrlPatternsDefinition: patterns } = policyFile.parse(JSON.parse(text));
const idsOf = (group: string): string[] =>
  policy.connectorGroups
    .filter((one) => one.classification === group)
    .flatMap((one) => one.connectors.map(({ id }) => id));

/** What a custom connector of that address is, as Power Platform decides it: the first rule in order that fits. */
function classify(address: string): string | undefined {
  const ordered = [...patterns.rules].sort((one, other) => one.order - other.order);
  return ordered.find(({ pattern }) => {
    const expression = pattern.split('*').map((part) => part.replaceAll(/[.?+^$()[\]{}|\\/]/g, '\\$&'));
    return new RegExp(`^${expression.join('.*')}$`, 'i').test(address);
  })?.customConnectorRuleClassification;
}

describe('data policy (R-1211)', () => {
  test('is the named one, for production alone, with the three platform connectors as business', () => {
    expect(policy.displayName).toBe('CRM-JIRA Integration Data Protection');
    expect(policy).toMatchObject({ environmentType: 'OnlyEnvironments', environments: [{ name: expect.any(String) }] });
    expect(idsOf('Confidential').map((id) => id.split('/').at(-1))).toEqual([
      'shared_commondataserviceforapps',
      'shared_office365outlook',
      'shared_approvals',
    ]);
  });

  test('no connector stands in two groups', () => {
    const all = policy.connectorGroups.flatMap(({ connectors }) => connectors.map(({ id }) => id));
    expect(new Set(all).size).toBe(all.length);
  });

  test('every connection reference of the solutions is a business connector, the custom one by its host', () => {
    const references = readNeededSettings(root).flatMap(({ connectionReferences }) => connectionReferences);
    const custom = references.filter(({ connectorId }) => connectorId.includes('/shared_crmjira'));
    expect(custom).toHaveLength(1);
    const others = references.filter((one) => !custom.includes(one));
    expect(others.map(({ connectorId }) => connectorId).filter((id) => !idsOf('Confidential').includes(id))).toEqual(
      [],
    );
    expect(text).not.toContain('shared_crmjira');
  });

  test('a custom connector is business by its host, every other is blocked', () => {
    const host = '<host of the prod service>';
    expect(readFileSync(join(folder, 'deploymentSettings.prod.json'), 'utf8')).toContain(`"${host}"`);
    expect([`https://${host}`, `https://${host}/rest`].map(classify)).toEqual(['Confidential', 'Confidential']);
    expect(classify(`https://${host}.example.com/rest`)).toBe('Blocked');
    expect(classify('https://elsewhere.example.com/rest')).toBe('Blocked');
    expect(classify(`http://${host}/rest`)).toBe('Blocked');
    expect(Math.max(...patterns.rules.map(({ order }) => order))).toBe(
      patterns.rules.find(({ pattern }) => pattern === '*')?.order,
    );
  });

  test('the script applies this file, refuses it while a value is missing, and never makes a second policy of the name', () => {
    const script = readFileSync(join(folder, 'apply-data-loss-prevention.ps1'), 'utf8');
    expect(script).toContain("'data-loss-prevention-policy.json'");
    expect(script).toContain("if ($text -match '<[^<>]+>') { throw");
    for (const cmdlet of ['Get-DlpPolicy', 'New-DlpPolicy', 'Set-DlpPolicy', 'New-PowerAppPolicyUrlPatterns'])
      expect(script).toContain(cmdlet);
    expect(script.indexOf('throw')).toBeLessThan(script.indexOf('New-DlpPolicy'));
  });
});
