import { escapeHtml, type Language, signInPageWords } from '@crmjira/domain';

/** Nothing but its own style may load into the page. */
export const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;max-width:480px;margin:12vh auto;padding:0 16px}h1{font-size:24px;line-height:1.25}';

/** What became of a sign-in, for the window that was opened for it. */
export function signInPage(ok: boolean, text: string, language: Language): string {
  const { done, failed, close } = signInPageWords[language];
  const title = ok ? done : failed;
  return `<!DOCTYPE html><html lang="${language === 3084 ? 'fr-CA' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${escapeHtml(text)}</p><p>${close}</p></main></body></html>`;
}
