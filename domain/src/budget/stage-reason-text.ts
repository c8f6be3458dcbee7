import type { StageReason, StageReasonCode } from './stage-gate';
import type { Language } from '../text/language';

const EN: Readonly<Record<StageReasonCode, string>> = {
  'opportunity-not-open': 'The opportunity is closed. Reopen it to go on.',
  'budget-amount-too-small': 'Budget Amount: Must be greater than {amount}',
  'project-key-missing':
    'The Jira project has not been created yet. Its key appears here by itself, usually within two minutes.',
  'project-not-linked': 'The Jira project is still being set up. Wait until it is linked, or choose Sync now.',
  'approval-missing': 'The budget has not been approved. Request approval, then a budget approver decides.',
  'project-budget-missing': 'Project Budget: Enter the amount to approve.',
  'budget-not-active': 'The approved budget is being activated in Jira. Try again in a moment.',
  'review-not-required': 'Spending is below the warning threshold: no budget review is required.',
  'review-still-required': 'Set Budget Review Required to No when the review is finished.',
  'review-note-missing': 'Review Note: Enter the outcome of the review.',
  'project-not-completed':
    'The process finishes by itself when the project is completed. When the work is done, choose Complete Project.',
};

const FR: Readonly<Record<StageReasonCode, string>> = {
  'opportunity-not-open': 'L’opportunité est fermée. Rouvrez-la pour continuer.',
  'budget-amount-too-small': 'Montant du budget\u00a0: doit être supérieur à {amount}',
  'project-key-missing':
    'Le projet Jira n’est pas encore créé. Sa clé s’affiche ici d’elle-même, habituellement en moins de deux minutes.',
  'project-not-linked': 'Le projet Jira est en préparation. Attendez qu’il soit lié, ou choisissez Synchroniser.',
  'approval-missing': 'Le budget n’est pas approuvé. Demandez l’approbation; un approbateur du budget décidera.',
  'project-budget-missing': 'Budget du projet\u00a0: entrez le montant à approuver.',
  'budget-not-active': 'Le budget approuvé est en cours d’activation dans Jira. Réessayez dans un instant.',
  'review-not-required':
    'Les dépenses sont sous le seuil d’avertissement\u00a0: aucune révision du budget n’est requise.',
  'review-still-required': 'Mettez Révision du budget requise à Non une fois la révision terminée.',
  'review-note-missing': 'Note de révision\u00a0: indiquez le résultat de la révision.',
  'project-not-completed':
    'Le processus se termine de lui-même à l’achèvement du projet. Une fois le travail fait, choisissez Terminer le projet.',
};

/**
 * The sentence for a reason, the same on the form and in the refused command row (ADR-3).
 * @param formatAmount major units → text with currency sign and no needless decimals: `$10,000`, `10 000 $`
 */
export function stageReasonText(
  reason: StageReason,
  language: Language,
  formatAmount: (major: number) => string,
): string {
  const text = (language === 3084 ? FR : EN)[reason.code];
  return text.replace('{amount}', reason.amount === undefined ? '' : formatAmount(reason.amount));
}
