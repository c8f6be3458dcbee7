import { escapeHtml } from '../../text/escape-html';
import type { Instant } from '../plan/facts';

/** A project that waits for an administrator (R-2305). */
export interface HeldProject {
  readonly opportunityId: string;
  readonly opportunityName: string;
  readonly reference: string;
}

/** A stop is asked about when nothing was added to it for so long, in milliseconds: one mail names a whole import. */
const QUIET_MS = 60_000;
/** While it goes on, it is asked about each time that so much has passed, in milliseconds. */
const LONGEST_MS = 10 * 60_000;

/**
 * What triggers a mail about held projects: the same text for every replica and every later look, so that it is sent once (R-2305);
 * null while it is too early. What waits since a former stop hurries no mail about a new one.
 * @param heldOn when projects were held back, in any order
 */
export function heldTrigger(heldOn: readonly Instant[], now: Instant): string | null {
  const times = heldOn.map((one) => Date.parse(one)).sort((a, b) => b - a);
  const [newest] = times;
  if (newest === undefined) return null;
  if (Date.parse(now) - newest >= QUIET_MS) return new Date(newest).toISOString();
  let start = newest;
  for (const time of times) {
    if (start - time >= QUIET_MS) break;
    start = time;
  }
  const passed = Math.floor((Date.parse(now) - start) / LONGEST_MS);
  return passed === 0 ? null : `${new Date(start).toISOString()} ${passed}`;
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
