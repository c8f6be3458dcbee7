import type { Edition } from '../site/rows';
import type { Site } from '../site/site';

/** characters; the default of `jira.projectkey.maxlength` */
const MAX_KEY = 10;
/** characters */
const MAX_NAME = 80;
const CONTRACT_KEY = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/;

/** What is wrong with a project key, in Jira's words; null when it can be used. */
export function keyProblem(site: Site, edition: Edition, key: string, contractKeys: boolean): string | null {
  if (key === '')
    return 'You must specify a unique project key, at least 2 characters long, containing only uppercase letters.';
  if (contractKeys && CONTRACT_KEY.test(key) && key.length <= 50) return takenKey(site, key);
  // Data Center's default pattern allows letters only
  const pattern = edition === 'dc' ? /^[A-Z][A-Z]+$/ : /^[A-Z][A-Z0-9]+$/;
  if (!pattern.test(key))
    return edition === 'dc'
      ? 'You must specify a unique project key, at least 2 characters long, containing only uppercase letters.'
      : 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.';
  if (key.length > MAX_KEY) return `The project key must not exceed ${MAX_KEY} characters in length.`;
  return takenKey(site, key);
}

function takenKey(site: Site, key: string): string | null {
  const holder = site.findProjectOrTrashed(key);
  return holder && (holder.key === key || holder.formerKeys.includes(key))
    ? `Project '${holder.name}' uses this project key.`
    : null;
}

export function nameProblem(site: Site, name: string, exceptId?: string): string | null {
  if (name.trim() === '') return 'You must specify a valid project name.';
  if (name.length < 2) return 'The project name must be at least 2 characters in length.';
  if (name.length > MAX_NAME) return `The project name must not exceed ${MAX_NAME} characters in length.`;
  const lower = name.trim().toLowerCase();
  const taken = site.projects.all().some((row) => row.id !== exceptId && row.name.toLowerCase() === lower);
  return taken ? 'A project with that name already exists.' : null;
}

/** A free key close to the one wished for, as `projectvalidate/validProjectKey` proposes. */
export function freeKey(site: Site, edition: Edition, wish: string): string {
  const stem = wish
    .toUpperCase()
    .replace(edition === 'dc' ? /[^A-Z]/g : /[^A-Z0-9]/g, '')
    .replace(/^[^A-Z]+/, '')
    .slice(0, MAX_KEY);
  for (let index = 0; index < 1000; index += 1) {
    // Data Center counts in letters, Cloud in digits from 1
    const tail = index === 0 ? '' : edition === 'dc' ? letters(index - 1) : String(index);
    const candidate = stem.slice(0, MAX_KEY - tail.length) + tail;
    if (keyProblem(site, edition, candidate, false) === null) return candidate;
  }
  return '';
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** The wished name, or `<name> 2` and so on when it is taken. */
export function freeName(site: Site, wish: string): string {
  for (let index = 1; index < 1000; index += 1) {
    const candidate = index === 1 ? wish : `${wish} ${index}`;
    if (nameProblem(site, candidate) === null) return candidate;
  }
  return '';
}
