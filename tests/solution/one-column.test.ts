import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { allTargets } from '../../solution/tools/build/build-all';
import { isFresh } from '../../solution/tools/build/run-target';
import { leftToDo } from '../../solution/tools/consequences/left-to-do';
import { generate, staleFiles, writeStaleFiles } from '../../solution/tools/generate';
import { openPackage } from '../../solution/tools/read/open-package';
import { REPOSITORY } from './solution-folder';

/** What the command writes is copied, what it reads only or finds built is linked. */
const COPIED = [
  'solution/src',
  'solution/connector',
  'solution/cases',
  'solution/tools',
  'domain/src',
  ...['src', 'operations', 'connector-definitions', 'dist', 'package.json'].map((name) => `plugins-proxy/${name}`),
  'package.json',
];
const LINKED = [
  'controls',
  'webresources',
  'sandbox/src/form-host',
  'sandbox/dist',
  'plugins-proxy/node_modules',
  'package-lock.json',
  'node_modules',
];
const MAPPING = 'solution/src/Entities/crmjira_budget_mapping';
const TABLE = 'crmjira_budget_mapping';

let root: string;
/** Made when it is first asked for, and kept while tests only edit it. */
let copy: string | null = null;
/** Edited file → what it was. */
const edited = new Map<string, string>();

const removeCopy = (): void => {
  if (copy !== null) rmSync(copy, { recursive: true, force: true });
  copy = null;
};

function copyOfRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crmjira-column-'));
  for (const path of COPIED)
    if (existsSync(join(REPOSITORY, path))) cpSync(join(REPOSITORY, path), join(folder, path), { recursive: true });
  for (const path of LINKED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(REPOSITORY, path), join(folder, path));
  }
  return folder;
}

beforeEach(() => {
  copy ??= copyOfRepository();
  root = copy;
});
afterEach(() => {
  if (copy !== null) for (const [path, text] of edited) writeFileSync(path, text);
  edited.clear();
});
afterAll(removeCopy);

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const edit = (path: string, change: (text: string) => string): void => {
  const before = read(path);
  const after = change(before);
  expect(after).not.toBe(before);
  if (!edited.has(join(root, path))) edited.set(join(root, path), before);
  writeFileSync(join(root, path), after);
};
const form = (): string => `${MAPPING}/FormXml/main/${readdirSync(join(root, MAPPING, 'FormXml/main'))[0]}`;

/** `npm run generate`, and the lines that it says. */
async function run(): Promise<readonly string[]> {
  const said: string[] = [];
  expect(await generate(root, true, (line) => said.push(line))).toBe(true);
  return said;
}

const element = /<attribute PhysicalName="crmjira_team">[\s\S]*?<\/attribute>\n\s*/;

/** The element of a text column of ours as a maker's unpack writes it, under another name. */
function like(name: string): string {
  const [team = ''] = element.exec(read(`${MAPPING}/Entity.xml`)) ?? [];
  return team.replaceAll('crmjira_team', name).replace('"Project Team"', '"Cost Centre"');
}

const packed = () => {
  const path = join(root, 'dist/crmjira_0_1_0_0_managed.zip');
  const { metadata } = openPackage(path, new Uint8Array(readFileSync(path)));
  return metadata.tables.find(({ logicalName }) => logicalName === TABLE)?.columns.map((each) => each.logicalName);
};

/** The four places in which a column shows up. */
function placesOf(column: string): readonly string[] {
  const rows = read('domain/src/schema/generated/rows.ts').split(`/** \`${TABLE}\` */`)[1]?.split('\n}\n')[0];
  const { tables } = JSON.parse(read('sandbox/src/dataverse/metadata/generated/solution-metadata.json')) as {
    tables: { logicalName: string; columns: { logicalName: string }[] }[];
  };
  const ours = tables.find(({ logicalName }) => logicalName === TABLE);
  const section = read('docs/data-model.md').split(`### \`${TABLE}\``)[1]?.split('\n### ')[0];
  return [
    ...(rows?.includes(`  ${column}: string | null;`) ? ['types'] : []),
    ...(ours?.columns.some(({ logicalName }) => logicalName === column) ? ['sandbox'] : []),
    ...(section?.includes(`| \`${column}\` |`) ? ['document'] : []),
    ...(packed()?.includes(column) ? ['package'] : []),
  ];
}

test('nothing is left to do in the repository as it stands', () => {
  expect(leftToDo(REPOSITORY).map(({ file, what }) => `${file}: ${what}`)).toEqual([]);
});

const namedIn = (): readonly string[] => leftToDo(root).map(({ file, what }) => `${file}: ${what}`);

describe('what the command writes', () => {
  // Besides what was edited.
  afterEach(removeCopy);

  test('a column renamed in solution/src reaches types, sandbox, package and document by one command, and every file that has the old name is told', async () => {
    // What nobody has built yet is built as well; npm test builds before this.
    const stale = allTargets(root).flatMap((target) => (isFresh(root, target) ? [] : [target.name]));
    edit(`${MAPPING}/Entity.xml`, (text) => text.replace(element, like('crmjira_people')));
    const said = await run();
    expect(placesOf('crmjira_team')).toEqual([]);
    expect(placesOf('crmjira_people')).toEqual(['types', 'sandbox', 'document', 'package']);
    const old = (file: string) =>
      `left to do  ${file}: crmjira_team is not in solution/src: rename it here or take it out`;
    expect(said).toEqual(
      expect.arrayContaining([
        'written  docs/data-model.md',
        'written  domain/src/schema/generated/rows.ts',
        'written  domain/src/schema/generated/text-lengths.ts',
        'written  sandbox/src/dataverse/metadata/generated/solution-metadata.json',
        expect.stringMatching(/^packages +built/),
        `written  ${form()}`,
        old(form()),
        old('plugins-proxy/src/capabilities/budget/reconcile/apply-team.ts'),
        old('plugins-proxy/src/capabilities/budget/read/read-mapping.ts'),
      ]),
    );
    // Types do not reach a bundle, and a text's length only that of the proxy: neither controls nor pages are built for a column.
    const began = said.flatMap((line) => /^building {2}(\S+) …$/.exec(line)?.[1] ?? []);
    expect(began.sort()).toEqual([...new Set([...stale, 'packages', 'plugins-proxy'])].sort());
  }, 120_000);

  test('an added column is put on the form by the same command, once, below the last one, and asks for nothing else', () => {
    edit(`${MAPPING}/Entity.xml`, (text) => text.replace(element, (found) => `${found}${like('crmjira_cost_centre')}`));
    expect(namedIn()).toEqual([
      `${form()}: put crmjira_cost_centre on the form: a cell with a control whose datafieldname is crmjira_cost_centre`,
    ]);
    const before = read(form()).split('\n');
    expect(writeStaleFiles(root)).toContain(form());
    expect(namedIn()).toEqual([]);
    expect(staleFiles(root)).toEqual([]);
    const added = read(form())
      .split('\n')
      .filter((line) => !before.includes(line));
    expect(added.map((line) => line.trim())).toEqual([
      expect.stringMatching(/^<cell id="\{[-0-9a-f]{36}\}" showlabel="true" locklevel="0">$/),
      '<label description="Cost Centre" languagecode="1033" />',
      '<control id="crmjira_cost_centre" classid="{4273EDBD-AC1D-40D3-9FB2-095C621B552D}" datafieldname="crmjira_cost_centre" disabled="false" />',
    ]);
  });
});

test('of a removed column, views, forms and code that still show it are named', () => {
  edit(`${MAPPING}/Entity.xml`, (text) => text.replace(element, ''));
  const view = `${MAPPING}/SavedQueries/${readdirSync(join(root, MAPPING, 'SavedQueries'))[0]}`;
  edit(view, (text) => text.replace('<order ', '<attribute name="crmjira_team" />\n          <order '));
  const files = namedIn().map((line) => line.split(': ')[0]);
  expect(files).toEqual(
    expect.arrayContaining([form(), view, 'plugins-proxy/src/capabilities/budget/read/read-mapping.ts']),
  );
});

test.each([
  [
    'a secured column asks for a permission in both profiles (R-1208)',
    (text: string) => text.replace('<IsSecured>0<', '<IsSecured>1<'),
    [
      'opportunity.crmjira_cost_centre is secured: give it a permission in the profile CRM-JIRA Integration Columns: Service',
      'opportunity.crmjira_cost_centre is secured: give it a permission in the profile CRM-JIRA Integration Columns: Readers',
    ].map((what) => `solution/src/Other/FieldSecurityProfiles.xml: ${what}`),
  ],
  [
    'a column on a table of the platform asks for its classification (R-1220)',
    (text: string) => text.replaceAll(/ Prot(ected|égé) [AB]\./g, ''),
    [
      'solution/src/Entities/Opportunity/Entity.xml: crmjira_cost_centre: end its descriptions with how it is classified: " Protected A." and " Protégé A.", or B',
    ],
  ],
  [
    'classifications that differ between the languages are told (R-1220)',
    (text: string) => text.replace(/ Protégé [AB]\./, ''),
    [
      'solution/src/Entities/Opportunity/Entity.xml: crmjira_cost_centre: the two descriptions end with different classifications',
    ],
  ],
  [
    'a column without a description asks for one',
    (text: string) => text.replace(/<Descriptions>[\s\S]*<\/Descriptions>/, ''),
    [
      'solution/src/Entities/Opportunity/Entity.xml: crmjira_cost_centre: describe what it holds in <Descriptions>, in 1033 and in 3084',
    ],
  ],
])('%s', (_what, change, expected) => {
  const file = 'solution/src/Entities/Opportunity/Entity.xml';
  const note = /<attribute PhysicalName="crmjira_budget_review_note">[\s\S]*?<\/attribute>\n\s*/;
  edit(file, (text) =>
    text.replace(
      note,
      (found) => `${found}${change(found.replaceAll('crmjira_budget_review_note', 'crmjira_cost_centre'))}`,
    ),
  );
  expect(namedIn()).toEqual(expected);
});

test('a permission for a column that is not secured is to be taken out (R-1208)', () => {
  edit('solution/src/Other/FieldSecurityProfiles.xml', (text) =>
    text.replace('>crmjira_approved_by<', '>crmjira_budget_review_note<'),
  );
  expect(leftToDo(root).map(({ what }) => what)).toEqual([
    'opportunity.crmjira_approved_by is secured: give it a permission in the profile CRM-JIRA Integration Columns: Service',
    'opportunity.crmjira_budget_review_note is no secured column: take its permission out of the profile CRM-JIRA Integration Columns: Service',
  ]);
});
