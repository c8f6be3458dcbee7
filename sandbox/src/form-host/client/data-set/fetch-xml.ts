type FilterExpression = ComponentFramework.PropertyHelper.DataSetApi.FilterExpression;
type SortStatus = ComponentFramework.PropertyHelper.DataSetApi.SortStatus;

/** What a data set component changes about its view. */
export interface ViewChanges {
  /** columns beyond the view's own (`addColumn`) */
  readonly columns: readonly string[];
  readonly filter: FilterExpression | null;
  readonly sorting: readonly SortStatus[];
  readonly pageSize: number;
  readonly page: number;
  readonly cookie: string | null;
}

/** FetchXML operators by ConditionOperator, the numbers of Microsoft.Xrm.Sdk.Query that the data set API supports here. */
const OPERATORS: Readonly<Record<number, string>> = {
  0: 'eq',
  1: 'ne',
  2: 'gt',
  3: 'lt',
  4: 'ge',
  5: 'le',
  6: 'like',
  8: 'in',
  12: 'null',
};

/** The view's own query with columns, filter, order and page of the component. @throws Error for an operator it does not know */
export function changedFetchXml(fetchXml: string, changes: ViewChanges): string {
  const document = new DOMParser().parseFromString(fetchXml, 'text/xml');
  const fetch = document.documentElement;
  const entity = fetch.querySelector('entity');
  if (!entity) throw new Error('The view has no entity.');
  fetch.setAttribute('count', String(changes.pageSize));
  fetch.setAttribute('page', String(changes.page));
  fetch.setAttribute('returntotalrecordcount', 'true');
  if (changes.cookie !== null) fetch.setAttribute('paging-cookie', changes.cookie);
  const add = (parent: Element, name: string, attributes: Readonly<Record<string, string>>): Element => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };
  const present = new Set([...entity.querySelectorAll(':scope > attribute')].map((each) => each.getAttribute('name')));
  for (const name of changes.columns) if (!present.has(name)) add(entity, 'attribute', { name });
  for (const order of entity.querySelectorAll(':scope > order')) order.remove();
  for (const { name, sortDirection } of changes.sorting)
    add(entity, 'order', { attribute: name, descending: String(sortDirection === 1) });
  const put = (parent: Element, filter: FilterExpression): void => {
    const element = add(parent, 'filter', { type: filter.filterOperator === 1 ? 'or' : 'and' });
    for (const { attributeName, conditionOperator, value } of filter.conditions) {
      const operator = OPERATORS[conditionOperator];
      if (operator === undefined)
        throw new Error(`This page does not know the condition operator ${conditionOperator}.`);
      add(element, 'condition', { attribute: attributeName, operator, value: String(value) });
    }
    for (const inner of filter.filters ?? []) put(element, inner);
  };
  // A filter element stands beside the view's own: Dataverse joins them with "and".
  if (changes.filter) put(entity, changes.filter);
  return new XMLSerializer().serializeToString(document);
}

/**
 * The query with more filters, all of which must hold beside its own.
 * @param filters FetchXML filter elements
 * @throws Error for XML that is not a query or not a filter
 */
export function filteredFetchXml(fetchXml: string, filters: readonly string[]): string {
  const document = parsed(fetchXml);
  const entity = document.querySelector('fetch > entity');
  if (entity === null) throw new Error('The query has no entity.');
  for (const filter of filters) {
    const element = parsed(filter).documentElement;
    if (element.tagName !== 'filter') throw new Error(`Rows are filtered by <filter>, not by <${element.tagName}>.`);
    entity.append(document.importNode(element, true));
  }
  return new XMLSerializer().serializeToString(document);
}

function parsed(xml: string): Document {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  if (document.querySelector('parsererror') !== null) throw new Error(`This is not XML: ${xml}`);
  return document;
}

/** Order of the view itself, which a component finds in `sorting`. */
export function sortingOf(fetchXml: string): SortStatus[] {
  const document = new DOMParser().parseFromString(fetchXml, 'text/xml');
  return [...document.querySelectorAll('entity > order')].map((order) => ({
    name: order.getAttribute('attribute') ?? '',
    sortDirection: order.getAttribute('descending') === 'true' ? 1 : 0,
  }));
}
