import { inBoth } from '../../explain/step-words';
import { moneyText, percentText } from '../../money/money-text';
import { alertLevelLabels, errorClassLabels } from '../../schema/generated/options';
import type { Language } from '../../text/language';
import type { Notification, NotificationData } from './notification';

type Words = Readonly<Record<Language, string>>;

/** What each event is called, in messages and where it is chosen. */
export const notificationNames: Readonly<Record<Notification['event'], Words>> = {
  'budget.alert': inBoth('Budget alert', 'Alerte budgétaire'),
  'budget.approved': inBoth('Budget approved', 'Budget approuvé'),
  'budget.rejected': inBoth('Budget rejected', 'Budget refusé'),
  'provisioning.failed': inBoth('Jira project could not be created', 'Le projet Jira n’a pas pu être créé'),
  'run.failed': inBoth('Integration run failed', 'Échec d’une exécution d’intégration'),
  'run.waiting': inBoth(
    'Integration run waits for a confirmation',
    'Une exécution d’intégration attend une confirmation',
  ),
  'connection.down': inBoth('Connection is down', 'Connexion en panne'),
  'connection.up': inBoth('Connection works again', 'La connexion fonctionne de nouveau'),
  'notification.test': inBoth('Test: notifications arrive here', 'Essai\u00a0: les notifications arrivent ici'),
  'notification.summary': inBoth('Several notifications at once', 'Plusieurs notifications à la fois'),
};

const labels: Readonly<Record<keyof NotificationData, Words>> = {
  event: inBoth('Event', 'Événement'),
  project: inBoth('Jira project', 'Projet Jira'),
  reference: inBoth('Reference', 'Référence'),
  level: inBoth('Level', 'Niveau'),
  percent: inBoth('Spent', 'Utilisé'),
  spent: inBoth('Amount spent', 'Montant dépensé'),
  budget: inBoth('Budget', 'Budget'),
  integration: inBoth('Integration', 'Intégration'),
  part: inBoth('Part', 'Élément'),
  cause: inBoth('Cause', 'Cause'),
  code: inBoth('Code', 'Code'),
  count: inBoth('Count', 'Nombre'),
  since: inBoth('Since', 'Depuis'),
};
const openWords = inBoth('Open in Dynamics 365', 'Ouvrir dans Dynamics 365');
const whenWords = inBoth('When', 'Quand');

/** An instant that reads the same everywhere: channels have readers in several time zones. */
const instantText = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

type Shown = { readonly [Name in keyof NotificationData]: (value: NonNullable<NotificationData[Name]>) => string };
const shownIn = (language: Language): Required<Shown> => ({
  event: (event) => notificationNames[event][language],
  project: String,
  reference: String,
  level: (level) => alertLevelLabels[level][language],
  percent: (percent) => percentText(percent, language),
  spent: (amount) => moneyText(amount, language),
  budget: (amount) => moneyText(amount, language),
  integration: String,
  part: (part) => part.replaceAll('_', ' '),
  cause: (cause) => errorClassLabels[cause][language],
  code: String,
  count: String,
  since: instantText,
});

/** A notification in words, before a product gives it its form. */
export interface NotificationMessage {
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly link: { readonly text: string; readonly url: string } | null;
}

/** Longest value of a field, in characters: what Slack takes of one, less its label. */
const longestValue = 1_500;

/** A notification in words. Pure. */
export function notificationMessage(
  { event, at, data, record }: Notification,
  language: Language,
): NotificationMessage {
  const shown = shownIn(language);
  const named = <Name extends keyof NotificationData>(name: Name): NotificationMessage['fields'] => {
    const value = data[name];
    if (value === undefined) return [];
    const show = shown[name] as (known: typeof value) => string;
    return [{ label: labels[name][language], value: show(value).slice(0, longestValue) }];
  };
  const url = record?.url ?? null;
  return {
    title: notificationNames[event][language],
    fields: [
      // In the order of their labels above, so that messages of one kind look alike.
      ...(Object.keys(labels) as (keyof NotificationData)[]).flatMap(named),
      { label: whenWords[language], value: instantText(at) },
    ],
    link: url === null ? null : { text: openWords[language], url },
  };
}
