import { descendants } from '../xml/descendants';
import { attributeNamed, childText, type XmlNode } from '../xml/xml-tree';
import type { SolutionPackage } from './build-packages';
import { packFiles } from './pack-files';
import { rootComponentProblems } from './root-components';
import { readXml, type SolutionFiles } from './solution-files';
import { unpackFiles } from './unpack-files';
import { unzip, zip } from './zip';

/** Languages that every text must stand in. */
const LANGUAGES = ['1033', '3084'];

/** Elements that hold one text per language. */
const TEXT_GROUPS = new Set([
  'LocalizedNames',
  'LocalizedCollectionNames',
  'Descriptions',
  'displaynames',
  'labels',
  'Titles',
]);

/** What is wrong with a package, in sentences; empty when nothing is. */
export function checkPackage({ fileName, parts, content, version, managed }: SolutionPackage): string[] {
  const root = readXml(parts, 'customizations.xml');
  return [
    ...missingTexts(root),
    ...missingFiles(root, parts),
    ...repeatedIds(root),
    ...rootComponentProblems(readXml(parts, 'solution.xml'), root, parts),
    ...(isSame(zip(packFiles(unpackFiles(unzip(fileName, content)), { version, managed })), content)
      ? []
      : ['is not the same after unpacking and packing']),
  ].map((problem) => `${fileName}: ${problem}`);
}

function missingTexts(root: XmlNode): string[] {
  return descendants(root)
    .filter(({ name, children }) => TEXT_GROUPS.has(name) && children.some((child) => languageOf(child) !== undefined))
    .flatMap((group) => {
      const missing = LANGUAGES.filter((language) => !group.children.some((child) => languageOf(child) === language));
      const [first] = group.children;
      return missing.map(
        (language) => `<${group.name}> with "${first ? textIn(first) : ''}" lacks language ${language}`,
      );
    });
}

const languageOf = (label: XmlNode): string | undefined =>
  attributeNamed(label, 'languagecode') ?? attributeNamed(label, 'LCID');
const textIn = (label: XmlNode): string =>
  attributeNamed(label, 'description') ?? attributeNamed(label, 'Title') ?? attributeNamed(label, 'Text') ?? '';

/** Files that components name must be in the package. */
function missingFiles(root: XmlNode, parts: SolutionFiles): string[] {
  return ['WebResource', 'CustomControl', 'Workflow', 'Connector'].flatMap((kind) =>
    descendants(root)
      .filter(({ name }) => name === kind)
      .flatMap((component) =>
        ['FileName', 'XamlFileName', 'JsonFileName', 'openapidefinition'].flatMap(
          (key) => childText(component, key) ?? [],
        ),
      )
      .filter((file) => !parts.has(file.replace(/^\//, '')))
      .map((file) => `${kind} names ${file}, which is not in the package`),
  );
}

/** Two components with one id overwrite each other at import. */
function repeatedIds(root: XmlNode): string[] {
  const ids = descendants(root).flatMap(ownId);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `two components have the id ${id}`);
}

/** Element → attribute or child that identifies it. Roles are found by their name: an app names roles by id alone. */
const IDENTIFIED_BY: Readonly<Record<string, string>> = {
  Workflow: 'WorkflowId',
  FieldSecurityProfile: 'fieldsecurityprofileid',
  systemform: 'formid',
  savedquery: 'savedqueryid',
  visualization: 'savedqueryvisualizationid',
  Dashboard: 'FormId',
  WebResource: 'WebResourceId',
  Connector: 'connectorid',
};

function ownId(node: XmlNode): string[] {
  const key = node.name === 'Role' && attributeNamed(node, 'name') !== undefined ? 'id' : IDENTIFIED_BY[node.name];
  const id = key === undefined ? undefined : (attributeNamed(node, key) ?? childText(node, key));
  return id === undefined ? [] : [id.toLowerCase()];
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
