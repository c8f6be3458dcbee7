import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, brokenCitations } from './citations';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** What the product is held to; it writes keys and codes in capitals, which are no environment variables. */
const SPECIFICATION = ['docs/requirements.md', 'docs/examples.md', 'docs/data-rules.md', 'docs/decisions.md'];
const DOCUMENTS = [
  ...SPECIFICATION,
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
  'docs/walks.md',
  'docs/sales-rep.md',
  'docs/sales-rep.fr.md',
  'docs/support-agent.md',
  'docs/support-agent.fr.md',
  'docs/jira-issues.md',
  'docs/time.md',
  'docs/team-time.md',
  'docs/team-time.fr.md',
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

  test('links only to files that exist', () => {
    const targets = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!);
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

test.each(DOCUMENTS.filter((document) => !SPECIFICATION.includes(document)))(
  '%s names only environment variables that the proxy reads',
  (document) => {
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
  },
);

test.each([
  ['docs/team-time.md', ['token', 'Add connection', 'Sync to Jira', 'log work, nothing more', '401', 'CAPTCHA']],
  [
    'docs/team-time.fr.md',
    ['jeton', 'Ajouter une connexion', 'Synchroniser avec Jira', 'consigner du temps, rien de plus', '401', 'CAPTCHA'],
  ],
  [
    'docs/time.md',
    ['Work On Issues', 'Edit Own Worklogs', 'crmjira_Capabilities', 'plugins-proxy/src/capabilities/time'],
  ],
])(
  'R-1817 R-1838 %s leads from the token to what to do when it does not work, with the least rights',
  (document, says) => {
    const text = read(document).replace(/\s+/g, ' ');
    expect(says.filter((words) => !text.includes(words))).toEqual([]);
  },
);

test('R-1838 the guide for people has the same sections and the same failures in both languages', () => {
  const shape = (document: string): readonly string[] =>
    [...read(document).matchAll(/^(##|\d\.|\|)/gm)].map(([, mark]) => mark ?? '');
  expect(shape('docs/team-time.fr.md')).toEqual(shape('docs/team-time.md'));
});

test('R-2206 docs/walks.md names only files that exist; of a file to be made, a folder that does', () => {
  const named = [...read('docs/walks.md').matchAll(/`([^`\s]+\/[^`\s]*|[^`\s]+\.md)`/g)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => globSync(path.replace(/<.*/, ''), { cwd: root }).length === 0)).toEqual([]);
});

describe('citations', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter(
      (file) =>
        /\.(tsx?|[cm]?js|md|json|ya?ml|xml|resx|css|sh|ps1|txt|env)$/.test(file) && existsSync(join(root, file)),
    );
  const anchors = anchorsOf(files.filter((file) => /^docs\/[^/]+\.md$/.test(file)).map(read));
  /** The first two hold wrong ones on purpose; the third is written from what the others name; a hash of the last may look like one. */
  const exempt = [
    'tests/workspace/citations.ts',
    'tests/workspace/documents.test.ts',
    'docs/traceability.md',
    'package-lock.json',
  ];

  test('each leads to a place in the documents of this repository', () => {
    expect(anchors.size).toBeGreaterThan(400);
    const broken = files
      .filter((file) => !exempt.includes(file) && !file.startsWith('tests/fixtures/'))
      .flatMap((file) => brokenCitations(read(file), anchors).map((citation) => `${file}:${citation}`));
    expect(broken).toEqual([]);
  });

  test('one that leads nowhere is told with its line', () => {
    const some = anchorsOf(['<a id="r-505"></a> <a id="e1.9"></a>', '- **F-101 mended.** x', '| H-26  | y |']);
    expect(brokenCitations('R-505 (E1.9, F-101)\nH-26, R-506', some)).toEqual(['2: R-506']);
    const wrong = 'E1.12 E1-F9 D-6 ADR-3 T6 F-999\nDATA-MODEL 6, DESIGN decision 2\nS0 7.4, UX.md, A40';
    expect(brokenCitations(wrong, some)).toEqual([
      ...['1: E1.12', '1: E1-F9', '1: D-6', '1: ADR-3', '1: T6', '1: F-999'],
      ...['2: DATA-MODEL', '2: DESIGN', '3: S0', '3: UX.md', '3: A40'],
    ]);
    expect(brokenCitations('PR-101, customfield_10100', some)).toEqual([]);
  });
});
