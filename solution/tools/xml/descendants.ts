import type { XmlNode } from './xml-tree';

/** An element and everything below it, in document order. */
export function descendants(node: XmlNode): XmlNode[] {
  const found: XmlNode[] = [];
  const visit = (each: XmlNode): void => {
    found.push(each);
    each.children.forEach(visit);
  };
  visit(node);
  return found;
}
