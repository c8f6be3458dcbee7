import { utilization } from '../burn';
import type { Money } from '../money';
import { moneyText, percentText } from '../money-text';
import { escapeHtml } from '../plan/alert-texts';
import type { Language } from '../stage-reason-text';

/** A budget warning that the owner hears of in the digest (R-2306). */
export interface DigestEntry {
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly reference: string;
  readonly spent: Money;
  readonly approved: Money;
}

/**
 * One owner's budget warnings of a day, in the owner's language.
 * @param recordUrl the Opportunity form's address without id, null when it is not configured
 */
export function digestMail(
  entries: readonly DigestEntry[],
  language: Language,
  { redactAmounts, recordUrl }: { readonly redactAmounts: boolean; readonly recordUrl: string | null },
): { readonly subject: string; readonly body: string } {
  const french = language === 3084;
  const items = entries.map((entry) => {
    const name = escapeHtml(`${entry.opportunityName} (${entry.reference})`);
    const linked = recordUrl === null ? name : `<a href="${escapeHtml(recordUrl + entry.opportunityId)}">${name}</a>`;
    const percent = percentText(utilization(entry.spent, entry.approved, 1) ?? 0, language);
    const [spent, approved] = [moneyText(entry.spent, language), moneyText(entry.approved, language)];
    const of = `${spent} ${french ? 'sur' : 'of'} ${approved}`;
    return `<li>${linked}${french ? '\u00a0' : ''}: ${percent}${redactAmounts ? '' : ` (${escapeHtml(of)})`}</li>`;
  });
  const lead = french
    ? 'Ces projets ont atteint le seuil d’avertissement de leur budget approuvé\u00a0:'
    : 'These projects have reached the warning threshold of their approved budget:';
  return {
    subject: french ? `Avertissements de budget\u00a0: ${entries.length}` : `Budget warnings: ${entries.length}`,
    body: `<p>${lead}</p><ul>${items.join('')}</ul>`,
  };
}
