import type { Labels } from '@crmjira/domain';
import { XMLParser } from 'fast-xml-parser';

/** One element as fast-xml-parser gives it with every element an array: attributes `@name`, text `#text`, children by name. */
export interface XmlNode {
  readonly [name: string]: string | readonly XmlNode[] | undefined;
}

export interface NamedNode {
  readonly name: string;
  readonly node: XmlNode;
}

/** Child elements in the order of the document, which a record of lists by name does not keep. */
const childrenInOrder = new WeakMap<XmlNode, readonly NamedNode[]>();

/** Text as written: no value becomes a number. @throws Error of the parser for what is no XML */
export function parseXml(xml: string): XmlNode {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    preserveOrder: true,
  });
  // The parser types its result as any; with `preserveOrder` it is a list of elements.
  return toNode(parser.parse(xml) as readonly OrderedElement[], {});
}

/** One element of the parser's ordered result: its name or `#text` with what is in it, and `:@` with its attributes. */
type OrderedElement = Readonly<Record<string, unknown>>;

function toNode(content: readonly OrderedElement[], attributes: Readonly<Record<string, string>>): XmlNode {
  const inOrder: NamedNode[] = [];
  let words = '';
  for (const element of content) {
    const { ':@': own = {}, ...named } = element;
    for (const [name, value] of Object.entries(named)) {
      if (name === '#text') words += String(value);
      // Lists and attributes as the parser's documentation of `preserveOrder` describes them.
      else inOrder.push({ name, node: toNode(value as OrderedElement[], own as Record<string, string>) });
    }
  }
  const byName: Record<string, string | XmlNode[]> = { ...attributes, '#text': words };
  for (const { name, node } of inOrder) byName[name] = [...((byName[name] as XmlNode[] | undefined) ?? []), node];
  childrenInOrder.set(byName, inOrder);
  return byName;
}

/** Elements at the end of a path of element names; empty when a step is missing. */
export function children(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  const [name, ...rest] = path;
  if (name === undefined) return [node];
  const found = node[name];
  if (found === undefined || typeof found === 'string') return [];
  return found.flatMap((child) => children(child, ...rest));
}

/** Child elements with their names, in the order of the document; of a node of `parseXml`. */
export function elements(node: XmlNode): readonly NamedNode[] {
  return childrenInOrder.get(node) ?? [];
}

export function attribute(node: XmlNode, name: string): string {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : '';
}

/** FormXml writes booleans as true/false and as 1/0. */
export function flag(node: XmlNode, name: string, otherwise: boolean): boolean {
  const value = attribute(node, name).toLowerCase();
  return value === '' ? otherwise : value === 'true' || value === '1';
}

export function text(node: XmlNode | undefined): string {
  const value = node?.['#text'];
  return typeof value === 'string' ? value.trim() : '';
}

/** English stands in for a language that has no label, as in a tenant without that language's translation. */
export function labelsOf(labels: readonly XmlNode[]): Labels {
  const of = (language: string) => labels.find((label) => attribute(label, 'languagecode') === language);
  const english = of('1033');
  const french = of('3084') ?? of('1036');
  const words = (label: XmlNode | undefined) => (label ? attribute(label, 'description') : '');
  return { 1033: words(english), 3084: words(french) || words(english) };
}
