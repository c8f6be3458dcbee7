import type { XmlNode } from '../../xml/xml-tree';
import { pathsOf, type SolutionFiles, xmlFile } from '../solution-files';
import { unpackFiles } from '../unpack-files';

/** An attribute that nothing else has: elements that carry it are found again in the unpacked source. */
const MARK = 'crmjira-place';

export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * Where elements of customizations.xml stand in the source that the package unpacks to, so that a person finds them in the files that
 * they edit.
 *
 * @param parts of the package
 * @param root of its customizations.xml
 */
export function sourcePlaces(
  parts: SolutionFiles,
  root: XmlNode,
  elements: readonly XmlNode[],
): Map<XmlNode, SourcePlace> {
  const wanted = new Map(elements.map((element, at) => [element, String(at)]));
  const marked = new Map([...parts, ['customizations.xml', xmlFile(withMarks(root, wanted))]] as const);
  const unpacked = unpackFiles(marked);
  const places = new Map<XmlNode, SourcePlace>();
  for (const file of pathsOf(unpacked, /\.xml$/)) {
    const lines = new TextDecoder().decode(unpacked.get(file)).split('\n');
    lines.forEach((text, at) => {
      const element = elements[Number(new RegExp(` ${MARK}="(\\d+)"`).exec(text)?.[1])];
      if (element !== undefined) places.set(element, { file, line: at + 1 });
    });
  }
  return places;
}

function withMarks(node: XmlNode, wanted: ReadonlyMap<XmlNode, string>): XmlNode {
  const mark = wanted.get(node);
  return {
    ...node,
    attributes: mark === undefined ? node.attributes : [...node.attributes, [MARK, mark]],
    children: node.children.map((child) => withMarks(child, wanted)),
  };
}
