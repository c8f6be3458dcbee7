import type { DirectoryPerson, DirectoryUser } from './facts';

/** Whose account belongs to which user. */
export interface Matches {
  /** Users by the id of the person. */
  readonly userOf: ReadonlyMap<string, DirectoryUser>;
  /** Ids of people of whom nobody can say which user they are, as several fit. */
  readonly ambiguous: ReadonlySet<string>;
  /** Ids of users whom several people claim: nothing is taken from them. */
  readonly claimed: ReadonlySet<string>;
}

const nameKey = (name: string | null): string | null => {
  const key = name?.trim().normalize('NFC').toLowerCase() ?? '';
  return key === '' ? null : key;
};

function listed<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): ReadonlyMap<string, readonly Item[]> {
  const lists = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [item]);
    else list.push(item);
  }
  return lists;
}

/**
 * Matches people to users: by mail, else by user principal name (R-1605). Where several users have a mail, the one of that
 * user name decides. Where two people fit one user, neither is matched: an account for administration often has the mail
 * of the person whose second account it is. The one with the user's own name is preferred then.
 */
export function matchPeople(people: readonly DirectoryPerson[], users: readonly DirectoryUser[]): Matches {
  const byMail = listed(users, ({ mail }) => nameKey(mail));
  const byName = listed(users, ({ userName }) => nameKey(userName));
  const find = (lists: typeof byMail, key: string | null): readonly DirectoryUser[] =>
    key === null ? [] : (lists.get(key) ?? []);
  const ambiguous = new Set<string>();
  const claimed = new Set<string>();
  const claims = new Map<string, { readonly user: DirectoryUser; readonly people: DirectoryPerson[] }>();
  for (const person of people) {
    const named = find(byName, nameKey(person.upn));
    const mailed = find(byMail, nameKey(person.mail));
    const fitting = mailed.length === 0 ? named : mailed;
    const both = fitting.length > 1 ? fitting.filter((user) => named.includes(user)) : fitting;
    const [user, ...others] = both.length === 0 ? fitting : both;
    if (user === undefined) continue;
    if (others.length > 0) {
      ambiguous.add(person.id);
      for (const one of [user, ...others]) claimed.add(one.id);
      continue;
    }
    const claim = claims.get(user.id);
    if (claim === undefined) claims.set(user.id, { user, people: [person] });
    else claim.people.push(person);
  }
  const userOf = new Map<string, DirectoryUser>();
  for (const { user, people: claiming } of claims.values()) {
    const own = claiming.filter(({ upn }) => nameKey(upn) === nameKey(user.userName));
    const [person, ...others] = claiming.length === 1 ? claiming : own;
    if (person !== undefined && others.length === 0) {
      userOf.set(person.id, user);
      continue;
    }
    claimed.add(user.id);
    for (const { id } of claiming) ambiguous.add(id);
  }
  return { userOf, ambiguous, claimed };
}
