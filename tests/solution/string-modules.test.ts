import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readControlKeys, readStrings, STRINGS_FOLDER } from '../../solution/tools/read/read-strings';
import { stringKeyModules, stringModules } from '../../solution/tools/write/write-strings';
import { failureTexts } from '@crmjira/domain';
import { failureResx } from '../../solution/tools/write/write-failure-texts';
import { REPOSITORY } from './solution-folder';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crmjira-strings-'));
  mkdirSync(join(root, STRINGS_FOLDER), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

type Entries = readonly (readonly [key: string, text: string])[];

function write(language: number, entries: Entries): void {
  const rows = entries.map(([key, text]) => `<data name="${key}" xml:space="preserve"><value>${text}</value></data>`);
  writeFileSync(join(root, STRINGS_FOLDER, `Page.${language}.resx`), `<root>${rows.join('')}</root>`);
}

const written = (): string | undefined => stringModules(readStrings(root)).get(`${STRINGS_FOLDER}/generated/page.ts`);

test('both languages of a text become one line of code (R-1936)', () => {
  write(1033, [['saved', 'It&#39;s saved: {name} &lt;1&gt;']]);
  write(3084, [['saved', 'Enregistré\u00a0: {name} &lt;1&gt;']]);
  expect(written()).toBe(
    [
      '// Written by `npm run generate` from Page.1033.resx and Page.3084.resx. Change these, not this file.',
      'export const pageTexts = {',
      "  saved: { 1033: 'It\\'s saved: {name} <1>', 3084: 'Enregistré\\u00a0: {name} <1>' },",
      '} as const;',
      '',
    ].join('\n'),
  );
});

const good: Entries = [
  ['saved', 'Saved {n}'],
  ['lost', 'Lost'],
];
test.each<[string, Entries, Entries, RegExp]>([
  ['a key that the French lacks', good, good.slice(0, 1), /Page\.3084\.resx lacks the key "lost"\.$/],
  ['a key that the English lacks', good.slice(0, 1), good, /Page\.1033\.resx lacks the key "lost"\.$/],
  [
    'a text that says nothing',
    good,
    [
      ['saved', 'Enregistré {n}'],
      ['lost', ' '],
    ],
    /Page\.3084\.resx says nothing for "lost"\.$/,
  ],
  [
    'another place in braces',
    good,
    [
      ['saved', 'Enregistré {m}'],
      ['lost', 'Perdu'],
    ],
    /other places in braces for "saved"/,
  ],
  ['a key that stands twice', [...good, ...good.slice(1)], good, /Page\.1033\.resx has the key "lost" twice\.$/],
  ['a key that is no name', [['1st', 'First']], [['1st', 'Premier']], /has the key "1st", which is no name in code/],
])('%s is refused', (_, english, french, says) => {
  write(1033, english);
  write(3084, french);
  expect(written).toThrow(says);
});

test('a language that has no file, and a file that is no XML, are refused', () => {
  write(1033, good);
  expect(written).toThrow(/Page\.3084\.resx is missing/);
  writeFileSync(join(root, STRINGS_FOLDER, 'Page.3084.resx'), '<root>');
  expect(written).toThrow(/Page\.3084\.resx is no XML/);
});

test('the keys of a control become a type, without those of its manifest; a language that lacks one is refused (R-1936)', () => {
  const control = join(root, 'controls/case-issues/src/CaseIssues');
  mkdirSync(join(control, 'strings'), { recursive: true });
  writeFileSync(join(control, 'ControlManifest.Input.xml'), '<manifest/>');
  const strings = (language: number, keys: readonly string[]) =>
    writeFileSync(
      join(control, `strings/CaseIssues.${language}.resx`),
      `<root>${keys.map((key) => `<data name="${key}"><value>x</value></data>`).join('')}</root>`,
    );
  strings(1033, ['control.name', 'title', 'error.jira-refused']);
  strings(3084, ['control.name', 'error.jira-refused', 'title']);
  expect([...stringKeyModules(readControlKeys(root))]).toEqual([
    [
      'controls/case-issues/src/generated/string-keys.ts',
      [
        '// Written by `npm run generate` from CaseIssues.1033.resx. Change that, not this file.',
        'export type StringKey =',
        "  | 'title'",
        "  | 'error.jira-refused';",
        '',
      ].join('\n'),
    ],
  ]);
  strings(3084, ['control.name', 'title']);
  expect(() => readControlKeys(root)).toThrow(/CaseIssues\.3084\.resx lacks the key "error\.jira-refused"/);
});

test('R-1401 a control whose resx words failures has those of the domain, in their order', () => {
  const strings = join(root, 'controls/case-issues/src/CaseIssues/strings');
  mkdirSync(strings, { recursive: true });
  writeFileSync(join(strings, '../ControlManifest.Input.xml'), '<manifest/>');
  const entry = (key: string, text: string) =>
    `  <data name="${key}" xml:space="preserve"><value>${text}</value></data>\n`;
  for (const language of [1033, 3084])
    writeFileSync(
      join(strings, `CaseIssues.${language}.resx`),
      `<root>\n${entry('title', 'x')}${entry('error.old', 'x')}</root>\n`,
    );
  const [[path, english] = []] = [...failureResx(root)];
  expect(path).toBe('controls/case-issues/src/CaseIssues/strings/CaseIssues.1033.resx');
  const start = `<root>\n${entry('title', 'x')}${entry('error.network', failureTexts.network[1033])}`;
  expect(english?.startsWith(start)).toBe(true);
  expect(english?.endsWith(`${entry('error.words', 'It says: {words}')}</root>\n`)).toBe(true);
  expect(english).not.toContain('error.old');
});

test('the web resources have texts for the form, the commands and each page', () => {
  expect(readStrings(REPOSITORY).map(({ name }) => name)).toEqual([
    'BackfillPage',
    'BudgetBurnPage',
    'Commands',
    'ConnectionGuide',
    'DeleteTime',
    'ExplainSync',
    'FinalReport',
    'IntegrationDetail',
    'IntegrationEnter',
    'IntegrationHealth',
    'Integrations',
    'IntegrationsDashboard',
    'IntegrationsList',
    'IntegrationsLogs',
    'IntegrationsProviders',
    'JiraProjects',
    'LinkProject',
    'MyConnection',
    'OpportunityForm',
    'PageFailures',
    'ProductHealth',
    'RecordIssues',
    'SyncHistory',
    'TimeSync',
  ]);
});

/** A text by language in code; the name of a locale and a no-break space are none. */
const OUTSIDE = /\b3084\s*:\s*['"`]|=== 3084\s*\?\s*['"`](?!fr-CA|\\u00a0)/;

test('no text of a control or a web resource stands outside its resx', () => {
  const files = ['controls', 'webresources'].flatMap((folder) =>
    globSync('**/src/**/*.{ts,tsx}', {
      cwd: join(REPOSITORY, folder),
      exclude: (name) => /^(node_modules|generated)$/.test(name),
    }).map((file) => join(folder, file)),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => OUTSIDE.test(readFileSync(join(REPOSITORY, file), 'utf8')))).toEqual([]);
});
