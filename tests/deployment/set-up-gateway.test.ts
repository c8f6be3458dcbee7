import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGatewaySettings } from '../../plugins-proxy/src/operations/gateway/gateway-settings';
import { documentText, root } from './read-document';

const script = readFileSync(join(root, 'solution', 'deployment', 'set-up-gateway.ps1'), 'utf8');
const guide = documentText('gateway');
/** Calls with their named parameters, e.g. `Add-DataGatewayCluster` → `-GatewayName`, … */
const callsIn = (text: string): Map<string, string[]> =>
  new Map(
    [...text.matchAll(/\b((?:\w+)-(?:\w*Gateway\w*|AzKeyVaultSecret))\b([^|\n]*)/g)].map((match) => [
      match[1]!,
      [...match[2]!.matchAll(/ (-[A-Z]\w+)/g)].map((parameter) => parameter[1]!).sort(),
    ]),
  );

// There is no Windows here to run it on: what can be held is that it does what the guide says, step by step.
describe('set-up-gateway.ps1 (R-904, R-905)', () => {
  const [inScript, inGuide] = [callsIn(script), callsIn(guide)];

  test('registers as the guide does: same calls, same parameters', () => {
    for (const name of [
      'Install-DataGateway',
      'Add-DataGatewayCluster',
      'Add-DataGatewayClusterUser',
      'Set-DataGatewayInstaller',
    ])
      expect([name, inScript.get(name)]).toEqual([name, inGuide.get(name)]);
    expect(script).not.toMatch(/GatewayInstall\.exe|Register-OnPremisesDataGateway/);
  });

  test('takes the recovery key from the vault alone, never from its settings or an argument', () => {
    const refusal = /-notmatch '(.+)'\)/.exec(script)?.[1];
    const example = readFileSync(join(root, 'plugins-proxy', 'operations', 'gateway-settings.example.json'), 'utf8');
    expect(parseGatewaySettings(example).recoveryKey).toMatch(new RegExp(refusal!));
    expect('x'.repeat(32)).not.toMatch(new RegExp(refusal!));
    expect(/^param\(\n([\s\S]*?)\n\)/m.exec(script)?.[1]).not.toMatch(/key/i);
    expect(script).toContain('(Get-AzKeyVaultSecret -VaultName $vaultName -Name $secretName).SecretValue');
  });

  test('uses only what the settings hold', () => {
    const example = parseGatewaySettings(
      readFileSync(join(root, 'plugins-proxy', 'operations', 'gateway-settings.example.json'), 'utf8'),
    );
    const used = [...script.matchAll(/\$settings\.(\w+)/g)].map((match) => match[1]!);
    expect(used.filter((name) => !(name in example))).toEqual([]);
    expect(used.length).toBeGreaterThan(3);
  });
});
