import type { HostDefinition, Persona } from '../../contract';
import { type Language, localeOf } from '../language';
import { dateFormattingInfo } from '../pcf/culture';
import { refused } from './not-there';

export interface GlobalContextParts {
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
}

/** `Xrm.Utility.getGlobalContext()`: the person, the organization and the client. */
export function createGlobalContext({ definition, persona, language }: GlobalContextParts) {
  const roles = persona.roles.map(({ id, name }) => ({ id, name, entityType: 'role' }));
  return refused('globalContext', {
    userSettings: refused('globalContext.userSettings', {
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
      isGuidedHelpEnabled: false,
      isHighContrastEnabled: window.matchMedia?.('(forced-colors: active)').matches ?? false,
      isRTL: false,
      dateFormattingInfo: dateFormattingInfo(language),
      getTimeZoneOffsetMinutes: () => -new Date().getTimezoneOffset(),
    }),
    organizationSettings: refused('globalContext.organizationSettings', {
      organizationId: definition.organizationId,
      uniqueName: 'sandbox',
      languageId: 1033,
      isAutoSaveEnabled: false,
      baseCurrency: { entityType: 'transactioncurrency', name: 'CAD' },
    }),
    client: {
      getClient: () => 'Web',
      getClientState: () => (navigator.onLine ? 'Online' : 'Offline'),
      getFormFactor: () => (window.innerWidth < 600 ? 3 : 1),
      isNetworkAvailable: () => navigator.onLine,
      isOffline: () => !navigator.onLine,
    },
    getClientUrl: () => location.origin,
    getVersion: () => '9.2.0.0',
    getCurrentAppUrl: () => location.origin,
    getWebResourceUrl: (name: string) => `/WebResources/${name}`,
    /** The organization's name is part of no address of an online organization. */
    prependOrgName: (path: string) => path,
    locale: localeOf(language),
  });
}
