import type { Language } from '../../text/language';

type Sentence = Readonly<Record<Language, string>>;

/** What may become of a sign-in with Atlassian before it is known whether it can be stored. */
const outcomes = {
  'used-link': {
    1033: 'This link was used already, or is older than ten minutes. Nothing was saved. Choose “Connect with Atlassian” again.',
    3084: 'Ce lien a déjà servi ou date de plus de dix minutes. Rien n’a été enregistré. Choisissez de nouveau «\u00a0Se connecter avec Atlassian\u00a0».',
  },
  'other-browser': {
    1033: 'This sign-in was not begun in this browser, has ended already, or took longer than ten minutes. Nothing was saved. Choose “Connect with Atlassian” again.',
    3084: 'Cette connexion n’a pas été commencée dans ce navigateur, est déjà terminée ou a pris plus de dix minutes. Rien n’a été enregistré. Choisissez de nouveau «\u00a0Se connecter avec Atlassian\u00a0».',
  },
  'other-person': {
    1033: 'You are signed in to Microsoft as somebody else than the person who asked for this. Nothing was saved. Sign in as that person, then choose “Connect with Atlassian” again.',
    3084: 'Vous êtes connecté à Microsoft sous un autre compte que celui de la personne qui a fait la demande. Rien n’a été enregistré. Connectez-vous sous ce compte, puis choisissez de nouveau «\u00a0Se connecter avec Atlassian\u00a0».',
  },
  'not-allowed': {
    1033: 'You did not allow it in Atlassian. Nothing was saved.',
    3084: 'Vous n’avez pas donné l’autorisation dans Atlassian. Rien n’a été enregistré.',
  },
  microsoft: {
    1033: 'Microsoft did not confirm who you are. Nothing was saved. Try again; if it stays so, ask your administrator.',
    3084: 'Microsoft n’a pas confirmé votre identité. Rien n’a été enregistré. Réessayez; si cela persiste, voyez votre administrateur.',
  },
  atlassian: {
    1033: 'Atlassian did not complete the sign-in. Nothing was saved. Try again; if it stays so, ask your administrator.',
    3084: 'Atlassian n’a pas terminé la connexion. Rien n’a été enregistré. Réessayez; si cela persiste, voyez votre administrateur.',
  },
  unknown: {
    1033: 'Something unexpected happened. Nothing was saved. Try again; if it stays so, ask your administrator.',
    3084: 'Une erreur inattendue s’est produite. Rien n’a été enregistré. Réessayez; si cela persiste, voyez votre administrateur.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type SignInOutcome = keyof typeof outcomes;

export const signInOutcomeText = (outcome: SignInOutcome, language: Language): string => outcomes[outcome][language];

/** That the person goes on in a new window. Pure. */
export const openingAtlassianText = (language: Language): string =>
  language === 3084
    ? 'Atlassian s’ouvre dans une nouvelle fenêtre et demande deux autorisations\u00a0: voir les tickets, consigner du temps.'
    : 'Atlassian opens in a new window and asks you to allow two things: see issues, log work.';

/** Titles and what to do with the window. */
export const signInPageWords: Readonly<Record<Language, Readonly<Record<'done' | 'failed' | 'close', string>>>> = {
  1033: { done: 'Connected to Jira', failed: 'Not connected', close: 'You can close this window.' },
  3084: { done: 'Connecté à Jira', failed: 'Non connecté', close: 'Vous pouvez fermer cette fenêtre.' },
};
