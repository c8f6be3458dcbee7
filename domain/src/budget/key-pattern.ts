import { DomainError } from '../domain-error';

/** Characters that each place of a project key may hold, first place first; a fixed character is alone in its place. */
export type KeyPattern = readonly string[];

/** What Cloud takes: upper-case letters and digits, ten at most, a letter first. Data Center as installed takes letters alone. */
const fewestPlaces = 2;
const mostPlaces = 10;
/** Keys that a pattern must be able to give: with fewer, twenty candidates are soon all taken. */
const leastKeys = 10_000;

const place = /([A-Z0-9]|\[(?:[A-Z0-9](?:-[A-Z0-9])?)+\])(?:\{(\d{1,2})\})?/y;

function refuse(pattern: string, why: string): never {
  throw new DomainError('jira-key.pattern', `"${pattern}" is no pattern of a project key: ${why}`);
}

/** Characters of `[A-Z0-9]` or of a single one; null when a range runs backwards. */
function alphabetOf(token: string): string | null {
  const characters = new Set<string>();
  for (const [, from = '', to = from] of token.matchAll(/([A-Z0-9])(?:-([A-Z0-9]))?/g)) {
    if (from > to || /\d/.test(from) !== /\d/.test(to)) return null;
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) characters.add(String.fromCharCode(code));
  }
  return [...characters].join('');
}

/**
 * Reads a pattern like `CRM[A-Z]{7}`: fixed characters and classes of letters and digits, each with a count if need be (R-404,
 * `crmjira_ProjectKeyPattern`).
 * @throws DomainError `jira-key.pattern` saying what Jira, or the search for a free key, would not take
 */
export function parseKeyPattern(pattern: string): KeyPattern {
  const places: string[] = [];
  place.lastIndex = 0;
  for (let at = 0; at < pattern.length; at = place.lastIndex) {
    const found = place.exec(pattern);
    if (found === null)
      refuse(pattern, `at character ${at + 1} there must be A-Z, 0-9 or a class like [A-Z], with a count like {7}.`);
    const alphabet = alphabetOf(found[1] ?? '');
    if (alphabet === null)
      refuse(pattern, `the range at character ${at + 1} runs backwards or from digits to letters.`);
    places.push(...Array.from({ length: Number(found[2] ?? 1) }, () => alphabet));
  }
  if (places.length < fewestPlaces || places.length > mostPlaces)
    refuse(pattern, `Jira takes ${fewestPlaces} to ${mostPlaces} characters, not ${places.length}.`);
  if (/\d/.test(places[0] ?? '')) refuse(pattern, 'a key begins with a letter.');
  const keys = places.reduce((count, { length }) => count * length, 1);
  if (keys < leastKeys) refuse(pattern, `it gives ${keys} different keys; ${leastKeys} are needed.`);
  return places;
}

/** Whether a key is one that the pattern gives. */
export function fitsKeyPattern(pattern: KeyPattern, key: string): boolean {
  return key.length === pattern.length && pattern.every((alphabet, index) => alphabet.includes(key.charAt(index)));
}

/** What all keys of a pattern begin with; may be empty. */
export function keyPrefix(pattern: KeyPattern): string {
  const open = pattern.findIndex(({ length }) => length > 1);
  return pattern.slice(0, open).join('');
}
