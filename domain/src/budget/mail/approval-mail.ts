import type { Money } from '../../money/money';
import { moneyText } from '../../money/money-text';
import { escapeHtml } from '../../text/escape-html';
import type { Language } from '../../text/language';

export interface ApprovedBudget {
  readonly opportunityName: string;
  readonly approved: Money;
  /** null: no project is linked yet */
  readonly project: { readonly key: string; readonly url: string | null } | null;
  readonly redactAmounts: boolean;
  /** link to the opportunity, null when the environment's address is not configured */
  readonly recordUrl: string | null;
}

const linked = (text: string, url: string | null): string =>
  url === null ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;

/** What the project team is told of an approved budget (R-307). The amount is left out where the environment says so (R-708). */
export function approvalMail(
  { opportunityName, approved, project, redactAmounts, recordUrl }: ApprovedBudget,
  language: Language,
): { readonly subject: string; readonly body: string } {
  const french = language === 3084;
  const colon = french ? '\u00a0:' : ':';
  const rows = [
    ...(redactAmounts
      ? []
      : [`${french ? 'Budget approuvé' : 'Approved budget'}${colon} ${escapeHtml(moneyText(approved, language))}`]),
    ...(project ? [`${french ? 'Projet Jira' : 'Jira project'}${colon} ${linked(project.key, project.url)}`] : []),
  ];
  const lead = french
    ? `Le budget du projet «\u00a0${opportunityName}\u00a0» est approuvé.`
    : `The budget of the project "${opportunityName}" is approved.`;
  const open = french ? 'Ouvrir l’opportunité' : 'Open the opportunity';
  return {
    subject: `${french ? 'Budget approuvé' : 'Budget approved'}${colon} ${opportunityName}`,
    body: [
      `<p>${escapeHtml(lead)}</p>`,
      rows.length === 0 ? '' : `<ul>${rows.map((row) => `<li>${row}</li>`).join('')}</ul>`,
      recordUrl === null ? '' : `<p>${linked(open, recordUrl)}</p>`,
    ].join(''),
  };
}
