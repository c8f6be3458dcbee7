import type { Money } from '../../money/money';
import { moneyText } from '../../money/money-text';
import { escapeHtml } from '../../text/escape-html';
import { nextAfterUnapproved } from '../plan/decision-texts';
import { ApprovalStatus } from '../../schema/generated/options';
import type { Language } from '../../text/language';

export interface UnapprovedRequest {
  readonly opportunityName: string;
  /** rejected or changes requested */
  readonly outcome: ApprovalStatus;
  readonly requested: Money;
  /** the approver's own words; null where the client that decided asked for none */
  readonly comment: string | null;
  /** something was approved before, which still holds */
  readonly approvedBefore: boolean;
  readonly redactAmounts: boolean;
  /** link to the opportunity, null when the environment's address is not configured */
  readonly recordUrl: string | null;
}

/** What the person who asked is told when nothing was approved (F-104). The amount is left out where the environment says so (R-708). */
export function unapprovedMail(
  { opportunityName, outcome, requested, comment, approvedBefore, redactAmounts, recordUrl }: UnapprovedRequest,
  language: Language,
): { readonly subject: string; readonly body: string } {
  const french = language === 3084;
  const colon = french ? '\u00a0:' : ':';
  const rejected = outcome === ApprovalStatus.Rejected;
  const subject = french
    ? `${rejected ? 'Approbation du budget refusée' : 'Modifications du budget demandées'}${colon} ${opportunityName}`
    : `${rejected ? 'Budget approval rejected' : 'Budget changes requested'}${colon} ${opportunityName}`;
  const lead = french
    ? rejected
      ? `Votre demande d’approbation du budget du projet «\u00a0${opportunityName}\u00a0» a été refusée.`
      : `Des modifications sont demandées avant d’approuver le budget du projet «\u00a0${opportunityName}\u00a0».`
    : rejected
      ? `Your request to approve the budget of the project "${opportunityName}" was rejected.`
      : `Changes are requested before the budget of the project "${opportunityName}" is approved.`;
  const rows = [
    ...(redactAmounts
      ? []
      : [`${french ? 'Montant demandé' : 'Requested amount'}${colon} ${moneyText(requested, language)}`]),
    `${french ? 'Motif' : 'Reason'}${colon} ${comment ?? (french ? 'aucun motif donné' : 'none given')}`,
  ];
  const open = french ? 'Ouvrir l’opportunité' : 'Open the opportunity';
  return {
    subject,
    body: [
      `<p>${escapeHtml(lead)}</p>`,
      `<ul>${rows.map((row) => `<li>${escapeHtml(row)}</li>`).join('')}</ul>`,
      `<p>${escapeHtml(nextAfterUnapproved(approvedBefore, language))}</p>`,
      recordUrl === null ? '' : `<p><a href="${escapeHtml(recordUrl)}">${escapeHtml(open)}</a></p>`,
    ].join(''),
  };
}
