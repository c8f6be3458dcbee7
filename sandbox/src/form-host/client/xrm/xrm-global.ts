import type { HostDefinition, Persona } from '../../contract';
import type { Language } from '../language';
import { entitySetOf } from '../web-api/tables';
import { createRow, deleteRow, readRow, readRows, updateRow } from '../web-api/web-api';
import type { Row } from '../web-api/web-api';
import { appApi } from './app-api';
import { encodingApi } from './encoding-api';
import { entityMetadata } from './entity-metadata';
import { executeRequest } from './execute-request';
import { createGlobalContext } from './global-context';
import { type LookupOptions, lookupObjects } from './lookup-objects';
import { type PageNavigator, navigationApi } from './navigation-api';
import { refused } from './not-there';
import { pageContextOf } from './page-context';
import { resourceString } from './resource-string';
import { closeProgressIndicator, showProgressIndicator } from './progress-indicator';

export interface XrmParts {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly pageNavigator: PageNavigator;
  /** the form that is shown, which the deprecated `Xrm.Page` still is; on a page without a form there is none */
  readonly formContext?: object;
}

/** `Xrm.WebApi`: the client API's promises over the Web API. */
export const xrmWebApi = {
  retrieveRecord: async (table: string, id: string, options = '') =>
    readRow(`${entitySetOf(table)}(${bare(id)})${options}`),
  retrieveMultipleRecords: async (table: string, options = '', maxPageSize?: number) => {
    // A paging link is given back to us as the options, as callers of the real one do.
    const path = options.startsWith('/') ? options : `${entitySetOf(table)}${options}`;
    const { rows, next } = await readRows(path, maxPageSize);
    return { entities: rows, nextLink: next ?? '' };
  },
  createRecord: async (table: string, data: Row) => ({
    entityType: table,
    id: await createRow(entitySetOf(table), data),
  }),
  updateRecord: async (table: string, id: string, data: Row) => {
    await updateRow(entitySetOf(table), bare(id), data);
    return { entityType: table, id: bare(id) };
  },
  /** No table is kept for offline use here. */
  isAvailableOffline: () => false,
  deleteRecord: async (table: string, id: string) => {
    await deleteRow(entitySetOf(table), bare(id));
    return { entityType: table, id: bare(id) };
  },
};

const onlineWebApi = refused('Xrm.WebApi.online', { ...xrmWebApi, execute: executeRequest });

/** `Xrm` as a form script of a model-driven app finds it. */
export function createXrm({ definition, persona, language, pageNavigator, formContext }: XrmParts) {
  const globalContext = createGlobalContext({ definition, persona, language });
  const api = refused('Xrm', {
    WebApi: refused('Xrm.WebApi.online', { ...onlineWebApi, online: onlineWebApi, offline: xrmWebApi }),
    Utility: refused('Xrm.Utility', {
      getGlobalContext: () => globalContext,
      getPageContext: () => pageContextOf(location.href),
      getEntityMetadata: (table: string, columns: readonly string[] = []) => entityMetadata(table, columns, language),
      lookupObjects: (options: LookupOptions) => lookupObjects(options, language),
      showProgressIndicator,
      closeProgressIndicator,
      getResourceString: (name: string, key: string) =>
        resourceString(definition.resourceStrings ?? {}, language, name, key),
    }),
    Navigation: refused('Xrm.Navigation', navigationApi(pageNavigator, language)),
    App: appApi(language),
    Encoding: encodingApi,
  });
  return formContext === undefined
    ? refused('Xrm on a page without a form', api)
    : Object.assign(api, { Page: formContext });
}

function bare(id: string): string {
  return id.replace(/[{}]/g, '').toLowerCase();
}
