import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages } from '../../solution/tools/package/build-packages';
import { componentIds } from '../../solution/tools/package/repeated-ids';
import { readXml } from '../../solution/tools/package/solution-files';
import { descendants } from '../../solution/tools/xml/descendants';
import { attributeNamed, childText, type XmlNode } from '../../solution/tools/xml/xml-tree';
import { REPOSITORY } from './solution-folder';

/** Built once: npm test builds controls and web resources before this. */
const managed = buildPackages(REPOSITORY).filter((each) => each.managed);
const customizations = managed.map(({ parts }) => readXml(parts, 'customizations.xml'));
const manifests = managed.map(({ parts }) => readXml(parts, 'solution.xml'));
const main = customizations[1]!;

const named = (root: XmlNode, name: string): XmlNode[] => descendants(root).filter((node) => node.name === name);
const lower = (names: readonly (string | undefined)[]): string[] => names.flatMap((name) => name?.toLowerCase() ?? []);

/** Tables that every environment has, without an app of Microsoft's (Dataverse itself, its "System" solution). */
const EVERYWHERE = new Set([
  'account',
  'businessunit',
  'contact',
  'email',
  'organization',
  'owner',
  'processstage',
  'queue',
  'systemuser',
  'task',
  'team',
  'transactioncurrency',
  'workflow',
]);

/** Tables that relationships, views, charts, sub-grids, the app and the site map name. */
function tablesNamed(): string[] {
  const relationships = ['ReferencedEntityName', 'ReferencingEntityName'].flatMap((end) =>
    named(main, 'EntityRelationship').map((node) => childText(node, end)),
  );
  const queries = ['entity', 'link-entity'].flatMap((kind) =>
    named(main, kind).map((node) => attributeNamed(node, 'name')),
  );
  const grids = named(main, 'TargetEntityType').map(({ text }) => text.trim());
  const areas = named(main, 'SubArea').map((node) => attributeNamed(node, 'Entity'));
  const components = named(main, 'AppModuleComponent')
    .filter((node) => attributeNamed(node, 'type') === '1')
    .map((node) => attributeNamed(node, 'schemaName'));
  return [...new Set(lower([...relationships, ...queries, ...grids, ...areas, ...components]))].sort();
}

test('no table of an app is used that the manifest does not declare as a dependency', () => {
  const ours = new Set(
    lower(
      named(manifests[1]!, 'RootComponent')
        .filter((node) => attributeNamed(node, 'type') === '1' && attributeNamed(node, 'behavior') === '0')
        .map((node) => attributeNamed(node, 'schemaName')),
    ),
  );
  const declared = new Set(
    lower(
      named(manifests[1]!, 'Required')
        .filter((node) => attributeNamed(node, 'type') === '1')
        .map((node) => attributeNamed(node, 'schemaName')),
    ),
  );
  const used = tablesNamed();
  expect(used).toEqual(expect.arrayContaining(['crmjira_budget_mapping', 'opportunity', 'product', 'systemuser']));
  expect(used.filter((table) => !ours.has(table) && !declared.has(table) && !EVERYWHERE.has(table))).toEqual([]);
  expect([...declared].filter((table) => !used.includes(table))).toEqual([]);
});

test('every connector, control and web resource that is used is brought along or declared', () => {
  const manifest = manifests.flatMap((root) => named(root, 'RootComponent'));
  const brought = new Set(lower(manifest.map((node) => attributeNamed(node, 'schemaName'))));
  const libraries = named(main, 'Library').map((node) => attributeNamed(node, 'name'));
  const controls = named(main, 'customControl').map((node) => attributeNamed(node, 'name'));
  const scripts = named(main, 'JavaScriptFunction').map((node) =>
    attributeNamed(node, 'Library')?.replace(/^\$webresource:/, ''),
  );
  const used = lower([...libraries, ...controls, ...scripts]);
  expect(used.length).toBeGreaterThan(5);
  expect([...new Set(used)].filter((name) => !brought.has(name))).toEqual([]);
  const connectors = named(main, 'customconnectorid').flatMap((node) => childText(node, 'connectorid') ?? []);
  const declared = named(manifests[1]!, 'Required')
    .filter((node) => attributeNamed(node, 'type') === '372')
    .map((node) => attributeNamed(node, 'id')?.replace(/[{}]/g, ''));
  expect(connectors).toEqual(declared);
});

test('every component keeps the id that it was first given; new ones are added to released-ids.txt', () => {
  const released = readFileSync(join(__dirname, 'released-ids.txt'), 'utf8').trim().split('\n');
  const present = customizations.flatMap(componentIds).map(({ kind, id }) => `${kind} ${id}`);
  expect(released.length).toBeGreaterThan(150);
  expect([
    ...released.filter((line) => !present.includes(line)).map((line) => `no package has '${line}' any more`),
    ...present.filter((line) => !released.includes(line)).map((line) => `released-ids.txt lacks '${line}'`),
  ]).toEqual([]);
});
