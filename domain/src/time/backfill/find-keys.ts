/** A key of an issue in a text, and where it stands. */
export interface FoundKey {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Characters of a text that are looked through, and keys that are offered of it. */
const longestText = 10_000;
const mostKeys = 10;

/** Without what ends a sentence around it. */
const anyUrl = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/gi;
/** As people type it; part of no longer word, number of a version or key. */
const keyInWords = /(?<![\w-])[A-Z][A-Z0-9_]+-[1-9][0-9]{0,8}(?![\w-]|\.\d)/g;
/** A key stands in an address after one of these, whatever its case. */
const keyInPath = /\/(?:browse|issues|custom\/\d+)\/([a-z][a-z0-9_]+-[1-9][0-9]{0,8})(?=[/?#]|$)/i;
const keyInQuery = /[?&]selectedIssue=([a-z][a-z0-9_]+-[1-9][0-9]{0,8})(?=[&#]|$)/i;

const once = (found: readonly FoundKey[]): readonly FoundKey[] =>
  found.filter(({ key }, at) => found.findIndex((one) => one.key === key) === at).slice(0, mostKeys);

/** Whether an address is of a site, under its path. */
function isOf(url: URL, site: string): boolean {
  const at = URL.parse(site);
  if (at === null || at.host !== url.host) return false;
  const path = at.pathname.replace(/\/$/, '');
  return path === '' || url.pathname.startsWith(`${path}/`);
}

/** Keys in addresses of issues on the given sites; those of any other site name other issues (R-1814). Pure. */
export function keysInLinks(text: string | null, sites: readonly string[]): readonly FoundKey[] {
  const found: FoundKey[] = [];
  for (const { 0: address, index } of (text ?? '').slice(0, longestText).matchAll(anyUrl)) {
    const url = URL.parse(address);
    if (url === null || !sites.some((site) => isOf(url, site))) continue;
    const at = keyInQuery.exec(address) ?? keyInPath.exec(address);
    const key = at?.[1];
    if (at === null || key === undefined) continue;
    const start = index + at.index + at[0].indexOf(key);
    found.push({ key: key.toUpperCase(), start, end: start + key.length });
  }
  return once(found);
}

/** What looks like a key in words that people wrote: whether there is such an issue, Jira says (R-1814). Pure. */
export const keysInNotes = (text: string | null): readonly FoundKey[] =>
  once(
    [...(text ?? '').slice(0, longestText).matchAll(keyInWords)].map(({ 0: key, index }) => ({
      key,
      start: index,
      end: index + key.length,
    })),
  );
