import { utilization } from '../burn';
import type { Money } from '../../money/money';
import { moneyText, percentText } from '../../money/money-text';
import { escapeHtml } from '../../text/escape-html';
import type { Language } from '../../text/language';
import { inEachLanguage } from '../../mail/in-each-language';

/** A budget warning that the owner hears of in the digest (R-2306). */
export interface DigestEntry {
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly reference: string;
  readonly spent: Money;
  readonly approved: Money;
}

interface Layout {
  readonly redactAmounts: boolean;
  /** the Opportunity form's address without id, null when it is not configured */
  readonly recordUrl: string | null;
}

const words = {
  1033: {
    subject: 'Budget warnings',
    lead: 'These projects have reached the warning threshold of their approved budget:',
    of: 'of',
    colon: ':',
  },
  3084: {
    subject: 'Avertissements de budget',
    lead: 'Ces projets ont atteint le seuil d’avertissement de leur budget approuvé\u00a0:',
    of: 'sur',
    colon: '\u00a0:',
  },
} as const;

/**
 * One owner's budget warnings of a day.
 * @param languages of the owner, or of the members of an owner team; with several, each says the same
 */
export function digestMail(
  entries: readonly DigestEntry[],
  languages: readonly Language[],
  layout: Layout,
): { readonly subject: string; readonly body: string } {
  const subjects = languages.map((language) => words[language].subject).join(' / ');
  return {
    subject: `${subjects}${words[languages.at(-1) ?? 1033].colon} ${entries.length}`,
    body: inEachLanguage(languages, (language) => bodyIn(language, entries, layout)),
  };
}

function bodyIn(language: Language, entries: readonly DigestEntry[], { redactAmounts, recordUrl }: Layout): string {
  const text = words[language];
  const items = entries.map((entry) => {
    const name = escapeHtml(`${entry.opportunityName} (${entry.reference})`);
    const linked = recordUrl === null ? name : `<a href="${escapeHtml(recordUrl + entry.opportunityId)}">${name}</a>`;
    const percent = percentText(utilization(entry.spent, entry.approved, 1) ?? 0, language);
    const of = `${moneyText(entry.spent, language)} ${text.of} ${moneyText(entry.approved, language)}`;
    return `<li>${linked}${text.colon} ${percent}${redactAmounts ? '' : ` (${escapeHtml(of)})`}</li>`;
  });
  return `<p>${text.lead}</p><ul>${items.join('')}</ul>`;
}
