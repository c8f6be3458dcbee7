import { attributeNamed, childText, parseXmlTree } from './xml-tree';

/**
 * Keys and texts of a resx file, in its order; what is left out is an empty text.
 * @throws SolutionSourceError where it is no XML
 */
export function resxEntries(file: string, source: string): readonly (readonly [key: string, text: string])[] {
  return parseXmlTree(file, source)
    .children.filter(({ name }) => name === 'data')
    .map((data) => [attributeNamed(data, 'name') ?? '', childText(data, 'value') ?? '']);
}
