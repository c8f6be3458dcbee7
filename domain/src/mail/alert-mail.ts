import { entryOf } from '../entry-of';
import { escapeHtml } from '../text/escape-html';

/** An alert as it is told to an administrator (R-1103, R-1106, R-1218). */
export interface ToldAlert {
  /** e.g. `CrmJiraTokenExpires` */
  readonly alert: string;
  /** What it is about where there are several: a side, a credential. */
  readonly of: string | null;
  /** Jira connection that it is about, where that is not the first one. */
  readonly connection?: { readonly name: string } | null;
  readonly value: number;
  readonly limit: number;
  /** Environment variable of the solution that sets the limit; null = it is fixed. */
  readonly setting: string | null;
}

/** What an alert is called in a sentence; `{of}`, `{connection}`, `{value}` and `{limit}` are filled in. */
const words: Readonly<Record<string, readonly [english: string, french: string]>> = {
  CrmJiraIntegrationFailures: [
    '{value} integration failures; the limit is {limit}',
    '{value} échecs de l’intégration; la limite est de {limit}',
  ],
  CrmJiraSlowJira: [
    'Jira{connection} answers after {value} seconds on average; the limit is {limit}',
    'Jira{connection} répond en {value} secondes en moyenne; la limite est de {limit}',
  ],
  CrmJiraConnectionLost: ['{of}{connection} is unreachable', '{of}{connection} est injoignable'],
  CrmJiraWebhookDelay: [
    'The oldest event has waited for {value} seconds; the limit is {limit}',
    'L’événement le plus ancien attend depuis {value} secondes; la limite est de {limit}',
  ],
  CrmJiraTokenExpires: [
    'The credential {of} expires in {value} days; alert threshold: {limit} days',
    'Le justificatif {of} prend fin dans {value} jours; avis à partir de {limit} jours',
  ],
  CrmJiraCertificateExpires: [
    'The certificate of {of} expires in {value} days; alert threshold: {limit} days',
    'Le certificat de {of} prend fin dans {value} jours; avis à partir de {limit} jours',
  ],
  CrmJiraTokenDue: [
    'The credential {of} is {value} days old and due for rotation ({limit} days)',
    'Le justificatif {of} a {value} jours et doit être remplacé ({limit} jours)',
  ],
  CrmJiraTokenTooOld: [
    'The credential {of} is {value} days old; {limit} days are the most',
    'Le justificatif {of} a {value} jours; le maximum est de {limit} jours',
  ],
  CrmJiraPerformanceDegraded: [
    'Performance is {value} % worse than in the days before; the limit is {limit} %',
    'Le rendement est inférieur de {value} % à celui des jours précédents; la limite est de {limit} %',
  ],
};

/** A side is called as people call it. */
const SIDES: Readonly<Record<string, string>> = { jira: 'Jira', dataverse: 'Dataverse', tempo: 'Tempo' };

function nameOf({ alert, of }: ToldAlert): string {
  return (alert === 'CrmJiraConnectionLost' && entryOf(SIDES, of ?? '')) || (of ?? '');
}

/**
 * Tells an administrator that an alert has fired. In both languages: a mailbox has none of its own.
 * @returns subject as plain text, body as HTML
 */
export function alertMail(told: ToldAlert): { readonly subject: string; readonly body: string } {
  const [english, french] = entryOf(words, told.alert) ?? [`${told.alert}: {value}`, `${told.alert}\u00a0: {value}`];
  const fill = (text: string, decimal: string): string => {
    const number = (value: number): string => String(Math.round(value * 10) / 10).replace('.', decimal);
    return text
      .replace('{of}', () => nameOf(told))
      .replace('{connection}', () => (told.connection ? ` (${told.connection.name})` : ''))
      .replace('{value}', number(told.value))
      .replace('{limit}', number(told.limit));
  };
  const [en, fr] = [fill(english, '.'), fill(french, ',')];
  const setting = told.setting === null ? '' : `<p><code>${escapeHtml(told.setting)}</code></p>`;
  return {
    subject: `CRM-JIRA: ${en} / ${fr}`,
    body:
      `<p>${escapeHtml(en)}. Open the health page, or run <code>crmjira doctor</code> to find the cause.</p>` +
      `<p lang="fr">${escapeHtml(fr)}. Ouvrez la page de santé, ou exécutez <code>crmjira doctor</code> pour trouver la cause.</p>` +
      setting,
  };
}
