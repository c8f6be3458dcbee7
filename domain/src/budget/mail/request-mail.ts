import type { Money } from '../../money/money';
import { moneyText } from '../../money/money-text';
import { escapeHtml } from '../../text/escape-html';
import type { Language } from '../../text/language';
import { inEachLanguage } from '../../mail/in-each-language';

export interface RequestedBudget {
  readonly opportunityName: string;
  readonly requestedBy: string;
  readonly amount: Money;
  /** null: nothing was approved before */
  readonly previous: Money | null;
  /** in the requester's own words */
  readonly comment: string | null;
  /** false: nobody's role and limit allow this amount */
  readonly canBeDecided: boolean;
  readonly redactAmounts: boolean;
  /** link to the opportunity, null when the environment's address is not configured */
  readonly recordUrl: string | null;
}

const words = {
  1033: {
    subject: 'Budget approval requested',
    lead: (who: string, name: string) => `${who} requests approval of the budget of the project "${name}".`,
    amount: 'Requested',
    previous: 'Approved so far',
    comment: 'Reason',
    next: 'Open the opportunity to approve or reject the request, or to ask for changes.',
    nobody:
      'Nobody can decide on this amount. Assign the role CRM-JIRA Budget Approver to someone, or raise an approval limit.',
    open: 'Open the opportunity',
    colon: ':',
  },
  3084: {
    subject: 'Approbation de budget demandée',
    lead: (who: string, name: string) => `${who} demande l’approbation du budget du projet «\u00a0${name}\u00a0».`,
    amount: 'Montant demandé',
    previous: 'Montant déjà approuvé',
    comment: 'Motif',
    next: 'Ouvrez l’opportunité pour approuver ou refuser la demande, ou pour demander des modifications.',
    nobody:
      'Personne ne peut approuver ce montant. Attribuez le rôle CRM-JIRA Budget Approver à quelqu’un, ou relevez une limite d’approbation.',
    open: 'Ouvrir l’opportunité',
    colon: '\u00a0:',
  },
} as const;

/**
 * Asks approvers for a decision (F-105). The amounts are left out where the environment says so.
 * @param languages of the readers; with several, each says the same
 * @returns subject as plain text, body as HTML
 */
export function requestMail(
  request: RequestedBudget,
  languages: readonly Language[],
): { readonly subject: string; readonly body: string } {
  return {
    subject: `${languages.map((language) => words[language].subject).join(' / ')}${words[languages.at(-1) ?? 1033].colon} ${request.opportunityName}`,
    body: inEachLanguage(languages, (language) => bodyIn(language, request)),
  };
}

function bodyIn(language: Language, request: RequestedBudget): string {
  const { amount, canBeDecided, comment, opportunityName, previous, recordUrl, redactAmounts, requestedBy } = request;
  const text = words[language];
  const row = (name: string, value: string): string => `<li>${name}${text.colon} ${escapeHtml(value)}</li>`;
  const rows = [
    ...(redactAmounts ? [] : [row(text.amount, moneyText(amount, language))]),
    ...(redactAmounts || previous === null ? [] : [row(text.previous, moneyText(previous, language))]),
    ...(comment === null ? [] : [row(text.comment, comment)]),
  ];
  return [
    `<p>${escapeHtml(text.lead(requestedBy, opportunityName))}</p>`,
    rows.length === 0 ? '' : `<ul>${rows.join('')}</ul>`,
    `<p>${canBeDecided ? text.next : text.nobody}</p>`,
    recordUrl === null ? '' : `<p><a href="${escapeHtml(recordUrl)}">${text.open}</a></p>`,
  ].join('');
}
