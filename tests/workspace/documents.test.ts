import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'docs/real-tenant.md',
  'docs/command-line.md',
  'docs/connector.md',
  'docs/gateway.md',
  'docs/deployment.md',
  'docs/operations.md',
  'docs/deployment.md',
  'docs/security.md',
  'docs/maintenance.md',
  'docs/troubleshooting.md',
  'docs/solution-checks.md',
  'docs/runbook.md',
  'docs/network.md',
  'docs/threat-model.md',
  'docs/incident-response.md',
  'docs/compliance.md',
  'docs/licences.md',
  'docs/technical-specifications.md',
  'solution/README.md',
  'docs/add-a-control.md',
  'docs/host-fidelity.md',
  'docs/sales-rep.md',
  'docs/sales-rep.fr.md',
  'docs/project-manager.md',
  'docs/project-manager.fr.md',
  'docs/data-model.md',
  'docs/training/sales-rep.md',
  'docs/training/sales-rep.fr.md',
  'docs/training/project-manager.md',
  'docs/training/project-manager.fr.md',
  'docs/training/administrator.md',
  'docs/training/administrator.fr.md',
];

describe.each(DOCUMENTS)('%s', (document) => {
  test('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const builtIn = ['audit', 'ci', 'install', 'start', 'test', 'version'];
    const named = [...read(document).matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !(name in scripts) && !builtIn.includes(name))).toEqual([]);
  });

  test('names only environment variables that the proxy reads', () => {
    const schema = read('plugins-proxy/src/platform/config/config-schema.ts');
    const named = [...read(document).matchAll(/`([A-Z][A-Z_]{3,})`/g)].map((match) => match[1]!);
    const others = [
      'SANDBOX_PORT',
      'NO_SKIPS',
      'TEST_DATABASE_URL',
      'CHROMIUM',
      'UPDATE_BASELINES',
      'DATAVERSE_SCHEMAS',
    ];
    expect(named.filter((name) => !schema.includes(`${name}:`) && !others.includes(name))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const targets = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!);
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});
