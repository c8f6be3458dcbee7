import type { DirectoryPerson } from '@crmjira/domain';
import type { Entry } from 'ldapts';
import { z } from 'zod';
import { DirectoryError } from './directory-error';

/** Whose directory it is: they name the same things differently. */
export type Flavour = 'active-directory' | 'ldap';

/** What is asked of entries of one flavour. */
export interface FlavourTerms {
  readonly id: 'objectGUID' | 'entryUUID';
  readonly people: string;
  readonly groups: string;
  readonly personAttributes: readonly string[];
  readonly memberAttributes: readonly string[];
}

export const terms: Readonly<Record<Flavour, FlavourTerms>> = {
  'active-directory': {
    id: 'objectGUID',
    people: '(&(objectCategory=person)(objectClass=user))',
    groups: '(objectCategory=group)',
    personAttributes: ['mail', 'userPrincipalName', 'userAccountControl', 'accountExpires'],
    memberAttributes: ['member'],
  },
  ldap: {
    id: 'entryUUID',
    people: '(|(objectClass=inetOrgPerson)(objectClass=person))',
    groups: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))',
    personAttributes: ['mail', 'pwdAccountLockedTime', 'nsAccountLock'],
    memberAttributes: ['member', 'uniqueMember'],
  },
};

/** People of a directory but those whom an administrator leaves out. */
export const peopleFilter = (of: FlavourTerms, leaveOut = ''): string =>
  leaveOut === '' ? of.people : `(&${of.people}(!${leaveOut}))`;

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const bytes = z.instanceof(Buffer);

/** Values of an attribute; none: the entry has it not. Directories answer names in a case of their own. */
export function valuesOf(entry: Entry, attribute: string): readonly string[] {
  const wanted = attribute.toLowerCase();
  const key = Object.keys(entry).find((one) => one.toLowerCase() === wanted);
  const parsed = texts.safeParse(key === undefined ? [] : entry[key]);
  if (!parsed.success) throw new DirectoryError('not-a-directory', `${attribute} of an entry is no text.`);
  return parsed.data;
}

const guidText = (guid: Buffer): string => {
  // The first three parts of a GUID are numbers, least significant byte first.
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((at) => (guid[at] ?? 0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
};

/** Id that an entry keeps when it is moved or renamed. @throws DirectoryError where the account may not read it */
export function idOf(entry: Entry, { id }: FlavourTerms): string {
  if (id === 'objectGUID') {
    const guid = bytes.safeParse(entry[id]);
    if (guid.success && guid.data.length === 16) return guidText(guid.data);
  } else {
    const [uuid] = valuesOf(entry, id);
    if (uuid !== undefined && uuid !== '') return uuid.toLowerCase();
  }
  throw new DirectoryError('forbidden', `The account may not read ${id}.`);
}

const disabledBit = 0x2;
/** Ticks of 100 ns from 1601 to 1970. */
const windowsEpoch = 116_444_736_000_000_000n;

/** `accountExpires`: 0 and the largest number say never. */
function hasExpired(ticks: string | undefined, now: Date): boolean {
  if (ticks === undefined || !/^[0-9]{1,19}$/u.test(ticks)) return false;
  const value = BigInt(ticks);
  return value !== 0n && (value - windowsEpoch) / 10_000n < BigInt(now.getTime());
}

/** A person as the directory tells of them. */
export function toPerson(entry: Entry, of: FlavourTerms, now: Date): DirectoryPerson {
  const first = (attribute: string): string | undefined => valuesOf(entry, attribute)[0];
  const control = Number(first('userAccountControl') ?? '0');
  return {
    id: idOf(entry, of),
    dn: entry.dn,
    upn: first('userPrincipalName') ?? null,
    mail: first('mail') ?? null,
    isDisabled:
      (control & disabledBit) !== 0 ||
      hasExpired(first('accountExpires'), now) ||
      // Locked for good by an administrator; a lock after wrong passwords has a date and passes.
      first('pwdAccountLockedTime')?.startsWith('000001010000') === true ||
      first('nsAccountLock')?.toLowerCase() === 'true',
  };
}
