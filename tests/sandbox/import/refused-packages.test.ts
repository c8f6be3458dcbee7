import { zipSync } from 'fflate';
import type { Fixture } from '../dataverse/dataverse-fixture';
import { importBody, solutionsOf, startEnvironment } from './environment';
import { packed, packedParts } from './packages';

/** Milliseconds: each imports the whole product, some several times; a second each on a quiet machine. */

const connector = packed('connector', '1.0.0.0');
const parts = Object.fromEntries(packedParts('connector', '1.1.0.0'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (name: string): string => new TextDecoder().decode(parts[name]);

/** The connector's next version with parts put in, or taken out by `undefined`. */
const changed = (change: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({ ...parts, ...change }).flatMap(([name, content]) => (content ? [[name, content]] : [])),
    ),
  );

/** The first entry says in the directory that it unfolds to this many bytes. */
function announcing(size: number): Uint8Array {
  const content = Buffer.from(changed({}));
  const directory = content.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  content.writeUInt32LE(size, directory + 24);
  return content;
}

const laughs = `<!DOCTYPE ImportExportXml [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}"><!ENTITY c "${'&b;'.repeat(50)}">]>`;
const deep = `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`;

const refused: readonly (readonly [name: string, content: Uint8Array, code: string, says: string])[] = [
  ['that is truncated', connector.slice(0, connector.length - 200), '0x80048060', 'cannot be read as a zip'],
  ['that is no zip', bytes('<html>502 Bad Gateway</html>'), '0x80048060', 'cannot be read as a zip'],
  ['with a path outside of it', changed({ '../../evil.xml': bytes('<a />') }), '0x80048060', '../../evil.xml'],
  ['that unfolds without end', announcing(3_000_000_000), '0x80048060', 'unfolds to more than 256 MB'],
  ['without solution.xml', changed({ 'solution.xml': undefined }), '0x80048060', 'It lacks solution.xml'],
  ['without content types', changed({ '[Content_Types].xml': undefined }), '0x80048060', 'lacks [Content_Types].xml'],
  ['with a part of no type', changed({ 'other.exe': bytes('MZ') }), '0x80048060', 'gives other.exe no type'],
  [
    'with entities that unfold',
    changed({ 'customizations.xml': bytes(textOf('customizations.xml').replace('<ImportExportXml', `${laughs}$&`)) }),
    '0x8004802c',
    'document type declaration',
  ],
  ['nested without end', changed({ 'customizations.xml': bytes(deep) }), '0x8004802c', 'lies deeper than'],
  [
    'whose XML breaks off',
    changed({ 'customizations.xml': bytes(textOf('customizations.xml').slice(0, 400)) }),
    '0x8004802c',
    'customizations.xml: <document> is not well-formed XML',
  ],
  [
    'that is not UTF-8',
    changed({ 'solution.xml': Buffer.from(textOf('solution.xml').replace('connecteur', 'conn\u00e9'), 'latin1') }),
    '0x8004802c',
    'is not UTF-8 text',
  ],
  [
    'with a component that its manifest forgot',
    changed({ 'solution.xml': bytes(textOf('solution.xml').replace(/<RootComponent type="372"[^>]*\/>/, '')) }),
    '0x8004803a',
    'crmjira_5fjirabudget',
  ],
];

const climbing = Object.fromEntries(packedParts('main', '1.0.0.0'));
for (const name of ['solution.xml', 'customizations.xml'])
  climbing[name] = bytes(
    new TextDecoder()
      .decode(climbing[name])
      .replaceAll('crmjira_/scripts/opportunity-form.js', 'crmjira_/../../form.js'),
  );

let environment: Fixture;
beforeAll(async () => {
  environment = await startEnvironment([connector]);
});
afterAll(() => environment.dataverse.close());

const importing = (body: object, as?: string) => environment.call('POST', 'ImportSolution', body, {}, as);

test.each([
  ...refused,
  [
    'with a web resource that climbs out',
    zipSync(climbing, { level: 0 }),
    '0x8004802c',
    'crmjira_/../../form.js leads out',
  ] as const,
])('a package %s is refused in words, and nothing of it is kept', async (_name, content, code, says) => {
  const before = environment.dataverse.installed();
  const answer = await importing(importBody(content, { ImportJobId: undefined }));
  expect(answer.status).toBe(400);
  expect(answer.json.error.code).toBe(code);
  expect(answer.json.error.message).toContain(says);
  expect(answer.text).not.toMatch(/\n\s+at |node_modules/);
  expect(environment.dataverse.installed()).toBe(before);
});

test('a package that fails in the midst of its rows leaves neither schema nor rows', async () => {
  const main = packed('main', '1.0.0.0', {
    // A web resource that no table takes: found only when its row is written, after hundreds of others.
    edit: (path, text) =>
      path.endsWith('opportunity-form.js.data.xml')
        ? text.replace(/<WebResourceType>3</, '<WebResourceType>99<')
        : text,
  });
  const answer = await importing(importBody(main, { ImportJobId: undefined }));
  expect(answer.status).toBe(400);
  expect((await environment.call('GET', 'crmjira_budget_mappings')).status).toBe(404);
  expect(environment.dataverse.roleId('CRM-JIRA Integration User')).toBeNull();
  await expect(solutionsOf(environment)).resolves.toEqual(['crmjiraconnector 1.0.0.0 *']);
  // The environment goes on: the sound package is taken.
  const sound = await importing(importBody(packed('main', '1.0.0.0'), { ImportJobId: undefined }));
  expect(sound.status).toBe(204);
});

test('parameters are read strictly', async () => {
  const wrong = await importing({ CustomizationFile: 'not base64 !' });
  expect(wrong.status).toBe(400);
  expect(wrong.json.error.message).toContain("'CustomizationFile'");
  const unknown = await importing(importBody(connector, { Force: true }));
  expect(unknown.json.error.message).toContain("The parameter 'Force' in the request payload is not a valid parameter");
});

test('who may not customize may not import, whatever the package', async () => {
  const answer = await importing(importBody(bytes('no zip')), 'no.role@company.com');
  expect(answer.status).toBe(403);
  expect(answer.json.error.message).toContain('prvImportCustomization');
});

test('the same import job is not run twice', async () => {
  const body = importBody(packed('connector', '1.2.0.0'), { ImportJobId: 'c0ffee00-0000-4000-8000-00000000000a' });
  expect((await importing(body)).status).toBe(204);
  expect((await importing(body)).status).toBe(412);
});
