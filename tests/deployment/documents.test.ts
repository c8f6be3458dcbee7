import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeProgram } from '../../plugins-proxy/src/cli/program';
import { allOperations } from '../../plugins-proxy/src/inbound/connector/all-operations';
import { definitionFiles, documentFile } from '../../plugins-proxy/src/inbound/connector/write-definitions';
import { symptoms } from '../../plugins-proxy/src/platform/errors/symptoms';
import { allTargets } from '../../solution/tools/build/build-all';
import { anchorsOf, documentText, linksIn, root } from './read-document';

const names = [
  'requirements',
  'examples',
  'data-rules',
  'decisions',
  'runbook',
  'network',
  'threat-model',
  'incident-response',
  'compliance',
  'licences',
  'technical-specifications',
  'api-documentation',
  'real-tenant',
  'operations',
  'deployment',
  'maintenance',
  'troubleshooting',
  'connector',
  'gateway',
  'glossary',
  'faq',
];

type Command = ReturnType<typeof describeProgram>;
const program = describeProgram((command) => command.option('--json'));

/** The command that a line such as `crmjira retention search --since <instant>` calls, and what of it does not exist. */
function wrongWords(line: string): string[] {
  const words = line.split(/\s+/).slice(1);
  let at: Command = program;
  while (
    (at === program || at.commands.length > 0) &&
    words[0] !== undefined &&
    !words[0].startsWith('-') &&
    !words[0].startsWith('<')
  ) {
    const next = at.commands.find((child) => child.name() === words[0]);
    if (next === undefined) return [line];
    at = next;
    words.shift();
  }
  if (at === program && words[0] !== '--version') return [line];
  const known = new Set([...program.options, ...at.options].map(({ long }) => long));
  const wrong = words.filter((word) => word.startsWith('--') && !known.has(word));
  const symptom = /--symptom (\S+)/.exec(line)?.[1];
  if (symptom !== undefined && !symptom.startsWith('<') && !symptoms.some(({ id }) => id === symptom))
    wrong.push(symptom);
  return wrong.map((word) => `${line}: ${word}`);
}

describe.each(names)('docs/%s.md', (name) => {
  const text = documentText(name);

  test('links to places that exist, headings included', () => {
    const wrong = linksIn(text).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? join(root, 'docs', `${name}.md`) : join(root, 'docs', path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
    });
    expect(wrong).toEqual([]);
  });

  test('calls only commands, options and symptoms that exist', () => {
    const inline = [...text.matchAll(/`(?:npx )?(crmjira [^`]+)`/g)].map((match) => match[1]!);
    const blocks = [...text.matchAll(/^(?:npx )?(crmjira .+)$/gm)].map((match) => match[1]!);
    expect([...inline, ...blocks].flatMap(wrongWords)).toEqual([]);
  });

  test('names only files of the repository that exist, scripts that can be run', () => {
    const paths = [...text.matchAll(/`((?:solution|plugins-proxy|tests|\.github)\/[\w./-]+)/g)].map(
      (match) => match[1]!,
    );
    const built = (path: string): boolean => path.startsWith('plugins-proxy/dist');
    expect(paths.filter((path) => !built(path) && !existsSync(join(root, path)))).toEqual([]);
    for (const path of paths.filter((one) => one.endsWith('.sh')))
      expect(statSync(join(root, path)).mode & 0o111).toBeTruthy();
  });

  test('is led to from the README or from a document that is', () => {
    const readme = linksIn(readFileSync(join(root, 'README.md'), 'utf8'));
    const reached = readme.flatMap((link) => {
      const file = join(root, link.split('#')[0]!);
      if (!file.endsWith('.md') || !existsSync(file)) return [];
      return [file, ...linksIn(readFileSync(file, 'utf8')).map((next) => join(dirname(file), next.split('#')[0]!))];
    });
    expect(reached).toContain(join(root, 'docs', `${name}.md`));
  });
});

test('what was promised by name is there, the API document as the routes say it (R-2210)', () => {
  for (const name of ['README.md', 'docs/technical-specifications.md', documentFile])
    expect([name, existsSync(join(root, name))]).toEqual([name, true]);
  expect(readFileSync(join(root, documentFile), 'utf8')).toBe(definitionFiles().get(documentFile));
  const headings = new Set([...documentText('api-documentation').matchAll(/^### (\w+)$/gm)].map((match) => match[1]));
  expect(allOperations.filter(({ operationId }) => !headings.has(operationId))).toEqual([]);
});

test('R-2202 the service is built before it is started, by a target that there is', () => {
  const block = /```sh\n([^`]*plugins-proxy\/dist\/server\.js\n)```/.exec(documentText('real-tenant'))?.[1] ?? '';
  const steps = block.split('\n').map((line) => line.split('#')[0]!.trim());
  expect(steps.slice(0, 3)).toEqual([
    'npm ci && npm run build -- --only plugins-proxy',
    'npm ci --omit=dev',
    'node plugins-proxy/dist/server.js',
  ]);
  expect(allTargets(root).map((target) => target.name)).toContain('plugins-proxy');
});

test('a command that does not exist would have been found', () => {
  expect(wrongWords('crmjira docter')).toHaveLength(1);
  expect(wrongWords('crmjira doctor --symptom nothing')).toHaveLength(1);
  expect(wrongWords('crmjira retention search --sinse <instant>')).toHaveLength(1);
});
