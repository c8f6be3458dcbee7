import type { SolutionMetadata } from '@crmjira/domain';
import { pathsOf, readXml, type SolutionFiles } from '../package/solution-files';
import { unzip } from '../package/zip';
import { childNamed, type XmlNode } from '../xml/xml-tree';
import { importableElements } from './importable-elements';
import { solutionMetadata } from './solution-metadata';
import { childOf, type XmlElement } from './xml-element';

/** A solution package, unfolded and read. */
export interface OpenPackage {
  readonly parts: SolutionFiles;
  /** `<ImportExportXml>` of solution.xml. */
  readonly manifest: XmlNode;
  /** `<ImportExportXml>` of customizations.xml. */
  readonly customizations: XmlNode;
  readonly metadata: SolutionMetadata;
  /** Parts of tables that the model has no place for, each as `kind name (reason)`. */
  readonly leftAside: readonly string[];
}

/**
 * Reads a package as an environment does at import: from its own parts, never from the source that it was packed from.
 *
 * @param name for messages
 * @param tables primary key column of each table that the environment has, by logical name
 * @throws SolutionSourceError naming part and element of the first thing that does not fit
 */
export function openPackage(
  name: string,
  content: Uint8Array,
  tables: ReadonlyMap<string, string> = new Map(),
): OpenPackage {
  const parts = unzip(name, content);
  const manifest = readXml(parts, 'solution.xml');
  const customizations = readXml(parts, 'customizations.xml');
  const inside = (section: string): XmlElement[] =>
    (childNamed(customizations, section)?.children ?? []).map((node) => elementOf('customizations.xml', node));
  const open = (path: string): XmlElement => elementOf(path, readXml(parts, path));
  const profiles = childNamed(customizations, 'FieldSecurityProfiles');
  const { elements, leftAside } = importableElements(
    {
      manifest: childOf(elementOf('solution.xml', manifest), 'SolutionManifest'),
      optionSets: inside('optionsets'),
      entities: inside('Entities'),
      relationships: inside('EntityRelationships'),
      processes: inside('Workflows'),
      processDefinition: open,
      roles: inside('Roles'),
      columnSecurityProfiles: profiles === undefined ? [] : [elementOf('customizations.xml', profiles)],
      environmentVariables: pathsOf(parts, /^environmentvariabledefinitions\/[^/]+\/[^/]+\.xml$/).map(open),
    },
    tables,
  );
  return { parts, manifest, customizations, metadata: solutionMetadata(elements, tables), leftAside };
}

/** The same element for those who read a solution; this form knows its file and not how its tags were written. */
function elementOf(file: string, node: XmlNode): XmlElement {
  return {
    file,
    name: node.name,
    attributes: Object.fromEntries(node.attributes),
    children: node.children.map((child) => elementOf(file, child)),
    text: node.text.trim(),
  };
}
