import type { LookupValue } from '../form/column';
import type { Language } from '../language';
import { openLookup } from '../lookup/open-lookup';
import { word } from '../words';

/** What `Xrm.Utility.lookupObjects` takes. Source: client API reference, lookupObjects. */
export interface LookupOptions {
  readonly allowMultiSelect?: boolean;
  readonly defaultEntityType?: string;
  readonly defaultViewId?: string;
  /** Rows used lately are shown nowhere here. */
  readonly disableMru?: boolean;
  readonly entityTypes?: readonly string[];
  readonly filters?: readonly { readonly filterXml: string; readonly entityLogicalName?: string }[];
  readonly searchText?: string;
  readonly viewIds?: readonly string[];
}

/** `Xrm.Utility.lookupObjects`: the chosen rows, none when the person went away. @throws Error without a table */
export async function lookupObjects(options: LookupOptions, language: Language): Promise<readonly LookupValue[]> {
  const { entityTypes = [], filters = [], defaultEntityType } = options;
  if (entityTypes.length === 0) throw new Error('lookupObjects: entityTypes names no table.');
  const chosen = await openLookup({
    language,
    title: word(language, 'lookupTitle'),
    tables: entityTypes,
    table: defaultEntityType,
    viewId: options.defaultViewId,
    viewIds: options.viewIds,
    words: options.searchText,
    isMultiple: options.allowMultiSelect,
    filters: () => filters.map(({ filterXml, entityLogicalName = null }) => ({ filterXml, table: entityLogicalName })),
  });
  return chosen.map(({ id, name, entityType }) => ({ id: `{${id.toUpperCase()}}`, name, entityType }));
}
