import { failureSentence } from '../failure-texts';
import { remedyOf } from '../fault-table';
import type { Language } from '../stage-reason-text';
import { escapeHtml } from '../plan/alert-texts';

/** Trouble that only an administrator can put right (R-1401). */
export interface AdministratorTrouble {
  /** e.g. `jira-forbidden` */
  readonly code: string;
  /** the English sentence of the failure, as stored */
  readonly message: string;
  /** HTTP status of the answer behind it, when there was one */
  readonly status?: number | undefined;
  readonly correlationId: string;
}

/**
 * Tells an administrator of a task that waits for them. In both languages: a mailbox has none of its own.
 * @returns subject as plain text, body as HTML
 */
export function administratorTaskMail(trouble: AdministratorTrouble): {
  readonly subject: string;
  readonly body: string;
} {
  const { code, status, message, correlationId } = trouble;
  const says = (sentence: string, language: Language): string =>
    [sentence, remedyOf(code, status, language)].filter((part) => part !== null).join(' ');
  const english = says(message, 1033);
  const french = says(failureSentence(code, message, 3084), 3084);
  return {
    subject: `CRM-JIRA: the integration cannot continue / l’intégration ne peut pas continuer (${code})`,
    body:
      `<p>${escapeHtml(english)} A task in Dynamics says the same. Run <code>crmjira doctor</code> to find the cause.</p>` +
      `<p lang="fr">${escapeHtml(french)} Une tâche dans Dynamics le signale aussi. Exécutez <code>crmjira doctor</code> pour trouver la cause.</p>` +
      `<p><code>${escapeHtml(correlationId)}</code></p>`,
  };
}
