import { viewIdOf } from '../lookup/lookup-state';
import type { FormContextParts } from './form-context-parts';

/** What the control of a lookup has beyond other controls. Source: client API reference, Controls. */
export function lookupControlApi(column: string, { model, events }: FormContextParts) {
  const facts = () => model.columns.get(column)?.facts;
  const state = () => model.lookupState(column);
  return {
    getEntityTypes: () => state().entityTypes ?? facts()?.targets ?? [],
    setEntityTypes: (tables: readonly string[]) => {
      state().entityTypes = tables;
    },
    addPreSearch: (handler: unknown) => events.onPreSearch(column).add(handler),
    removePreSearch: (handler: unknown) => events.onPreSearch(column).remove(handler),
    addCustomFilter: (filterXml: string, table?: string) => state().addFilter({ filterXml, table: table ?? null }),
    /** "This method doesn't work with Owner lookups." */
    addCustomView: (
      id: string,
      table: string,
      name: string,
      fetchXml: string,
      _layoutXml: string,
      isDefault: boolean,
    ) => {
      if (facts()?.type !== 'Owner') state().addView({ id: viewIdOf(id), table, name, fetchXml, isDefault });
    },
    getDefaultView: () => state().defaultViewId,
    setDefaultView: (id: string) => {
      state().defaultViewId = viewIdOf(id);
    },
  };
}
