import { failureSentence } from '../faults/failure-texts';
import { remedyOf } from '../faults/fault-table';
import type { Language } from '../text/language';
import { escapeHtml } from '../text/escape-html';

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

function sentences({ code, message, status }: AdministratorTrouble): {
  readonly english: string;
  readonly french: string;
} {
  const says = (sentence: string, language: Language): string =>
    [sentence, remedyOf(code, status, language)].filter((part) => part !== null).join(' ');
  return { english: says(message, 1033), french: says(failureSentence(code, message, 3084), 3084) };
}

const cannotGoOn = 'the integration cannot continue / l’intégration ne peut pas continuer';

/** The task itself, in both languages as its mail: whoever finds it first may read either (F-117). */
export function administratorTaskTexts(trouble: AdministratorTrouble): {
  readonly subject: string;
  readonly description: string;
} {
  const { english, french } = sentences(trouble);
  return {
    subject: `Administrator: ${cannotGoOn} (${trouble.code})`,
    description: [
      ...new Set([english, french]),
      `Correlation id / Identifiant de corrélation\u00a0: ${trouble.correlationId}`,
    ].join('\n'),
  };
}

/**
 * Tells an administrator of a task that waits for them. In both languages: a mailbox has none of its own.
 * @returns subject as plain text, body as HTML
 */
export function administratorTaskMail(trouble: AdministratorTrouble): {
  readonly subject: string;
  readonly body: string;
} {
  const { english, french } = sentences(trouble);
  return {
    subject: `CRM-JIRA: ${cannotGoOn} (${trouble.code})`,
    body:
      `<p>${escapeHtml(english)} A task in Dynamics says the same. Run <code>crmjira doctor</code> to find the cause.</p>` +
      `<p lang="fr">${escapeHtml(french)} Une tâche dans Dynamics le signale aussi. Exécutez <code>crmjira doctor</code> pour trouver la cause.</p>` +
      `<p><code>${escapeHtml(trouble.correlationId)}</code></p>`,
  };
}
