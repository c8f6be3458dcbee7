import type { UserRow } from '../site/rows';
import { escapeHtml, layout } from '../pages/layout';

/** What the page of Atlassian says of a scope. */
const meaning: ReadonlyMap<string, string> = new Map([
  ['read:jira-work', 'View Jira issue data'],
  ['write:jira-work', 'Create and manage issues, and log work'],
  ['read:jira-user', 'View user profiles'],
]);

export interface Consent {
  readonly appName: string;
  /** Of which one is chosen. */
  readonly siteUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly people: readonly UserRow[];
  /** Who is signed in to Atlassian in this browser. */
  readonly current: UserRow;
  /** Fields of the request, for the form to send again. */
  readonly asked: Readonly<Record<string, string>>;
}

/** Atlassian's page that asks what an app may do: who is asked is chosen, as nobody signs in here. */
export function consentPage({ appName, siteUrls, scopes, people, current, asked }: Consent): string {
  const fields = Object.entries(asked).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const options = people.map(
    ({ id, displayName, email }) =>
      `<option value="${escapeHtml(id)}"${id === current.id ? ' selected' : ''}>${escapeHtml(displayName)} (${escapeHtml(email)})</option>`,
  );
  const sites = siteUrls.map((url) => `<option>${escapeHtml(url)}</option>`);
  const wishes = scopes
    .map((scope) => meaning.get(scope))
    .flatMap((words) => (words === undefined ? [] : `<li>${words}</li>`));
  return layout(
    'Authorize',
    `<h1>${escapeHtml(appName)} is requesting access to your Atlassian account.</h1><ul>${wishes.join('')}</ul><form class="card acts" method="post" action="/authorize">${fields.join('')}<label>Signed in to Atlassian as<select name="person">${options.join('')}</select></label><label>Use app on<select name="site">${sites.join('')}</select></label><button name="answer" value="accept">Accept</button> <button name="answer" value="cancel">Cancel</button></form>`,
  );
}
