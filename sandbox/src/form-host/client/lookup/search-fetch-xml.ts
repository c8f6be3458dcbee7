import { filteredFetchXml } from '../data-set/fetch-xml';

/** What one search in a lookup adds to the query of its view. */
export interface LookupSearch {
  /** columns that a row is told by */
  readonly columns: readonly string[];
  /** column that is searched, by its beginning; an asterisk in the words stands for any characters */
  readonly searched: string;
  /** empty: every row */
  readonly words: string;
  /** FetchXML filter elements, which must all hold */
  readonly filters: readonly string[];
  /** rows at most */
  readonly count: number;
}

/** The query of a view, narrowed by what was typed and by the filters of scripts. @throws Error for XML that is not a query or a filter */
export function searchFetchXml(fetchXml: string, { columns, searched, words, filters, count }: LookupSearch): string {
  const document = new DOMParser().parseFromString(filteredFetchXml(fetchXml, filters), 'text/xml');
  const [entity] = document.getElementsByTagName('entity');
  const add = (parent: Element | undefined, name: string, attributes: Readonly<Record<string, string>>): Element => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent?.append(element);
    return element;
  };
  document.documentElement.setAttribute('count', String(count));
  document.documentElement.setAttribute('returntotalrecordcount', 'true');
  const present = [...document.querySelectorAll('fetch > entity > attribute')].map((each) => each.getAttribute('name'));
  for (const name of columns) if (!present.includes(name)) add(entity, 'attribute', { name });
  if (words.trim() !== '') {
    const value = `${words.trim().replaceAll('*', '%')}%`;
    add(add(entity, 'filter', { type: 'and' }), 'condition', { attribute: searched, operator: 'like', value });
  }
  return new XMLSerializer().serializeToString(document);
}
