import { escapeHtml } from '../plan/alert-texts';

/** A project that waits for an administrator (R-2305). */
export interface HeldProject {
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly reference: string;
}

/** Opportunities named in one mail; the rest is counted. */
const NAMED_AT_MOST = 200;

/**
 * Asks an administrator about held projects, naming the opportunities (R-2305). In both languages: a mailbox has none of its own.
 * @param recordUrl the Opportunity form's address without id, null when it is not configured
 */
export function heldMail(
  held: readonly HeldProject[],
  limit: number,
  recordUrl: string | null,
): { readonly subject: string; readonly body: string } {
  const count = held.length;
  const items = held.slice(0, NAMED_AT_MOST).map(({ opportunityId, opportunityName, reference }) => {
    const name = escapeHtml(`${opportunityName} (${reference})`);
    return `<li>${recordUrl === null ? name : `<a href="${escapeHtml(recordUrl + opportunityId)}">${name}</a>`}</li>`;
  });
  if (count > NAMED_AT_MOST) items.push(`<li>+ ${count - NAMED_AT_MOST}</li>`);
  return {
    subject: `Jira projects held back: ${count} / Projets Jira retenus\u00a0: ${count}`,
    body:
      `<p>More than ${limit} Jira projects were to be created within an hour. These wait until an administrator releases them, ` +
      `with the command Retry on the opportunity or with <code>crmjira release</code>:</p>` +
      `<p lang="fr">Plus de ${limit} projets Jira devaient être créés en une heure. Ceux-ci attendent qu’un administrateur les autorise, ` +
      `par la commande Réessayer de l’opportunité ou par <code>crmjira release</code>\u00a0:</p>` +
      `<ul>${items.join('')}</ul>`,
  };
}
