import { SolutionSourceError } from '../solution-source-error';
import { parseXmlTree, type XmlNode, xmlText } from '../xml/xml-tree';

/** Path with forward slashes → content: a folder, or the parts of a package. */
export type SolutionFiles = ReadonlyMap<string, Uint8Array>;

const NAMESPACE = ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'] as const;

/** Decoded strictly: a file in another encoding is refused, not garbled. @throws SolutionSourceError */
export function readXml(files: SolutionFiles, path: string): XmlNode {
  const content = files.get(path);
  if (content === undefined) throw new SolutionSourceError(path, 'document', 'is missing');
  try {
    return parseXmlTree(path, new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (cause) {
    if (cause instanceof SolutionSourceError) throw cause;
    throw new SolutionSourceError(path, 'document', 'is not UTF-8 text', { cause });
  }
}

export function xmlFile(root: XmlNode): Uint8Array {
  return new TextEncoder().encode(xmlText(root));
}

/** In a package the namespace is declared once, on the root of customizations.xml. */
export function withoutNamespace(root: XmlNode): XmlNode {
  return { ...root, attributes: root.attributes.filter(([name]) => name !== NAMESPACE[0]) };
}

/** A file of its own declares the namespace itself. */
export function withNamespace(root: XmlNode): XmlNode {
  return { ...root, attributes: [...root.attributes, NAMESPACE] };
}

/** Paths that match, by code units: the same order on every machine. */
export function pathsOf(files: SolutionFiles, pattern: RegExp): string[] {
  return [...files.keys()].filter((path) => pattern.test(path)).sort(byCodeUnits);
}

export function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
