import { type DirectoryFound, mostGroupsShown } from '@crmjira/domain';
import { DirectoryError } from './directory-error';
import type { DirectorySession } from './directory-session';
import type { DirectorySettings } from './directory-settings';
import { type FlavourTerms, idOf, peopleFilter, valuesOf } from './entries';
import { readEntry, search } from './read-directory';

/** So many people are counted: a page waits for the test. */
const mostCounted = 20_000;

/** @throws DirectoryError where there is no such entry, or the account may not see it */
export async function requireEntry(session: DirectorySession, dn: string): Promise<void> {
  if ((await readEntry(session, dn, '(objectClass=*)', ['objectClass'])) === null)
    throw new DirectoryError('base-not-found', 'There is no such entry.');
}

/** Counts the people whom the search finds. @throws DirectoryError also where it finds nobody: no run would do anything */
export async function countPeople(
  session: DirectorySession,
  of: FlavourTerms,
  { userSearch, leaveOut }: Pick<DirectorySettings, 'userSearch' | 'leaveOut'>,
): Promise<Pick<DirectoryFound, 'people' | 'morePeople'>> {
  let people = 0;
  const question = { base: userSearch, filter: peopleFilter(of, leaveOut), attributes: [] };
  for await (const entry of search(session, of, question)) {
    // An account that may not read ids finds people, and could not keep them apart.
    if (people === 0) idOf(entry, of);
    people += 1;
    if (people === mostCounted) return { people, morePeople: true };
  }
  if (people === 0) throw new DirectoryError('no-people', 'The search finds nobody.');
  return { people, morePeople: false };
}

/** Lists groups by name, for an administrator to choose from. @throws DirectoryError */
export async function listGroups(
  session: DirectorySession,
  of: FlavourTerms,
  groupSearch: string,
): Promise<Pick<DirectoryFound, 'groups' | 'moreGroups'>> {
  const groups: DirectoryFound['groups'][number][] = [];
  const byName = (): typeof groups => groups.sort((one, other) => one.name.localeCompare(other.name));
  for await (const entry of search(session, of, { base: groupSearch, filter: of.groups, attributes: ['cn'] })) {
    if (groups.length === mostGroupsShown) return { groups: byName(), moreGroups: true };
    groups.push({ dn: entry.dn, name: (valuesOf(entry, 'cn')[0] ?? entry.dn).slice(0, 200) });
  }
  return { groups: byName(), moreGroups: false };
}
