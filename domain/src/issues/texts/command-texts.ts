import { SyncPreference } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { RecordFacts } from '../facts';
import { UNDO_DAYS, type UndoRefusal } from '../merge/undo-entry';
import { inLanguage, type InBoth } from './in-language';

/** Answers to what people ask for about issues: what was done, or why nothing was. */

type Table = RecordFacts['table'];

const TO_RECORD: Readonly<Record<Table, InBoth>> = {
  incident: { en: 'to this case', fr: 'à cet incident' },
  opportunity: { en: 'to this opportunity', fr: 'à cette opportunité' },
  account: { en: 'to this account', fr: 'à ce compte' },
  product: { en: 'to this product', fr: 'à ce produit' },
};

const say =
  <Args extends readonly unknown[]>(words: (...args: Args) => InBoth) =>
  (language: Language, ...args: Args): string =>
    inLanguage(words(...args), language);

export const creatingText = say((project: string, type: string) => ({
  en: `${type} is being created in ${project}. Usually a few seconds.`,
  fr: `${type} est en cours de création dans ${project}. Habituellement quelques secondes.`,
}));

/** @param change what the case takes over from the new issue */
export const recordFollowsText = say((change: { readonly summary?: unknown; readonly priority?: unknown }) => {
  const both = change.summary !== undefined && change.priority !== undefined;
  if (both)
    return { en: 'The case takes this summary and priority.', fr: 'L’incident prend ce résumé et cette priorité.' };
  return change.summary === undefined
    ? { en: 'The case takes this priority.', fr: 'L’incident prend cette priorité.' }
    : { en: 'The case takes this summary.', fr: 'L’incident prend ce résumé.' };
});

export const linkedText = say((key: string) => ({ en: `${key} was linked.`, fr: `${key} est lié.` }));

/** @param day ISO 8601 */
export function alreadyLinkedText(
  language: Language,
  { key, table, who, on }: { readonly key: string; readonly table: Table; readonly who: string; readonly on: string },
): string {
  const locale = language === 3084 ? 'fr-CA' : 'en-CA';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(on));
  const record = inLanguage(TO_RECORD[table], language);
  return inLanguage(
    {
      en: `${key} is already linked ${record}. ${who === '' ? 'It was linked' : `${who} linked it`} on ${day}. Nothing was changed.`,
      fr: `${key} est déjà lié ${record}. Lié${who === '' ? '' : ` par ${who}`} le ${day}. Rien n’a été modifié.`,
    },
    language,
  );
}

export const unlinkedText = say((key: string) => ({
  en: `${key} is no longer linked.`,
  fr: `${key} n’est plus lié.`,
}));

/** An unlink, or sync off, is carried out; it is told as done when it is in force. */
export const inForceSoonText = say(() => ({
  en: 'This takes effect in about a minute, once nothing can be on its way to Jira any more. You can leave this page.',
  fr: 'Cela prend effet dans environ une minute, une fois que plus rien ne peut être en route vers Jira. Vous pouvez quitter cette page.',
}));

export const notInForceText = say((key: string) => ({
  en: `Jira has not answered yet. This takes effect by itself once it does; until then nothing new is sent to ${key}.`,
  fr: `Jira n’a pas encore répondu. Cela prendra effet automatiquement dès sa réponse; d’ici là, rien de nouveau n’est transmis à ${key}.`,
}));

export const linkedAgainText = say((key: string) => ({
  en: `${key} is linked again, with its sync setting and note.`,
  fr: `${key} est de nouveau lié, avec sa synchronisation et sa note.`,
}));

export const notUndoneText = say(() => ({
  en: 'Only an unlink can be undone. Nothing was changed.',
  fr: 'Seul un retrait de lien peut être annulé. Rien n’a été modifié.',
}));

/** @param value as people read it; null: empty */
export const takenBackText = say((key: string, value: string | null) => ({
  en: `The case has “${value ?? '–'}” again. The sync of ${key} carries it on.`,
  fr: `L’incident a de nouveau «\u00a0${value ?? '–'}\u00a0». La synchronisation de ${key} poursuit à partir de là.`,
}));

/** Why the other value of a conflict is not taken back. */
export const notTakenBackText = say((key: string, why: UndoRefusal) => {
  const words: Readonly<Record<UndoRefusal, InBoth>> = {
    'not-decided': {
      en: 'This conflict was not decided: it is open, or has ended by itself.',
      fr: 'Ce conflit n’a pas été décidé\u00a0: il est ouvert, ou s’est terminé de lui-même.',
    },
    'too-late': {
      en: `A decision can be undone for ${UNDO_DAYS} days.`,
      fr: `Une décision peut être annulée pendant ${UNDO_DAYS} jours.`,
    },
    off: {
      en: `Sync of ${key} is off. Change its sync setting, then undo.`,
      fr: `La synchronisation de ${key} est désactivée. Changez-la, puis annulez.`,
    },
    closed: {
      en: 'The case is closed. Reactivate it, then undo.',
      fr: 'L’incident est fermé. Réactivez-le, puis annulez.',
    },
    changed: {
      en: 'The values have changed since this conflict was decided. Enter the value yourself if it is still right.',
      fr: 'Les valeurs ont changé depuis la décision de ce conflit. Saisissez vous-même la valeur si elle est encore juste.',
    },
  };
  return { en: `${words[why].en} Nothing was changed.`, fr: `${words[why].fr} Rien n’a été modifié.` };
});

/** As the control's menu calls them. */
const SYNC: Readonly<Record<SyncPreference, InBoth>> = {
  [SyncPreference.Both]: { en: 'Both ways', fr: 'Dans les deux sens' },
  [SyncPreference.JiraToCrm]: { en: 'From Jira', fr: 'Depuis Jira' },
  [SyncPreference.CrmToJira]: { en: 'To Jira', fr: 'Vers Jira' },
  [SyncPreference.Off]: { en: 'Off', fr: 'Désactivée' },
};

export const syncSetText = say((key: string, preference: SyncPreference) => ({
  en: `Sync of ${key}: ${SYNC[preference].en}.`,
  fr: `Synchronisation de ${key}\u00a0: ${SYNC[preference].fr}.`,
}));

export const syncingText = say(() => ({
  en: 'Both sides are being compared.',
  fr: 'La comparaison des deux côtés est en cours.',
}));

export const decidedText = say(() => ({
  en: 'The choice is being carried out.',
  fr: 'Le choix est en cours d’application.',
}));

export const commentedText = say((keys: readonly string[]) => ({
  en: `The comment was added to ${keys.join(', ')}.`,
  fr: `Le commentaire a été ajouté à ${keys.join(', ')}.`,
}));

export const noLinkText = say(() => ({
  en: 'This record has no such link to a Jira issue. Refresh the page. Nothing was changed.',
  fr: 'Cet enregistrement n’a aucun tel lien vers un ticket Jira. Actualisez la page. Rien n’a été modifié.',
}));

export const linkUnreadText = say(() => ({
  en: 'The integration has not read this link yet. Try again in a moment. Nothing was changed.',
  fr: 'L’intégration n’a pas encore lu ce lien. Réessayez dans un instant. Rien n’a été modifié.',
}));

export const notCreatedYetText = say(() => ({
  en: 'Jira has not created the issue yet. Try again when its key is shown. Nothing was changed.',
  fr: 'Jira n’a pas encore créé le ticket. Réessayez lorsque sa clé est affichée. Rien n’a été modifié.',
}));

/** @param project its key; null: not even that is known */
export const projectNotOfferedText = say((project: string | null) => ({
  en: `${project ?? 'This project'} is not offered for issues. Choose another project, or ask an administrator of the integration to offer it. Nothing was changed.`,
  fr: `${project ?? 'Ce projet'} n’est pas offert pour les tickets. Choisissez un autre projet, ou demandez à un administrateur de l’intégration de l’offrir. Rien n’a été modifié.`,
}));

/** Also of an issue with a level of security: that it is there is not told. */
export const issueNotFoundText = say((key: string) => ({
  en: `${key} does not exist in Jira, or the integration account cannot see it. Check the key. Nothing was changed.`,
  fr: `${key} n’existe pas dans Jira, ou le compte d’intégration ne peut pas le voir. Vérifiez la clé. Rien n’a été modifié.`,
}));

export const issuesFoundText = say((count: number) => ({
  en: count === 1 ? '1 issue found.' : `${count} issues found.`,
  fr: count < 2 ? `${count} ticket trouvé.` : `${count} tickets trouvés.`,
}));

export const screenReadText = say((project: string) => ({
  en: `What ${project} asks for was read.`,
  fr: `Les champs demandés par ${project} ont été lus.`,
}));

export const noTypeText = say((project: string) => ({
  en: `No issue can be created in ${project} from here: Jira offers the integration account no type whose required fields can be filled in. Choose another project, or ask an administrator.`,
  fr: `Aucun ticket ne peut être créé dans ${project} à partir d’ici\u00a0: Jira n’offre au compte d’intégration aucun type dont les champs obligatoires peuvent être remplis. Choisissez un autre projet, ou adressez-vous à un administrateur.`,
}));

export const typeNotOfferedText = say((project: string, type: string) => ({
  en: `${project} does not offer the type ${type}. Choose another type. Nothing was created.`,
  fr: `${project} n’offre pas le type ${type}. Choisissez un autre type. Rien n’a été créé.`,
}));

export const descriptionChangedText = say(() => ({
  en: 'The record has changed since the description was shown. Look at the description again, then create the issue. Nothing was created.',
  fr: 'L’enregistrement a changé depuis l’affichage de la description. Vérifiez-la de nouveau, puis créez le ticket. Rien n’a été créé.',
}));

export const summaryMissingText = say(() => ({
  en: 'An issue needs a summary. Enter one. Nothing was created.',
  fr: 'Un ticket doit avoir un résumé. Saisissez-en un. Rien n’a été créé.',
}));

/** Why what was entered in a field is not sent. */
export const fieldProblemText = say((field: string, problem: 'empty' | 'not-a-choice' | 'not-valid') => {
  const why: Readonly<Record<typeof problem, InBoth>> = {
    empty: { en: `${field} is required. Fill it in.`, fr: `${field} est obligatoire. Remplissez ce champ.` },
    'not-a-choice': {
      en: `${field} does not offer this value. Choose one from its list.`,
      fr: `${field} n’offre pas cette valeur. Choisissez-en une dans la liste.`,
    },
    'not-valid': {
      en: `${field} does not take this value. A date is written 2025-05-16, a number in digits.`,
      fr: `${field} n’accepte pas cette valeur. Une date s’écrit 2025-05-16, un nombre en chiffres.`,
    },
  };
  return { en: `${why[problem].en} Nothing was created.`, fr: `${why[problem].fr} Rien n’a été créé.` };
});

/** First line of a comment that somebody sends from Dynamics. */
export const commentFromText = say((who: string) => ({
  en: `${who}, from Dynamics 365:`,
  fr: `${who}, à partir de Dynamics 365\u00a0:`,
}));

export const noCommentText = say(() => ({
  en: 'The comment is empty. Nothing was sent.',
  fr: 'Le commentaire est vide. Rien n’a été transmis.',
}));

export const commentOffText = say((key: string) => ({
  en: `Sync of ${key} is off, so that nothing is sent. Change its sync setting, then send the comment.`,
  fr: `La synchronisation de ${key} est désactivée\u00a0: rien n’est transmis. Changez-la, puis envoyez le commentaire.`,
}));
