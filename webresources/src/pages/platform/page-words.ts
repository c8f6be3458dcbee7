import type { Language } from '@crmjira/domain';
import type { MessageView } from '@crmjira/form-data';
import type { PageFormat } from './page-format';
import type { Reading } from './reading';

/** A text in both languages; `{name}` marks a place to fill. */
export type Texts = Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Say<T extends Texts> = (key: keyof T, places?: Readonly<Record<string, string>>) => string;

export function sayIn<T extends Texts>(texts: T, language: Language): Say<T> {
  return (key, places = {}) =>
    (texts[key]?.[language] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}

const FAILURES = {
  unreachable: {
    1033: 'Dataverse unreachable since {since}.',
    3084: 'Dataverse ne répond pas; début de la panne\u00a0: {since}.',
  },
  offline: { 1033: 'Offline since {since}.', 3084: 'Hors ligne; début\u00a0: {since}.' },
  forbidden: {
    1033: 'You do not have permission to read the integration’s rows.',
    3084: 'Vous n’avez pas l’autorisation de lire les lignes de l’intégration.',
  },
  askAdministrator: {
    1033: 'An administrator can grant it with the role CRM-JIRA Integration Administrator.',
    3084: 'Un administrateur peut l’accorder avec le rôle CRM-JIRA Integration Administrator.',
  },
  lastGood: {
    1033: 'What you see is from {read}. The page tries again by itself.',
    3084: 'Dernière lecture\u00a0: {read}. La page réessaie d’elle-même.',
  },
  nothingYet: {
    1033: 'Nothing has been read yet. The page tries again by itself.',
    3084: 'Rien n’a encore été lu. La page réessaie d’elle-même.',
  },
} as const satisfies Texts;

/** Says since when the page can not read, and from when what it shows is; null while all is well. Pure. */
export function failureMessage(
  reading: Reading<unknown>,
  language: Language,
  format: PageFormat,
  now: string,
): MessageView | null {
  const { failure, readAt } = reading;
  if (failure === null) return null;
  const say = sayIn(FAILURES, language);
  if (failure.kind === 'forbidden')
    return { tone: 'warn', icon: 'Lock', strong: say('forbidden'), text: say('askAdministrator') };
  return {
    tone: 'warn',
    icon: 'PlugDisconnected',
    strong: say(failure.kind, { since: format.time(failure.since, now) }),
    text: readAt === null ? say('nothingYet') : say('lastGood', { read: format.time(readAt, now) }),
  };
}
