import type { Entry } from 'ldapts';
import { DirectoryError } from '../../../../plugins-proxy/src/clients/directory/directory-error';
import type {
  DirectoryPage,
  DirectoryQuestion,
  DirectorySession,
} from '../../../../plugins-proxy/src/clients/directory/directory-session';
import type { DirectoryProvider } from '../../../../plugins-proxy/src/connections/providers/directory';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';

export const userSearch = 'ou=Users,dc=company,dc=com';
export const groupSearch = 'ou=Groups,dc=company,dc=com';
export const personDn = (name: string): string => `uid=${name},${userSearch}`;
export const groupDn = (name: string): string => `cn=${name},${groupSearch}`;
export const settings = {
  host: 'ldap.company.com',
  baseDn: 'dc=company,dc=com',
  userSearch,
  groupSearch,
  // So that nothing but the plan itself holds a removal back, where a test does not say otherwise.
  brakePercent: 100,
};
export const secrets = { bindDn: 'cn=reader,dc=company,dc=com', password: 'secret' };

export const personEntry = (name: string, more: Partial<Entry> = {}): Entry => ({
  dn: personDn(name),
  entryUUID: guidOf(`entry ${name}`),
  objectClass: ['inetOrgPerson'],
  mail: `${name}@company.com`,
  ...more,
});
export const groupEntry = (name: string, member: readonly string[]): Entry => ({
  dn: groupDn(name),
  entryUUID: guidOf(`group ${name}`),
  objectClass: ['groupOfNames'],
  member: [...member],
});

/** What a directory holds. */
export interface Company {
  readonly people: readonly Entry[];
  readonly groups: readonly Entry[];
}

/** What goes wrong with it: changes the answer to a question, or throws. */
export type Trouble = (question: DirectoryQuestion, answer: DirectoryPage, page: number) => DirectoryPage;

const isOf = (question: DirectoryQuestion, what: 'people' | 'groups'): boolean =>
  question.scope === 'sub' && question.base === (what === 'people' ? userSearch : groupSearch);
export const asksForPeople = (question: DirectoryQuestion): boolean => isOf(question, 'people');
export const asksForGroups = (question: DirectoryQuestion): boolean => isOf(question, 'groups');

/** A session with a directory that stands in memory; pages of `pageSize`. */
export function fakeSession(
  { people, groups }: Company,
  trouble: Trouble = (_q, answer) => answer,
  pageSize = 10,
): DirectorySession {
  const byDn = new Map([...people, ...groups].map((entry) => [entry.dn.toLowerCase(), entry]));
  const answerTo = (question: DirectoryQuestion): readonly Entry[] => {
    if (question.base === '') return [{ dn: '', supportedCapabilities: [] }];
    if (asksForPeople(question)) return people;
    if (asksForGroups(question)) return groups;
    const entry = byDn.get(question.base.toLowerCase());
    return entry === undefined ? [] : [entry];
  };
  return {
    async *pages(question) {
      const entries = answerTo(question);
      for (let at = 0; at === 0 || at < entries.length; at += pageSize)
        yield trouble(question, { entries: entries.slice(at, at + pageSize), referrals: [] }, at / pageSize);
    },
    close: () => Promise.resolve(),
  };
}

/** A provider whose directory is `session`. */
export const providerOf = (signIn: () => DirectorySession): Pick<DirectoryProvider, 'open'> => ({
  open: () =>
    Promise.resolve({
      test: () => Promise.reject(new Error('is not tested here')),
      signIn: () => Promise.resolve(signIn()),
      close: () => Promise.resolve(),
    }),
});

export const broken = (fault: DirectoryError['fault']): DirectoryError =>
  new DirectoryError(fault, 'as the test wants');
