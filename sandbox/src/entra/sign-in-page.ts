import { escapeHtml } from '@crmjira/domain';
import type { EntraApp, EntraUser } from './directory';

const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:440px;margin:10vh auto;padding:0 16px}button{font:inherit;display:block;width:100%;text-align:left;padding:10px;margin:4px 0}small{display:block}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** Whoever is to sign in is picked: nothing here is reachable from another machine. */
export function pickAccountPage(app: EntraApp | undefined, users: readonly EntraUser[], asked: object): string {
  const fields = Object.entries(asked).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`,
  );
  const accounts = users.map(
    ({ displayName, userPrincipalName }) =>
      `<button name="username" value="${escapeHtml(userPrincipalName)}">${escapeHtml(displayName)}<small>${escapeHtml(userPrincipalName)}</small></button>`,
  );
  return page(
    'Pick an account',
    `<p>to continue to ${escapeHtml(app?.name ?? '')}</p><form method="post">${fields.join('')}${accounts.join('')}</form>`,
  );
}

export const signInErrorPage = (message: string): string =>
  page('Sorry, but we’re having trouble signing you in.', `<p>${escapeHtml(message)}</p>`);
