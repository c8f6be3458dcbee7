import type { Language } from '../../text/language';
import type { TimeTrouble } from '../facts';
import type { Instant } from '../work';

interface Words {
  readonly 1033: string;
  readonly 3084: string;
}

/** How whoever reads a text is told of times. */
export interface ReadersTimes {
  readonly clock: (instant: Instant) => string;
  readonly moment: (instant: Instant) => string;
  readonly duration: (seconds: string) => string;
}

/** The service does not know the reader's zone. */
export const inUtc: ReadersTimes = {
  clock: (instant) => `${instant.slice(11, 16)} UTC`,
  moment: (instant) => instant,
  duration: (seconds) => `${seconds} s`,
};

const NOTHING = { 1033: 'Nothing was logged.', 3084: 'Rien n’a été consigné.' } as const;

const missing = (key: string): Words => ({
  1033: `${key} is not in Jira, or you may not see it.`,
  3084: `${key} n’existe pas dans Jira, ou vous n’y avez pas accès.`,
});

/** Of an issue whose key is not known. */
const HIDDEN: Words = {
  1033: 'The issue is not in Jira, or you may not see it.',
  3084: 'Le ticket n’existe pas dans Jira, ou vous n’y avez pas accès.',
};

/** That there is no such issue for whoever asks. */
export const issueMissingText = (key: string, language: Language): string => missing(key)[language];

const TROUBLES: Readonly<Record<TimeTrouble['code'], (about: string, on: string) => Words>> = {
  'time-no-issue': () => ({
    1033: `No issue is chosen.\n${NOTHING[1033]} Choose an issue.`,
    3084: `Aucun ticket n’est choisi.\n${NOTHING[3084]} Choisissez un ticket.`,
  }),
  'time-issue-format': (key) => ({
    1033: `“${key}” is not an issue key.\n${NOTHING[1033]} A key is capital letters, a hyphen and a number.`,
    3084: `« ${key} » n’est pas une clé de ticket.\n${NOTHING[3084]} Une clé comporte des majuscules, un trait d’union et un nombre.`,
  }),
  'time-no-end': () => ({
    1033: `Time Out is not entered.\n${NOTHING[1033]} Enter it, then sync.`,
    3084: `L’heure de fin n’est pas entrée.\n${NOTHING[3084]} Entrez-la, puis synchronisez.`,
  }),
  'time-order': () => ({
    1033: `Time Out is not after Time In.\n${NOTHING[1033]} Correct the times.`,
    3084: `L’heure de fin ne suit pas l’heure de début.\n${NOTHING[3084]} Corrigez les heures.`,
  }),
  'time-issue-missing': (key) => ({
    1033: `${missing(key)[1033]}\n${NOTHING[1033]} Choose another issue.`,
    3084: `${missing(key)[3084]}\n${NOTHING[3084]} Choisissez un autre ticket.`,
  }),
  'time-issue-closed': (key) => ({
    1033: `${key} is closed, and Jira takes no time on it.\n${NOTHING[1033]} Reopen it in Jira or choose another issue.`,
    3084: `${key} est fermé, et Jira n’y accepte pas de temps.\n${NOTHING[3084]} Rouvrez-le dans Jira ou choisissez un autre ticket.`,
  }),
  'time-no-permission': (project) => ({
    1033: `You may not log work in project ${project}.\n${NOTHING[1033]} Ask the project lead for the permission “Work On Issues”.`,
    3084: `Vous ne pouvez pas consigner de temps dans le projet ${project}.\n${NOTHING[3084]} Demandez au responsable du projet l’autorisation « Travailler sur des tickets ».`,
  }),
  'time-no-edit': (id) => ({
    1033: `You may not change worklog ${id} in Jira.\nNothing was changed. Ask the project lead for the permission “Edit Own Worklogs”, or use the account that logged it.`,
    3084: `Vous ne pouvez pas modifier le journal de travail ${id} dans Jira.\nRien n’a été modifié. Demandez au responsable du projet l’autorisation «\u00a0Modifier ses propres journaux de travail\u00a0», ou utilisez le compte qui l’a consigné.`,
  }),
  'time-no-delete': (id) => ({
    1033: `You may not remove worklog ${id} from Jira.\nNothing was changed. Ask the project lead for the permission “Delete Own Worklogs”, or use the account that logged it.`,
    3084: `Vous ne pouvez pas retirer le journal de travail ${id} de Jira.\nRien n’a été modifié. Demandez au responsable du projet l’autorisation «\u00a0Supprimer ses propres journaux de travail\u00a0», ou utilisez le compte qui l’a consigné.`,
  }),
  'time-frozen': (said) => ({
    1033: `Tempo takes no change of time on this day any more.\nNothing was sent. Have the period reopened in Tempo, then sync. It says: ${said}`,
    3084: `Tempo n’accepte plus de changement au temps de cette journée.\nRien n’a été envoyé. Faites rouvrir la période dans Tempo, puis synchronisez. Sa réponse\u00a0: ${said}`,
  }),
  'time-refused': (said) => ({
    1033: `Jira refuses this time.\n${NOTHING[1033]} Jira says: ${said}`,
    3084: `Jira refuse ce temps.\n${NOTHING[3084]} Jira répond : ${said}`,
  }),
  'time-period-approved': (period) => {
    const [from = '', to = ''] = period.split('/');
    return {
      1033: `Your time from ${from} to ${to} is approved in Tempo, or waits for that.\nNothing was sent. Have the period reopened in Tempo, then sync.`,
      3084: `Vos heures du ${from} au ${to} sont approuvées dans Tempo, ou en attente de l’être.\nRien n’a été envoyé. Faites rouvrir la période dans Tempo, puis synchronisez.`,
    };
  },
  'time-no-connection': () => ({
    1033: `You have no Jira connection.\n${NOTHING[1033]} Set up your connection, then sync.`,
    3084: `Vous n’avez pas de connexion Jira.\n${NOTHING[3084]} Configurez votre connexion, puis synchronisez.`,
  }),
  'time-other-site': (worklog) => ({
    1033: `Worklog ${worklog} is on another Jira than your active connection.\nNothing was changed. Choose the connection that it was synced with.`,
    3084: `Le journal de travail ${worklog} se trouve dans un autre Jira que celui de votre connexion active.\nRien n’a été modifié. Choisissez la connexion qui a servi à le synchroniser.`,
  }),
  'time-sign-in': () => ({
    1033: `Jira no longer accepts your sign-in.\n${NOTHING[1033]} Sign in again, then sync.`,
    3084: `Jira n’accepte plus votre connexion.\n${NOTHING[3084]} Reconnectez-vous, puis synchronisez.`,
  }),
  'time-worklog-gone': (id, on) => ({
    1033: `Worklog ${id} is no longer in Jira (checked ${on}).\nThis record is kept. Syncing again makes a new worklog.`,
    3084: `Le journal de travail ${id} n’est plus dans Jira (vérifié à ${on}).\nLa feuille de temps est conservée. Synchroniser de nouveau crée un nouveau journal.`,
  }),
  'time-worklog-hidden': (key) => ({
    1033: `${key === '' ? HIDDEN[1033] : missing(key)[1033]}\nNothing was changed. Its worklog cannot be read just now.`,
    3084: `${key === '' ? HIDDEN[3084] : missing(key)[3084]}\nRien n’a été modifié. Son journal de travail ne peut pas être lu pour le moment.`,
  }),
};

/** Why a time record is not in Jira, for the person whose time it is. */
export const timeTroubleText = (
  { code, about, on }: TimeTrouble,
  language: Language,
  { clock }: ReadersTimes = inUtc,
): string => TROUBLES[code](about ?? '', on === null ? '' : clock(on))[language];

export const isTimeTrouble = (code: string): code is TimeTrouble['code'] => Object.hasOwn(TROUBLES, code);

/** What passes by itself. @param retryAt when it is tried again; null: at the next occasion */
export function timeWaitsText(
  isRateLimit: boolean,
  retryAt: Instant | null,
  language: Language,
  { clock }: ReadersTimes = inUtc,
): string {
  const at = retryAt === null ? '' : clock(retryAt);
  if (language === 3084)
    return isRateLimit
      ? `Jira demande de ralentir.\nRien n’est perdu. Ce temps sera envoyé à ${at}.`
      : `Jira n’a pas répondu en 30 s.\nRien n’est perdu. Nouvel essai à ${at}.`;
  return isRateLimit
    ? `Jira asks to slow down.\nNothing is lost. This time is sent at ${at}.`
    : `Jira did not answer within 30 s.\nNothing is lost. Next try ${at}.`;
}

/** Instead of a second worklog one that was there is linked. */
export const timeLinkedText = (worklogId: string, language: Language): string =>
  language === 3084
    ? `Le même temps était déjà dans Jira.\nLe journal de travail ${worklogId} est lié; aucun deuxième n’a été créé.`
    : `The same time was already in Jira.\nWorklog ${worklogId} is linked; no second one was made.`;

/** Both count; it is sent all the same. */
export function timeOverlapText(
  other: { readonly worklogId: string; readonly from: Instant; readonly to: Instant; readonly key: string },
  language: Language,
  { clock }: ReadersTimes = inUtc,
): string {
  const [from, to] = [clock(other.from), clock(other.to)];
  return language === 3084
    ? `Votre journal de travail ${other.worklogId} chevauche ce temps : ${from}–${to}, ${other.key}.\nLes deux comptent comme temps passé. Corrigez les heures ou synchronisez quand même.`
    : `Your worklog ${other.worklogId} overlaps: ${from}–${to} on ${other.key}.\nBoth count as time spent. Correct the times, or sync anyway.`;
}

/** A site that rounds: told, not corrected. */
export const timeKeptText = (sent: number, kept: number, language: Language): string =>
  language === 3084
    ? `Jira conserve ${kept} s au lieu des ${sent} s envoyées.`
    : `Jira keeps ${kept} s in place of the ${sent} s that were sent.`;

/** What came of a wish to sync. */
export function syncedTimeText(
  { total, succeeded, failed }: { readonly total: number; readonly succeeded: number; readonly failed: number },
  language: Language,
): string {
  if (language === 3084)
    return failed === 0 && total === 1 ? 'Synchronisé' : `${succeeded} réussies, ${failed} en échec`;
  return failed === 0 && total === 1 ? 'Synced' : `${succeeded} succeeded, ${failed} failed`;
}

export const removedTimeText = (language: Language): string =>
  language === 3084
    ? 'Retiré de Jira. La feuille de temps est conservée.'
    : 'Removed from Jira. The time record is kept.';
