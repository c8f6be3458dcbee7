import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { SolutionSourceError } from '../solution-source-error';

/** One element with everything that must survive packing and unpacking, the way its tag was closed included. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly XmlNode[];
  /** Text of an element without children, untrimmed; empty otherwise. */
  readonly text: string;
  /** `<a />`, not `<a></a>`: Dataverse writes both, and a diff should not show a difference that is none. */
  readonly selfClosing: boolean;
}

interface OpenNode {
  readonly name: string;
  readonly attributes: XmlNode['attributes'];
  readonly children: XmlNode[];
  text: string;
  readonly selfClosing: boolean;
}

/** Elements inside each other; forms, the deepest of all, have fewer than thirty. */
const DEEPEST = 200;

/**
 * Parses a document. Comments and processing instructions are left out. A document type is refused, for its entities could unfold
 * without end, and so is a depth that no file of a solution has.
 *
 * @throws SolutionSourceError
 */
export function parseXmlTree(file: string, source: string): XmlNode {
  const document: OpenNode = { name: '', attributes: [], children: [], text: '', selfClosing: false };
  const open: OpenNode[] = [document];
  const innermost = (): OpenNode => open.at(-1) ?? document;
  const parser = new SaxesParser({ xmlns: false, fileName: file });
  parser.on('error', (cause) => {
    throw new SolutionSourceError(file, 'document', `is not well-formed XML: ${cause.message}`, { cause });
  });
  parser.on('doctype', () => {
    throw new SolutionSourceError(
      file,
      'document',
      'has a document type declaration, which no file of a solution needs',
    );
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }: SaxesTagPlain) => {
    if (open.length > DEEPEST) throw new SolutionSourceError(file, name, `lies deeper than ${DEEPEST} elements`);
    open.push({ name, attributes: Object.entries(attributes), children: [], text: '', selfClosing: isSelfClosing });
  });
  parser.on('text', (text) => (innermost().text += text));
  parser.on('cdata', (text) => (innermost().text += text));
  parser.on('closetag', () => {
    const node = open.pop() ?? document;
    innermost().children.push(closed(file, node));
  });
  parser.write(source.replace(/^\uFEFF/, '')).close();
  const [root] = document.children;
  if (root === undefined) throw new SolutionSourceError(file, 'document', 'has no root element');
  return root;
}

function closed(file: string, node: OpenNode): XmlNode {
  if (node.children.length === 0) return node;
  if (node.text.trim() !== '') throw new SolutionSourceError(file, node.name, 'mixes text and elements');
  return { ...node, text: '' };
}

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

/** The document, indented by two spaces, with a final line break. */
export function xmlText(root: XmlNode, declaration = true): string {
  return `${declaration ? DECLARATION : ''}${nodeText(root, '')}\n`;
}

function nodeText(node: XmlNode, indent: string): string {
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  const start = `${indent}<${node.name}${attributes}`;
  if (node.children.length > 0) {
    const inner = node.children.map((child) => nodeText(child, `${indent}  `)).join('\n');
    return `${start}>\n${inner}\n${indent}</${node.name}>`;
  }
  if (node.selfClosing) return `${start} />`;
  return `${start}>${escapeText(node.text)}</${node.name}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;');
}

export function childNamed(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((child) => child.name === name);
}

export function attributeNamed(node: XmlNode, name: string): string | undefined {
  return node.attributes.find(([key]) => key === name)?.[1];
}

/** Trimmed text of a child; undefined when there is none. */
export function childText(node: XmlNode, name: string): string | undefined {
  return childNamed(node, name)?.text.trim();
}

/** A new element; self-closing when it has nothing inside. */
export function element(name: string, children: readonly XmlNode[], attributes: XmlNode['attributes'] = []): XmlNode {
  return { name, attributes, children, text: '', selfClosing: children.length === 0 };
}

export function withChildren(node: XmlNode, children: readonly XmlNode[]): XmlNode {
  return { ...node, children, text: '', selfClosing: children.length === 0 };
}

/** The same element with one of its children put in place of the child of that name. */
export function withChild(node: XmlNode, name: string, child: XmlNode): XmlNode {
  return { ...node, children: node.children.map((each) => (each.name === name ? child : each)) };
}

export function withText(node: XmlNode, text: string): XmlNode {
  return { ...node, children: [], text, selfClosing: false };
}
