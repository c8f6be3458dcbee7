import { descendants } from '../xml/descendants';
import { childText, type XmlNode } from '../xml/xml-tree';
import type { SolutionPackage } from './build-packages';
import { missingTexts, undescribed } from './check-texts';
import { sameBytes } from './folder-files';
import { packFiles } from './pack-files';
import { repeatedIds } from './repeated-ids';
import { rootComponentProblems } from './root-components';
import { readXml, type SolutionFiles } from './solution-files';
import { unpackFiles } from './unpack-files';
import { unzip } from './zip';

/** What is wrong with a package, in sentences; empty when nothing is. */
export function checkPackage({ fileName, parts, content, version, managed }: SolutionPackage): string[] {
  const root = readXml(parts, 'customizations.xml');
  const packed = unzip(fileName, content);
  return [
    ...missingTexts(root),
    ...undescribed(root),
    ...missingFiles(root, parts),
    ...repeatedIds(root),
    ...rootComponentProblems(readXml(parts, 'solution.xml'), root, parts),
    ...(sameParts(packFiles(unpackFiles(packed), { version, managed }), packed)
      ? []
      : ['is not the same after unpacking and packing']),
  ].map((problem) => `${fileName}: ${problem}`);
}

/** Compared before they are compressed: the same parts in the same order give the same zip. */
const sameParts = (some: SolutionFiles, others: SolutionFiles): boolean =>
  [...some.keys()].join('\n') === [...others.keys()].join('\n') &&
  [...some].every(([name, bytes]) => sameBytes(bytes, others.get(name) ?? new Uint8Array()));

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
