import { failureSentence } from '../failure-texts';
import { escapeHtml } from '../plan/alert-texts';

/** Trouble that only an administrator can put right (R-1401). */
export interface AdministratorTrouble {
  /** e.g. `jira-forbidden` */
  readonly code: string;
  /** the English sentence of the failure, as stored */
  readonly message: string;
  /** where to look first, English; null where nothing is known */
  readonly hint: string | null;
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
  const { code, message, hint, correlationId } = trouble;
  const english = hint === null ? message : `${message} ${hint}`;
  const french = failureSentence(code, message, 3084);
  return {
    subject: `CRM-JIRA: the integration can not go on / l’intégration ne peut pas continuer (${code})`,
    body:
      `<p>${escapeHtml(english)} A task in Dynamics says so too; <code>crmjira doctor</code> looks for the cause.</p>` +
      `<p lang="fr">${escapeHtml(french)} Une tâche dans Dynamics le dit aussi; <code>crmjira doctor</code> cherche la cause.</p>` +
      `<p><code>${escapeHtml(correlationId)}</code></p>`,
  };
}
