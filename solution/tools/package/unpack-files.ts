import { SolutionSourceError } from '../solution-source-error';
import { childNamed, childText, element, withChild, withChildren, withText, type XmlNode } from '../xml/xml-tree';
import { COMPONENT_FILES, nameOf } from './component-files';
import { splitEntity } from './entity-files';
import { partPaths } from './part-paths';
import { byCodeUnits, readXml, type SolutionFiles, withNamespace, xmlFile } from './solution-files';

/** Parts that are written anew from the others. */
const WRITTEN_BY_PACK = new Set(['[Content_Types].xml', 'solution.xml', 'customizations.xml']);

/** Groups of a package that are taken apart; every other group stays in Other/Customizations.xml as it is. */
const TAKEN_APART = new Set([
  'Entities',
  'FieldSecurityProfiles',
  'EntityRelationships',
  ...COMPONENT_FILES.map(({ section }) => section),
]);

/**
 * An unpacked solution from the parts of a package, in SolutionPackager's layout, so that a change made in the maker portal
 * shows as a change of few lines. Whether a package is managed is no matter of the source: the flag is put back to 0.
 *
 * @throws SolutionSourceError for a part that cannot be read or that no component names
 */
export function unpackFiles(parts: SolutionFiles): SolutionFiles {
  const root = readXml(parts, 'customizations.xml');
  const inside = (section: string): readonly XmlNode[] => childNamed(root, section)?.children ?? [];
  const entities = inside('Entities');
  const emptied = root.children.map((child) => (TAKEN_APART.has(child.name) ? withChildren(child, []) : child));

  const documents: [string, XmlNode][] = [
    ['Other/Solution.xml', unmanaged(readXml(parts, 'solution.xml'))],
    ['Other/Customizations.xml', { ...root, children: emptied }],
    ...entities.flatMap(splitEntity),
    ...COMPONENT_FILES.flatMap(({ section, pathOf }) =>
      inside(section).map((component): [string, XmlNode] => [pathOf(component), withNamespace(component)]),
    ),
    ...relationshipFiles(inside('EntityRelationships')),
  ];
  const profiles = inside('FieldSecurityProfiles');
  if (profiles.length > 0) {
    documents.push([
      'Other/FieldSecurityProfiles.xml',
      withNamespace(withChildren(element('FieldSecurityProfiles', []), profiles)),
    ]);
  }

  const { toSource } = partPaths(
    inside('WebResources'),
    entities.map((entity) => childText(entity, 'Name') ?? ''),
  );
  const files = new Map(documents.map(([path, document]) => [path, xmlFile(document)]));
  for (const [part, content] of parts) {
    if (WRITTEN_BY_PACK.has(part)) continue;
    const path = toSource(part);
    if (path === undefined) throw new SolutionSourceError(part, 'part', 'belongs to no component that is known here');
    files.set(path, content);
  }
  return new Map([...files].sort(([one], [other]) => byCodeUnits(one, other)));
}

/** One file for each table that is pointed at, and the list of all. */
function relationshipFiles(relationships: readonly XmlNode[]): [string, XmlNode][] {
  if (relationships.length === 0) return [];
  const byParent = new Map<string, XmlNode[]>();
  for (const relationship of relationships) {
    const parent = childText(relationship, 'ReferencedEntityName') ?? childText(relationship, 'FirstEntityName') ?? '';
    byParent.set(parent, [...(byParent.get(parent) ?? []), relationship]);
  }
  const names = relationships.map((each) => nameOf(each, 'Name')).sort(withoutCase);
  const list = names.map((name) => element('EntityRelationship', [], [['Name', name]]));
  return [
    ['Other/Relationships.xml', withNamespace(element('EntityRelationships', list))],
    ...[...byParent].map(([parent, children]): [string, XmlNode] => [
      `Other/Relationships/${parent}.xml`,
      withNamespace(element('EntityRelationships', children)),
    ]),
  ];
}

function withoutCase(one: string, other: string): number {
  return byCodeUnits(one.toLowerCase(), other.toLowerCase());
}

function unmanaged(root: XmlNode): XmlNode {
  const manifest = childNamed(root, 'SolutionManifest');
  const flag = manifest && childNamed(manifest, 'Managed');
  if (manifest === undefined || flag === undefined) {
    throw new SolutionSourceError('solution.xml', 'SolutionManifest', 'lacks <Managed>');
  }
  return withChild(root, 'SolutionManifest', withChild(manifest, 'Managed', withText(flag, '0')));
}
