import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SolutionSourceError } from '../solution-source-error';

/** One XML element in document order; knows the file it stands in so that every complaint can name it. */
export interface XmlElement {
  readonly file: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

type ParsedNode = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
});

/** Parses one source file. @throws SolutionSourceError when the text is not well-formed XML with one root */
export function parseXml(file: string, source: string): XmlElement {
  const valid = XMLValidator.validate(source);
  if (valid !== true) {
    throw new SolutionSourceError(
      file,
      'document',
      `is not well-formed XML: ${valid.err.msg} (line ${valid.err.line})`,
    );
  }
  // preserveOrder makes the parser answer with an array of nodes; its types only say `any`.
  const roots = (parser.parse(source) as ParsedNode[]).flatMap((node) => toElement(file, node));
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) {
    throw new SolutionSourceError(file, 'document', `should have one root element, has ${roots.length}`);
  }
  return root;
}

function toElement(file: string, node: ParsedNode): XmlElement[] {
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
  if (name === undefined) return [];
  // Shapes fixed by preserveOrder: a tag's value is an array of nodes, ':@' holds its attributes as text.
  const nodes = node[name] as ParsedNode[];
  const attributes = (node[':@'] ?? {}) as Record<string, string>;
  return [
    {
      file,
      name,
      attributes,
      children: nodes.flatMap((child) => toElement(file, child)),
      text: nodes
        .map((child) => ('#text' in child ? String(child['#text']) : ''))
        .join('')
        .trim(),
    },
  ];
}

/** Child elements of that name, in document order. */
export function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

export function findChild(parent: XmlElement, ...path: string[]): XmlElement | undefined {
  let at: XmlElement | undefined = parent;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at;
}

/** @throws SolutionSourceError when the child is missing */
export function childOf(parent: XmlElement, ...path: string[]): XmlElement {
  const found = findChild(parent, ...path);
  if (found === undefined) throw complaint(parent, `has no <${path.join('/')}>`);
  return found;
}

/** Text of a child element. @throws SolutionSourceError when it is missing or empty */
export function textOf(parent: XmlElement, name: string): string {
  const text = childOf(parent, name).text;
  if (text === '') throw complaint(parent, `has an empty <${name}>`);
  return text;
}

/** @throws SolutionSourceError when the attribute is missing or empty */
export function attributeOf(element: XmlElement, name: string): string {
  const value = element.attributes[name];
  if (value === undefined || value === '') throw complaint(element, `has no attribute ${name}`);
  return value;
}

/** A child holding 0 or 1; absent counts as 0. */
export function flagOf(parent: XmlElement, name: string): boolean {
  const text = findChild(parent, name)?.text ?? '0';
  if (text !== '0' && text !== '1') throw complaint(parent, `<${name}> should be 0 or 1, is '${text}'`);
  return text === '1';
}

/** A child holding a number; undefined when absent or empty. */
export function numberOf(parent: XmlElement, name: string): number | undefined {
  const text = findChild(parent, name)?.text ?? '';
  if (text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw complaint(parent, `<${name}> should be a number, is '${text}'`);
  return value;
}

/** All descendants with that name, in document order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)]);
}

/** Error that names the element the way a person finds it: by its tag and its own name, if it has one. */
export function complaint(element: XmlElement, problem: string): SolutionSourceError {
  const { attributes } = element;
  const own =
    attributes.PhysicalName ?? attributes.Name ?? attributes.name ?? attributes.value ?? attributes.DisplayName;
  return new SolutionSourceError(element.file, own === undefined ? element.name : `${element.name} ${own}`, problem);
}
