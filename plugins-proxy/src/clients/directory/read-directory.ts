import {
  type DirectoryAnswer,
  type DirectoryEntry,
  type DirectoryFault,
  type DirectoryGroup,
  type DirectoryPerson,
  dnKey,
} from '@crmjira/domain';
import type { Entry } from 'ldapts';
import { DirectoryError } from './directory-error';
import type { DirectorySession } from './directory-session';
import type { DirectorySettings } from './directory-settings';
import { type Flavour, type FlavourTerms, idOf, peopleFilter, terms, toPerson, valuesOf } from './entries';
import { allValues } from './member-ranges';

type Whole = Extract<DirectoryAnswer, { isWhole: true }>;
type Reason = Extract<DirectoryAnswer, { isWhole: false }>['reason'];

/** What is read, and of which groups the members count. */
export interface DirectoryReading {
  readonly settings: Pick<DirectorySettings, 'userSearch' | 'groupSearch'> &
    Partial<Pick<DirectorySettings, 'leaveOut'>>;
  readonly groupDns: readonly string[];
  readonly now: Date;
}

/** So many people and members are read at most: beyond it something else answers. */
const peopleAtMost = 500_000;

/** Failures after which only a part is known. All others are of the connection or its settings, and thrown. */
const partial: Partial<Record<DirectoryFault, Reason>> = {
  'time-limit': 'time-out',
  'no-answer': 'time-out',
  'size-limit': 'size-limit',
  'answer-too-large': 'size-limit',
  referral: 'referral',
  'cut-off': 'cut-off',
};

/** Parts of a forest that hold no people; Active Directory names them wherever a whole domain is searched. */
const isOfTheServer = (referral: string): boolean =>
  /\/+(?:DC=(?:Domain|Forest)DnsZones|CN=Configuration),/iu.test(decodeURIComponent(referral));

const activeDirectory = '1.2.840.113556.1.4.800';

/** Whose directory it is, by what it says of itself. @throws DirectoryError */
export async function readFlavour(session: DirectorySession): Promise<Flavour> {
  for await (const { entries } of session.pages({
    base: '',
    scope: 'base',
    filter: '(objectClass=*)',
    attributes: ['supportedCapabilities'],
  }))
    for (const entry of entries)
      if (valuesOf(entry, 'supportedCapabilities').includes(activeDirectory)) return 'active-directory';
  return 'ldap';
}

/** Reads entries below a name, page by page. @throws DirectoryError */
export async function* search(
  session: DirectorySession,
  of: FlavourTerms,
  question: { readonly base: string; readonly filter: string; readonly attributes: readonly string[] },
): AsyncGenerator<Entry> {
  const asked = {
    ...question,
    scope: 'sub',
    attributes: [of.id, ...question.attributes],
    binary: ['objectGUID'],
  } as const;
  for await (const { entries, referrals } of session.pages(asked)) {
    const elsewhere = referrals.find((referral) => !isOfTheServer(referral));
    if (elsewhere !== undefined) throw new DirectoryError('referral', `Part of it is at ${elsewhere.slice(0, 200)}.`);
    yield* entries;
  }
}

/** One entry by its name; null: there is none, or the account may not see it. @throws DirectoryError */
export async function readEntry(
  session: DirectorySession,
  base: string,
  filter: string,
  attributes: readonly string[],
): Promise<Entry | null> {
  try {
    const question = { base, scope: 'base', filter, attributes, binary: ['objectGUID'] } as const;
    for await (const { entries } of session.pages(question)) if (entries[0] !== undefined) return entries[0];
    return null;
  } catch (error) {
    if (error instanceof DirectoryError && ['base-not-found', 'forbidden', 'name-malformed'].includes(error.fault))
      return null;
    throw error;
  }
}

async function readWhole(session: DirectorySession, { settings, groupDns, now }: DirectoryReading): Promise<Whole> {
  const of = terms[await readFlavour(session)];
  const { userSearch, groupSearch, leaveOut } = settings;
  const filter = peopleFilter(of, leaveOut);
  const people: DirectoryPerson[] = [];
  for await (const entry of search(session, of, { base: userSearch, filter, attributes: of.personAttributes })) {
    people.push(toPerson(entry, of, now));
    if (people.length > peopleAtMost) throw new DirectoryError('answer-too-large', `More than ${peopleAtMost} people.`);
  }

  const groups = new Map<string, DirectoryGroup>();
  const others: DirectoryEntry[] = [];
  const toGroup = async (entry: Entry): Promise<DirectoryGroup> => {
    const members: string[] = [];
    for (const attribute of of.memberAttributes)
      members.push(
        ...(await allValues(entry, attribute, (range) => readEntry(session, entry.dn, '(objectClass=*)', [range]))),
      );
    return { id: idOf(entry, of), dn: entry.dn, members };
  };
  for await (const entry of search(session, of, {
    base: groupSearch,
    filter: of.groups,
    attributes: of.memberAttributes,
  })) {
    const group = await toGroup(entry);
    groups.set(dnKey(group.dn), group);
  }

  const known = new Set(people.map(({ dn }) => dnKey(dn)));
  const below = `,${dnKey(userSearch)}`;
  const attributes = [of.id, 'objectClass', ...of.memberAttributes];
  /** A member that no search has found: a group elsewhere, an account that is left out, a contact. */
  const lookUp = async (dn: string, key: string): Promise<void> => {
    const entry = await readEntry(session, dn, '(objectClass=*)', attributes);
    if (entry === null) return;
    if (valuesOf(entry, 'objectClass').some((one) => /^group(?:OfNames|OfUniqueNames)?$/iu.test(one))) {
      groups.set(key, await toGroup(entry));
      return;
    }
    // The search of people ended early without a word: pages of it are missing.
    if (key.endsWith(below) && (await readEntry(session, dn, filter, [of.id])) !== null)
      throw new DirectoryError('cut-off', `${dn} belongs to the search of people, which did not find it.`);
    others.push({ id: idOf(entry, of), dn });
  };
  const entered = new Set(groupDns.map(dnKey));
  for (const dn of entered)
    for (const member of groups.get(dn)?.members ?? []) {
      const key = dnKey(member);
      if (known.has(key)) continue;
      known.add(key);
      if (!groups.has(key)) await lookUp(member, key);
      if (groups.has(key)) entered.add(key);
    }
  return { isWhole: true, people, groups: [...groups.values()], others };
}

/**
 * Reads the people and groups of a directory.
 * @throws DirectoryError what is wrong with the connection or its settings; what ends early is an answer that is not whole
 */
export async function readDirectory(session: DirectorySession, reading: DirectoryReading): Promise<DirectoryAnswer> {
  try {
    return await readWhole(session, reading);
  } catch (error) {
    const reason = error instanceof DirectoryError ? partial[error.fault] : undefined;
    if (reason === undefined) throw error;
    return { isWhole: false, reason };
  }
}
