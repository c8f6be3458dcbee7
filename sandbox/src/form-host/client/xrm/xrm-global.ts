import type { HostDefinition, Persona } from '../../contract';
import { type Language, localeOf } from '../language';
import { createRow, deleteRow, readRow, readRows, updateRow } from '../web-api/web-api';
import type { Row } from '../web-api/web-api';
import { entitySetOf } from '../web-api/tables';
import { type PageNavigator, navigationApi } from './navigation-api';

export interface XrmParts {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly pageNavigator: PageNavigator;
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
  deleteRecord: async (table: string, id: string) => {
    await deleteRow(entitySetOf(table), bare(id));
    return { entityType: table, id: bare(id) };
  },
};

/** `Xrm` as a form script of a model-driven app finds it. */
export function createXrm({ definition, persona, language, pageNavigator }: XrmParts) {
  const roles = persona.roles.map(({ id, name }) => ({ id, name, entityType: 'role' }));
  const globalContext = {
    userSettings: {
      userId: `{${persona.userId.toUpperCase()}}`,
      userName: persona.name,
      languageId: language,
      roles: {
        getAll: () => roles,
        get: () => roles,
        forEach: (visit: (role: unknown) => void) => roles.forEach(visit),
        getLength: () => roles.length,
      },
      securityRoles: roles.map((role) => role.id),
      isRTL: false,
      dateFormattingInfo: {},
      getTimeZoneOffsetMinutes: () => -new Date().getTimezoneOffset(),
    },
    organizationSettings: {
      organizationId: definition.organizationId,
      uniqueName: 'sandbox',
      languageId: 1033,
      baseCurrency: { entityType: 'transactioncurrency', name: 'CAD' },
    },
    client: {
      getClient: () => 'Web',
      getClientState: () => (navigator.onLine ? 'Online' : 'Offline'),
      getFormFactor: () => (window.innerWidth < 600 ? 3 : 1),
      isOffline: () => !navigator.onLine,
    },
    getClientUrl: () => location.origin,
    getVersion: () => '9.2.0.0',
    getCurrentAppUrl: () => location.origin,
    locale: localeOf(language),
  };
  return {
    WebApi: { ...xrmWebApi, online: xrmWebApi, offline: xrmWebApi },
    Utility: {
      getGlobalContext: () => globalContext,
      showProgressIndicator: () => undefined,
      closeProgressIndicator: () => undefined,
    },
    Navigation: navigationApi(pageNavigator, language),
  };
}

function bare(id: string): string {
  return id.replace(/[{}]/g, '').toLowerCase();
}
