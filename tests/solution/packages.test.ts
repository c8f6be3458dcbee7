import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackages, type SolutionPackage } from '../../solution/tools/package/build-packages';
import { checkPackage } from '../../solution/tools/package/check-package';
import { readFolder, writeFolder } from '../../solution/tools/package/folder-files';
import { packFiles } from '../../solution/tools/package/pack-files';
import type { SolutionFiles } from '../../solution/tools/package/solution-files';
import { unpackFiles } from '../../solution/tools/package/unpack-files';
import { unzip, zip } from '../../solution/tools/package/zip';
import { CONNECTOR, MAIN, stageSolution } from '../../solution/tools/stage-solution';
import { zipSync } from 'fflate';
import { REPOSITORY } from './solution-folder';

/** Built once: npm test builds controls and web resources before this. */
const packages = buildPackages(REPOSITORY);
const [connector, , main] = packages as [SolutionPackage, SolutionPackage, SolutionPackage];

const textOf = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = new Map<typeof MAIN, SolutionFiles>();

/** The source as the packer sees it, read once. */
function staged(solution: typeof MAIN): SolutionFiles {
  const files = read.get(solution) ?? stage(solution);
  read.set(solution, files);
  return files;
}

function stage(solution: typeof MAIN): SolutionFiles {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-staged-'));
  try {
    stageSolution(REPOSITORY, folder, solution);
    return readFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('there are six packages, connector first, cases last, named by the version of package.json', () => {
  expect(packages.map(({ fileName }) => fileName)).toEqual([
    'crmjiraconnector_0_1_0_0.zip',
    'crmjiraconnector_0_1_0_0_managed.zip',
    'crmjira_0_1_0_0.zip',
    'crmjira_0_1_0_0_managed.zip',
    'crmjiracases_0_1_0_0.zip',
    'crmjiracases_0_1_0_0_managed.zip',
  ]);
  for (const { parts, managed, version } of packages) {
    const manifest = textOf(parts.get('solution.xml'));
    expect(manifest).toContain(`<Managed>${managed ? 1 : 0}</Managed>`);
    expect(manifest).toContain(`<Version>${version}</Version>`);
  }
});

test('XML of a component has a content type of its own, as in real exports (F-407)', () => {
  const types = textOf(main.parts.get('[Content_Types].xml'));
  const overrides = [...types.matchAll(/<Override PartName="\/([^"]+)" ContentType="([^"]+)" \/>/g)];
  const ofComponents = [...main.parts.keys()].filter((name) => /^(Controls|environmentvariable).*\.xml$/.test(name));
  expect(ofComponents.length).toBeGreaterThan(1);
  expect(overrides.map(([, name]) => name)).toEqual(expect.arrayContaining(ofComponents));
  expect(new Set(overrides.map(([, , type]) => type))).toEqual(new Set(['application/octet-stream']));
  expect(types).toContain('<Default Extension="xml" ContentType="text/xml" />');
  expect(types).not.toContain('PartName="/customizations.xml"');
});

test('the same source gives the same bytes, on another day and in another time zone', () => {
  const zone = process.env.TZ;
  const inZone = (name: string): Uint8Array => {
    process.env.TZ = name;
    return zip(connector.parts);
  };
  try {
    expect(Buffer.compare(inZone('America/Vancouver'), connector.content)).toBe(0);
    expect(Buffer.compare(inZone('Asia/Tokyo'), connector.content)).toBe(0);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  const again = packFiles(staged(MAIN), { version: main.version, managed: main.managed });
  expect(Buffer.compare(zip(again), main.content)).toBe(0);
});

test.each([
  ['connector', CONNECTOR, 0],
  ['main', MAIN, 2],
] as const)('unpacking the %s package gives its source byte for byte, managed or not', (_name, solution, at) => {
  const source = staged(solution);
  for (const { fileName, content } of [packages[at]!, packages[at + 1]!]) {
    const unpacked = unpackFiles(unzip(fileName, content));
    expect([...unpacked.keys()].sort()).toEqual([...source.keys()].sort());
    const different = [...source].filter(([path, text]) => Buffer.compare(text, unpacked.get(path) ?? bytes('')) !== 0);
    expect(different.map(([path]) => path)).toEqual([]);
  }
});

test('a label changed in the maker portal changes one line of one file', () => {
  const changed = new Map(main.parts);
  const customizations = textOf(main.parts.get('customizations.xml'));
  changed.set(
    'customizations.xml',
    bytes(customizations.replace('description="Integration Reference"', 'description="Reference"')),
  );
  const before = unpackFiles(main.parts);
  const after = [...unpackFiles(changed)].filter(([path, text]) => textOf(before.get(path)) !== textOf(text));
  expect(after).toHaveLength(1);
  const [path = '', text] = after[0] ?? [];
  const old = textOf(before.get(path)).split('\n');
  expect(
    textOf(text)
      .split('\n')
      .filter((line, at) => line !== old[at]),
  ).toHaveLength(1);
});

test('the connector takes its host from the environment it is imported to', () => {
  const definition = textOf(packages[0]!.parts.get('Connector/crmjira_5Fjirabudget_openapidefinition.json'));
  expect(definition).toContain('"host": "@environmentVariables(\\"crmjira_ProxyHost\\")"');
  expect([...packages[0]!.parts.keys()]).toContain(
    'environmentvariabledefinitions/crmjira_ProxyHost/environmentvariabledefinition.xml',
  );
});

test('a cloud flow is packed with its definition and comes back as the two files that it was', () => {
  const flow = 'Workflows/DailyJIRABudgetSync-6F1E3A52-0000-4000-8000-000000000001.json';
  const record = `<?xml version="1.0" encoding="utf-8"?>
<Workflow WorkflowId="{6f1e3a52-0000-4000-8000-000000000001}" Name="Daily JIRA Budget Sync" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <JsonFileName>/${flow}</JsonFileName>
  <Category>5</Category>
</Workflow>
`;
  const source = new Map([
    ...staged(MAIN),
    [`${flow}.data.xml`, bytes(record)],
    [flow, bytes('{"properties":{}}')],
  ] as const);
  const parts = packFiles(source, main);
  expect(textOf(parts.get('customizations.xml'))).toContain(`<JsonFileName>/${flow}</JsonFileName>`);
  const unpacked = unpackFiles(parts);
  expect([textOf(unpacked.get(flow)), textOf(unpacked.get(`${flow}.data.xml`))]).toEqual(['{"properties":{}}', record]);
});

test.each([
  ['connector', CONNECTOR, 0],
  ['main', MAIN, 2],
] as const)('an exported %s solution brings its source and nothing that is built (F-209)', (_name, solution, at) => {
  const exported = unpackFiles(packages[at]!.parts);
  const source = [...exported.keys()].filter((path) => !solution.isBuilt(path));
  expect(source.sort()).toEqual([...readFolder(join(REPOSITORY, solution.source)).keys()].sort());
});

describe('npm run unpack', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'crmjira-unpacked-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const unpack = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'solution/tools/unpack.ts', ...args], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });

  test('writes what differs, leaves what says the same, and names what the package does not have', () => {
    const { fileName, content } = packages[0]!;
    const zipFile = join(folder, fileName);
    writeFileSync(zipFile, content);
    const source = join(folder, 'source');
    expect(unpack(zipFile, source).stdout).toContain('7 of 7 files written.');
    writeFileSync(join(source, 'Other', 'Solution.xml'), 'changed');
    writeFileSync(join(source, 'notes.txt'), 'mine');
    const again = unpack(zipFile, source);
    expect(again.stdout.trim().split('\n')).toEqual([
      'written  Other/Solution.xml',
      'not in the package  notes.txt',
      '1 of 7 files written.',
    ]);
    expect(again.status).toBe(0);
  });

  test('takes what SolutionPackager has unpacked, and shows what a maker has changed alone (F-407)', () => {
    const { source } = CONNECTOR;
    const ours = readFolder(join(REPOSITORY, source));
    const [theirs, written] = [join(folder, 'theirs'), join(folder, 'ours')];
    const asTheyWrite = ([path, content]: [string, Uint8Array]): [string, Uint8Array] => [
      path,
      path.endsWith('.xml') ? bytes(`\uFEFF${textOf(content).trimEnd().replaceAll('\n', '\r\n')}`) : content,
    ];
    writeFolder(theirs, new Map([...ours].map(asTheyWrite)), new Map());
    writeFolder(written, ours, new Map());
    const manifest = join(theirs, 'Other', 'Solution.xml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('<Version>', '<Version>9.'));
    const { stdout, status } = unpack(theirs, written);
    expect([status, stdout.trim().split('\n')]).toEqual([
      0,
      ['written  Other/Solution.xml', `1 of ${ours.size} files written.`],
    ]);
  });

  test('says how it is used, and what is wrong with a file that is no package', () => {
    expect(unpack('only-one').stderr).toContain('Use: npm run unpack -- <zip,');
    const broken = join(folder, 'broken.zip');
    writeFileSync(broken, '<html>502</html>');
    const { status, stderr } = unpack(broken, join(folder, 'source'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('broken.zip: <zip> cannot be read as a zip')]);
    expect(existsSync(join(folder, 'source'))).toBe(false);
  });
});

describe('our own checks', () => {
  test('find nothing wrong with the packages', () => {
    expect(packages.flatMap(checkPackage)).toEqual([]);
  });

  const broken = (change: (parts: Map<string, Uint8Array>, xml: string) => void): string[] => {
    const parts = new Map(main.parts);
    change(parts, textOf(parts.get('customizations.xml')));
    const content = zipSync(Object.fromEntries(parts), { level: 0 });
    const changed: SolutionPackage = { ...main, parts, content };
    return checkPackage(changed);
  };
  const rewrite = (from: string | RegExp, to: string) =>
    broken((parts, xml) => {
      const changed = xml.replace(from, to);
      expect(changed).not.toBe(xml);
      parts.set('customizations.xml', bytes(changed));
    });

  test('find a text without French', () => {
    expect(rewrite(/ *<label description="Sommaire" languagecode="3084" \/>\n/, '')).toContain(
      `${main.fileName}: <labels> with "Summary" lacks language 3084`,
    );
  });

  test('find a component that nobody described', () => {
    const description =
      / *<Descriptions>\s*<Description description="What is approved, what is spent[^]*?<\/Descriptions>\n/;
    expect(rewrite(description, '')).toContain(`${main.fileName}: <Dashboard> JIRA Project Budgets has no description`);
  });

  test('find a file that is not there', () => {
    const control = 'Controls/crmjira_CrmJira.BudgetBurn/ControlManifest.xml';
    expect(broken((parts) => parts.delete(control))).toContain(
      `${main.fileName}: CustomControl names /${control}, which is not in the package`,
    );
  });

  test('find a component that the manifest does not list, and one that it lists in vain', () => {
    const list = (from: string, to: string): string[] =>
      broken((parts) => parts.set('solution.xml', bytes(textOf(parts.get('solution.xml')).replace(from, to))));
    const found = list('schemaName="crmjira_/scripts/opportunity-form.js"', 'schemaName="crmjira_/scripts/gone.js"');
    expect(found).toEqual([
      `${main.fileName}: solution.xml does not list the component 61 crmjira_/scripts/opportunity-form.js`,
      `${main.fileName}: solution.xml lists 61 crmjira_/scripts/gone.js, which is not there`,
    ]);
  });

  test('find an id that stands twice', () => {
    const [first, second] = ['02c1a9e4-e25e-55b2-bca9-5b23b33d73ae', '354f1549-7677-5831-9401-d96e9f708d6b'];
    expect(rewrite(`<Role id="{${second}}"`, `<Role id="{${first}}"`)).toContain(
      `${main.fileName}: two components have the id {${first}}`,
    );
  });
});

describe('what does not belong', () => {
  const source = staged(MAIN);

  test('is a file that no component names', () => {
    const files = new Map([...source, ['Notes/todo.txt', bytes('later')]]);
    expect(() => packFiles(files, main)).toThrow('Notes/todo.txt: <document> belongs to no component of the solution');
  });

  test('is a part that no component names', () => {
    const parts = new Map([...main.parts, ['PluginAssemblies/x.dll', bytes('MZ')]]);
    expect(() => unpackFiles(parts)).toThrow(
      'PluginAssemblies/x.dll: <part> belongs to no component that is known here',
    );
  });

  test('is XML that is not well-formed', () => {
    const files = new Map([...source, ['Roles/Broken.xml', bytes('<Role>')]]);
    expect(() => packFiles(files, main)).toThrow('Roles/Broken.xml: <document> is not well-formed XML');
  });

  test('is a zip that names a path outside of it, or none at all', () => {
    expect(() => unzip('evil.zip', zipSync({ '../../etc/passwd': bytes('x') }))).toThrow(
      'evil.zip: <zip> names a path outside of it: ../../etc/passwd',
    );
    expect(() => unzip('no.zip', bytes('<html>502</html>'))).toThrow('no.zip: <zip> cannot be read as a zip');
  });
});
