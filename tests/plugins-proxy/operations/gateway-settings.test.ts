import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayCheck } from '../../../plugins-proxy/src/cli/doctor/gateway-check';
import {
  daysUntilRotation,
  InvalidGatewaySettings,
  parseGatewaySettings,
  requiredHosts,
} from '../../../plugins-proxy/src/operations/gateway/gateway-settings';
import { certificateFolder } from '../certificates';
import { testConfig } from '../test-config';

const root = join(__dirname, '..', '..', '..');
const exampleText = readFileSync(join(root, 'plugins-proxy/operations/gateway-settings.example.json'), 'utf8');
const example = JSON.parse(exampleText) as Record<string, unknown>;
const document = readFileSync(join(root, 'docs/gateway.md'), 'utf8');
const over = (changes: Record<string, unknown>): string => JSON.stringify({ ...example, ...changes });

describe('settings of the gateway (R-904, R-905, R-914)', () => {
  test('the example fits, and holds no id, no key, nothing but references', () => {
    expect(parseGatewaySettings(exampleText)).toMatchObject({
      gatewayName: 'JIRA-Integration-Gateway',
      region: 'canadacentral',
      serviceAccount: 'domain\\svc-powerplatform',
    });
    expect(exampleText).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/i);
    for (const name of ['environmentId', 'tenantId', 'recoveryKey'])
      expect(example[name]).toMatch(/^@Microsoft\.KeyVault\(SecretUri=https:/);
  });

  test.each([
    ['a recovery key in the file', { recoveryKey: 'x'.repeat(32) }, /^recoveryKey: expected a Key Vault reference/],
    ['no recovery key', { recoveryKey: undefined }, /^recoveryKey: expected a Key Vault reference/],
    [
      'a vault elsewhere',
      { recoveryKey: '@Microsoft.KeyVault(SecretUri=https://evil.example/secrets/a)' },
      /^recoveryKey/,
    ],
    ['another region', { region: 'eastus' }, /^region: expected canadacentral$/],
    ['an id that is none', { environmentId: 'prod' }, /^environmentId: expected a GUID, or a Key Vault reference$/],
    [
      'an account of a person',
      { serviceAccount: 'domain\\olivia' },
      /^serviceAccount: expected domain\\svc-powerplatform$/,
    ],
    ['weaker encryption', { encryption: 'AES-128' }, /^encryption: expected AES-256$/],
    ['administrators without MFA', { administratorMfa: false }, /^administratorMfa: expected true/],
    ['an open port', { outboundOnly: false }, /^outboundOnly: expected true/],
    [
      'a pinned certificate',
      { pinning: { to: 'certificate', publicKeySha256: [] } },
      /^pinning.*breaks when it is renewed/,
    ],
    [
      'a host less',
      { allowList: requiredHosts.slice(1) },
      /^allowList: expected all of \*\.powerplatform\.microsoft\.com/,
    ],
    ['everything allowed', { allowList: [...requiredHosts, '*'] }, /^allowList\.3: expected a host/],
    ['an unknown setting', { recovery_key: 'secret-in-the-wrong-place' }, /the file: expected/],
  ])('%s is refused by its place, and no value is repeated', (_what, changes, message) => {
    let said = 'accepted';
    try {
      parseGatewaySettings(over(changes));
    } catch (error) {
      if (!(error instanceof InvalidGatewaySettings)) throw error;
      said = error.message;
    }
    expect(said).toMatch(message);
    expect(said).not.toMatch(/x{32}|secret-in-the-wrong-place|olivia/);
  });

  test('the recovery key is due after 30 days (R-905)', () => {
    const settings = parseGatewaySettings(over({ recoveryKeyChangedOn: '2027-01-01' }));
    expect(daysUntilRotation(settings, new Date('2027-01-01T12:00:00Z'))).toBe(29);
    expect(daysUntilRotation(settings, new Date('2027-01-31T00:00:00Z'))).toBe(0);
    expect(daysUntilRotation(settings, new Date('2027-02-01T00:00:00Z'))).toBe(-1);
  });
});

describe('doctor looks at the gateway (R-905, R-914)', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'crmjira-gateway-settings-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = async (text: string | null, now = '2027-01-10T00:00:00Z') => {
    const file = join(folder, 'settings.json');
    if (text !== null) writeFileSync(file, text);
    const config = testConfig({ GATEWAY_SETTINGS_FILE: file });
    return gatewayCheck(config, () => new Date(now)).look();
  };

  test.each([
    ['in order', over({ recoveryKeyChangedOn: '2027-01-01' }), 'ok', /JIRA-Integration-Gateway, canadacentral/],
    ['a key soon due', over({ recoveryKeyChangedOn: '2026-12-14' }), 'warning', /3 days left/],
    ['a key overdue', over({ recoveryKeyChangedOn: '2026-12-01' }), 'failed', /10 days too old/],
    ['wrong', over({ region: 'westeurope' }), 'failed', /region: expected canadacentral/],
    ['no JSON', '{', 'failed', /a JSON file/],
    ['no file', null, 'failed', /cannot be read/],
  ])('%s', async (_what, text, status, says) => {
    const finding = await at(text);
    expect(finding.status).toBe(status);
    expect(finding.says).toMatch(says);
  });

  test('is skipped where none is configured', async () => {
    expect(await gatewayCheck(testConfig(), () => new Date()).look()).toMatchObject({ status: 'skipped' });
  });
});

describe('docs/gateway.md (R-904, R-905)', () => {
  /** Cmdlets of Microsoft's modules DataGateway and Az.KeyVault, and PowerShell's own. */
  const known = [
    'Add-DataGatewayCluster',
    'Add-DataGatewayClusterUser',
    'Connect-DataGatewayServiceAccount',
    'Get-AzKeyVaultSecret',
    'Get-DataGatewayClusterStatus',
    'Get-DataGatewayRegion',
    'Install-DataGateway',
    'Install-Module',
    'Set-DataGatewayInstaller',
  ];

  test('uses cmdlets that exist, and names the two that do not only to say so', () => {
    const scripts = [...document.matchAll(/```powershell\n([\s\S]*?)```/g)].map((match) => match[1]).join('\n');
    const used = [
      ...`${scripts}${document.match(/`Set-[^`]*`/)?.[0]}`.matchAll(/\b[A-Z][a-z]+-(?:Az|Data|Module)\w*/g),
    ];
    expect([...new Set(used.map(([name]) => name))].sort()).toEqual(known);
    for (const myth of ['GatewayInstall.exe', 'Register-OnPremisesDataGateway']) expect(scripts).not.toContain(myth);
    expect(document).toContain('elevated PowerShell');
    expect(scripts).toContain("'JIRA-Integration-Gateway' -RegionKey canadacentral");
    for (const host of requiredHosts) expect(document).toContain(`\`${host}\``);
  });

  const shell = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => (match[1] ?? '').trim());
  const run = (command: string, cwd: string): string =>
    execFileSync('sh', ['-c', command], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

  test('its command makes a recovery key of 32 characters (R-904)', () => {
    const [make = ''] = shell;
    const [one, other] = [run(make, root), run(make, root)];
    expect([one.length, other.length]).toEqual([32, 32]);
    expect(one).not.toBe(other);
  });

  test('its command gives the fingerprint of a key, which a renewed certificate keeps (R-905)', () => {
    const { at, pem, authority, remove } = certificateFolder();
    authority('authority');
    const [, fingerprint = ''] = shell;
    const printed = run(fingerprint, join(at('authority.pem'), '..'));
    const key = createPublicKey(pem('authority.pem')).export({ type: 'spki', format: 'der' });
    expect(printed).toBe(createHash('sha256').update(key).digest('base64'));
    expect(() =>
      parseGatewaySettings(over({ pinning: { to: 'authority', publicKeySha256: [printed] } })),
    ).not.toThrow();
    remove();
  });
});
