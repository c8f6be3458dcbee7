import type { Labels } from '@crmjira/domain';
import { attributeOf, childrenOf, complaint, findChild, type XmlElement } from './xml-element';

/**
 * Texts of a label list in both languages of the product.
 *
 * @param holder element that holds the list, e.g. an attribute
 * @param list tag of the list, e.g. `displaynames`
 * @param item tag of one label, e.g. `displayname`
 * @throws SolutionSourceError when a language is missing, empty or given twice
 */
export function readLabels(holder: XmlElement, list: string, item: string): Labels {
  const labels = findLabels(holder, list, item);
  if (labels === undefined) throw complaint(holder, `has no <${list}> with texts in 1033 and 3084`);
  return labels;
}

/** As readLabels, but an absent or empty list is undefined. */
export function findLabels(holder: XmlElement, list: string, item: string): Labels | undefined {
  const element = findChild(holder, list);
  const items = element === undefined ? [] : childrenOf(element, item);
  if (items.length === 0) return undefined;
  const text = (language: string): string => {
    const found = items.filter((label) => label.attributes.languagecode === language);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw complaint(holder, `<${list}> should have one text in ${language}, has ${found.length}`);
    }
    return attributeOf(first, 'description');
  };
  return { 1033: text('1033'), 3084: text('3084') };
}
