import type { Persona } from '../../contract';
import type { Language } from '../language';
import { dateFormattingInfo, numberFormattingInfo } from './culture';

/** `context.userSettings` of every code component, on a form or over a data set. */
export function userSettingsOf(persona: Persona, language: Language) {
  return {
    userId: `{${persona.userId.toUpperCase()}}`,
    userName: persona.name,
    languageId: language,
    isRTL: false,
    securityRoles: persona.roles.map((role) => role.id),
    dateFormattingInfo: dateFormattingInfo(language),
    numberFormattingInfo: numberFormattingInfo(language),
    getTimeZoneOffsetMinutes: (date?: Date) => -(date ?? new Date()).getTimezoneOffset(),
  };
}
