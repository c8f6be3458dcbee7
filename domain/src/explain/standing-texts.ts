import type { Language } from '../text/language';
import type { SilentSide, Standing } from './answer';

type Sentence = Readonly<Record<Language, string>>;

interface Told {
  /** How it stands. */
  readonly says: Sentence;
  /** What to do now. */
  readonly next: Sentence;
}

const toldOf: Readonly<Record<Standing, Told>> = {
  'in-sync': {
    says: { 1033: 'This record is in sync.', 3084: 'Cet enregistrement est synchronisé.' },
    next: {
      1033: 'Both sides agree; nothing is left to do.',
      3084: 'Les deux côtés concordent; il ne reste rien à faire.',
    },
  },
  waiting: {
    says: { 1033: 'A sync of this record is due.', 3084: 'Une synchronisation de cet enregistrement est prévue.' },
    next: {
      1033: 'You need do nothing: the steps below follow by themselves.',
      3084: 'Vous n’avez rien à faire\u00a0: les étapes ci-dessous suivront d’elles-mêmes.',
    },
  },
  retrying: {
    says: {
      1033: 'The last sync failed and is tried again.',
      3084: 'La dernière synchronisation a échoué; elle sera tentée de nouveau.',
    },
    next: {
      1033: 'Nothing is lost. Below stands what went wrong and when it is tried again.',
      3084: 'Rien n’est perdu. Vous trouverez ci-dessous ce qui s’est passé et le moment de la prochaine tentative.',
    },
  },
  failed: {
    says: { 1033: 'The last sync failed.', 3084: 'La dernière synchronisation a échoué.' },
    next: {
      1033: 'It is not tried again by itself. Do what stands below, then sync again.',
      3084: 'Elle ne sera pas tentée de nouveau d’elle-même. Faites ce qui est indiqué ci-dessous, puis synchronisez de nouveau.',
    },
  },
  held: {
    says: { 1033: 'This record is on hold.', 3084: 'La synchronisation de cet enregistrement est suspendue.' },
    next: {
      1033: 'An administrator of the integration decides. Nothing is written until then.',
      3084: 'Un administrateur de l’intégration doit décider. Rien n’est écrit d’ici là.',
    },
  },
  person: {
    says: { 1033: 'Both sides differ.', 3084: 'Les deux côtés diffèrent.' },
    next: {
      1033: 'No sync brings them together: a person decides which side is right.',
      3084: 'Aucune synchronisation ne les rapproche\u00a0: une personne doit décider quel côté a raison.',
    },
  },
  unread: {
    says: {
      1033: 'Whether this record is in sync could not be read to the end.',
      3084: 'La synchronisation de cet enregistrement n’a pas pu être vérifiée jusqu’au bout.',
    },
    next: {
      1033: 'What could be read stands below. Ask again in a few minutes.',
      3084: 'Ce qui a pu être lu figure ci-dessous. Redemandez dans quelques minutes.',
    },
  },
  'not-kept': {
    says: { 1033: 'This record is not synced with Jira.', 3084: 'Cet enregistrement n’est pas synchronisé avec Jira.' },
    next: {
      1033: 'Nothing in Jira belongs to it, and nobody has asked for it.',
      3084: 'Rien dans Jira ne lui correspond, et personne ne l’a demandé.',
    },
  },
  unknown: {
    says: {
      1033: 'There is no such record, or the integration may not read it.',
      3084: 'Il n’y a pas de tel enregistrement, ou l’intégration ne peut pas le lire.',
    },
    next: {
      1033: 'An administrator checks the role of the integration’s application user.',
      3084: 'Un administrateur vérifie le rôle de l’utilisateur d’application de l’intégration.',
    },
  },
};

/** How a record stands, in one sentence. Pure. */
export const standingText = (standing: Standing, language: Language): string => toldOf[standing].says[language];

/** What whoever asked does now. Pure. */
export const standingNextText = (standing: Standing, language: Language): string => toldOf[standing].next[language];

/** That a side did not answer while somebody waited for it. Pure. */
export function silentText({ side, seconds }: SilentSide, language: Language): string {
  const who = side === 'jira' ? 'Jira' : 'Dynamics';
  return language === 3084
    ? `${who} n’a pas répondu en ${seconds}\u00a0s.`
    : `${who} did not answer within ${seconds} s.`;
}

/** That there is nothing to explain, or to look for. */
export const noRecordText = (language: Language): string => standingText('unknown', language);

/** The sentence of a command that has been answered. Pure. */
export const explainText = (standing: Standing, language: Language): string =>
  `${standingText(standing, language)} ${standingNextText(standing, language)}`;
