import type { XmlNode } from '../../xml/xml-tree';

/** Line → the element whose start tag stands there, for the text that `xmlText` writes without a declaration. */
export function elementLines(root: XmlNode): Map<number, XmlNode> {
  const lines = new Map<number, XmlNode>();
  const place = (node: XmlNode, line: number): number => {
    lines.set(line, node);
    if (node.children.length === 0) return line + node.text.split('\n').length;
    return node.children.reduce((next, child) => place(child, next), line + 1) + 1;
  };
  place(root, 1);
  return lines;
}
