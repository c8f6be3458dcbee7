import type { Language } from '../../text/language';
import type { ResolutionNotice } from '../resolution/facts';
import { counted, inLanguage, type InBoth } from './in-language';

/** Subject of the resolution of a case (R-1708). */
export const resolutionSubject = (key: string, language: Language): string =>
  inLanguage(
    {
      en: `Case resolved because ${key} was resolved in Jira.`,
      fr: `Incident résolu parce que ${key} a été résolu dans Jira.`,
    },
    language,
  );

/** What the timeline of a case says of the rule. */
export function resolutionText({ code, key, open }: ResolutionNotice, language: Language): string {
  const texts: Readonly<Record<ResolutionNotice['code'], InBoth>> = {
    'stays-open': counted(
      open,
      {
        en: `${key} was resolved in Jira. The case stays open: ${open} linked issue is open.`,
        fr: `${key} a été résolu dans Jira. L’incident reste ouvert\u00a0: ${open} ticket lié est ouvert.`,
      },
      {
        en: `${key} was resolved in Jira. The case stays open: ${open} linked issues are open.`,
        fr: `${key} a été résolu dans Jira. L’incident reste ouvert\u00a0: ${open} tickets liés sont ouverts.`,
      },
    ),
    'reopened-in-jira': {
      en: `${key} is open again in Jira. The case stays resolved. To reopen it, use Reactivate Case.`,
      fr: `${key} est de nouveau ouvert dans Jira. L’incident reste résolu. Pour le rouvrir, utilisez Réactiver l’incident.`,
    },
    decide: {
      en: `${key} was resolved in Jira while the case was changed here. The case stays open: resolve it if it is done.`,
      fr: `${key} a été résolu dans Jira pendant que l’incident était modifié ici. L’incident reste ouvert\u00a0: résolvez-le s’il est réglé.`,
    },
  };
  return inLanguage(texts[code], language);
}
