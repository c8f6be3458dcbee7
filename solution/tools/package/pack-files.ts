import { SolutionSourceError } from '../solution-source-error';
import { childNamed, withChild, withChildren, withText, type XmlNode } from '../xml/xml-tree';
import { COMPONENT_FILES } from './component-files';
import { joinEntities } from './entity-files';
import { contentTypes, partPaths } from './part-paths';
import { byCodeUnits, pathsOf, readXml, type SolutionFiles, withoutNamespace, xmlFile } from './solution-files';

export interface PackOptions {
  /** Four numbers, as Dataverse counts versions. */
  readonly version: string;
  readonly managed: boolean;
}

/** Files of the source that say what stands elsewhere in the package. */
const INDEXES = new Set(['Other/Solution.xml', 'Other/Customizations.xml', 'Other/Relationships.xml']);

/**
 * Parts of a solution package from an unpacked solution with its built parts beside it.
 *
 * @param files SolutionPackager's layout
 * @returns in the order in which they stand in the zip
 * @throws SolutionSourceError for a file that cannot be read or that no component names
 */
export function packFiles(files: SolutionFiles, options: PackOptions): SolutionFiles {
  const sections = sectionsOf(files);
  const used = new Set([...INDEXES, ...sections.flatMap(({ paths }) => paths)]);
  const tables = pathsOf(files, /^Entities\/[^/]+\/Entity\.xml$/).map((path) => path.split('/')[1] ?? '');
  const webResources = sections.find(({ name }) => name === 'WebResources')?.elements ?? [];
  const { toPart } = partPaths(webResources, tables);

  const parts = new Map([
    ['solution.xml', xmlFile(manifest(readXml(files, 'Other/Solution.xml'), options))],
    ['customizations.xml', xmlFile(customizations(readXml(files, 'Other/Customizations.xml'), sections))],
  ]);
  for (const path of [...files.keys()].sort(byCodeUnits)) {
    if (used.has(path)) continue;
    const part = toPart(path);
    const content = files.get(path);
    if (part === undefined || content === undefined) {
      throw new SolutionSourceError(path, 'document', 'belongs to no component of the solution');
    }
    parts.set(part, content);
  }
  return new Map([['[Content_Types].xml', new TextEncoder().encode(contentTypes(parts))], ...parts]);
}

interface Section {
  readonly name: string;
  readonly elements: readonly XmlNode[];
  /** Files of the source that it was read from. */
  readonly paths: readonly string[];
}

function sectionsOf(files: SolutionFiles): Section[] {
  const isEntityXml = /^Entities\/[^/]+\/(Entity|RibbonDiff|(FormXml\/[^/]+|SavedQueries|Visualizations)\/[^/]+)\.xml$/;
  const profiles = pathsOf(files, /^Other\/FieldSecurityProfiles\.xml$/);
  const relationships = pathsOf(files, /^Other\/Relationships\/[^/]+\.xml$/);
  const inside = (paths: readonly string[]): XmlNode[] => paths.flatMap((path) => readXml(files, path).children);
  return [
    { name: 'Entities', elements: joinEntities(files), paths: pathsOf(files, isEntityXml) },
    { name: 'FieldSecurityProfiles', elements: inside(profiles), paths: profiles },
    { name: 'EntityRelationships', elements: inside(relationships), paths: relationships },
    ...COMPONENT_FILES.map(({ section, file }) => {
      const paths = pathsOf(files, file);
      return { name: section, elements: paths.map((path) => withoutNamespace(readXml(files, path))), paths };
    }),
  ];
}

function customizations(skeleton: XmlNode, sections: readonly Section[]): XmlNode {
  return sections
    .filter(({ elements }) => elements.length > 0)
    .reduce((root, { name, elements }) => {
      const place = childNamed(root, name);
      if (place !== undefined) return withChild(root, name, withChildren(place, elements));
      throw new SolutionSourceError('Other/Customizations.xml', 'ImportExportXml', `has no place <${name} />`);
    }, skeleton);
}

function manifest(root: XmlNode, { version, managed }: PackOptions): XmlNode {
  const found = childNamed(root, 'SolutionManifest');
  const versionElement = found && childNamed(found, 'Version');
  const managedElement = found && childNamed(found, 'Managed');
  if (found === undefined || versionElement === undefined || managedElement === undefined) {
    throw new SolutionSourceError('Other/Solution.xml', 'SolutionManifest', 'lacks <Version> or <Managed>');
  }
  const versioned = withChild(found, 'Version', withText(versionElement, version));
  const marked = withChild(versioned, 'Managed', withText(managedElement, managed ? '1' : '0'));
  return withChild(root, 'SolutionManifest', marked);
}
