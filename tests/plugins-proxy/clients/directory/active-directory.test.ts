import type { Entry } from 'ldapts';
import { terms, toPerson } from '../../../../plugins-proxy/src/clients/directory/entries';
import { allValues } from '../../../../plugins-proxy/src/clients/directory/member-ranges';
import { toDirectoryError } from '../../../../plugins-proxy/src/clients/directory/directory-error';

const now = new Date('2025-05-16T17:00:00Z');
const entry = (more: Readonly<Record<string, string | string[] | Buffer>> = {}): Entry => ({
  dn: 'CN=Ann,OU=Users,DC=company,DC=com',
  objectGUID: Buffer.from('33221100554477668899aabbccddeeff', 'hex'),
  userPrincipalName: 'ann@company.com',
  mail: [],
  userAccountControl: '512',
  accountExpires: '9223372036854775807',
  ...more,
});
const read = (more?: Parameters<typeof entry>[0]) => toPerson(entry(more), terms['active-directory'], now);

describe('a person of Active Directory (R-1605)', () => {
  test('has the id that Windows writes, and no mail where there is none', () => {
    expect(read()).toEqual({
      id: '00112233-4455-6677-8899-aabbccddeeff',
      dn: 'CN=Ann,OU=Users,DC=company,DC=com',
      upn: 'ann@company.com',
      mail: null,
      isDisabled: false,
    });
  });

  test.each([
    ['disabled', { userAccountControl: '514' }, true],
    ['expired yesterday', { accountExpires: '133917948000000000' }, true],
    ['expires next year', { accountExpires: '134233308000000000' }, false],
    ['never expires', { accountExpires: '0' }, false],
  ])('%s', (_name, more, isDisabled) => {
    expect(read(more).isDisabled).toBe(isDisabled);
  });

  test('whose id the account may not read is an error that says so', () => {
    expect(() => read({ objectGUID: [] as string[] })).toThrow('The account may not read objectGUID.');
  });
});

describe('a group of more than 1,500 members (R-1605)', () => {
  const everyone = Array.from({ length: 3200 }, (_none, at) => `CN=p${at},DC=company,DC=com`);
  const page = (from: number): Entry => {
    const to = from + 1500;
    const isLast = to >= everyone.length;
    return {
      dn: 'CN=all,DC=company,DC=com',
      [`member;range=${from}-${isLast ? '*' : to - 1}`]: everyone.slice(from, to),
    };
  };
  const from = (attribute: string): number => Number(/range=([0-9]+)-/u.exec(attribute)?.[1]);

  test('is read range by range', async () => {
    const asked: string[] = [];
    const values = await allValues({ ...page(0), member: [] }, 'member', (attribute) => {
      asked.push(attribute);
      return Promise.resolve(page(from(attribute)));
    });
    expect(values).toEqual(everyone);
    expect(asked).toEqual(['member;range=1500-*', 'member;range=3000-*']);
  });

  test.each([
    ['goes while it is read', null],
    ['is not gone on with', { dn: 'CN=all,DC=company,DC=com' }],
  ])('that %s is never taken for a smaller one', async (_name, next) => {
    const reading = allValues(page(0), 'member', () => Promise.resolve(next));
    await expect(reading).rejects.toMatchObject({ fault: 'cut-off' });
  });
});

test.each([
  ['52e', 'credentials'],
  ['532', 'password-expired'],
  ['533', 'account-disabled'],
  ['701', 'account-expired'],
  ['773', 'password-must-change'],
  ['775', 'account-locked'],
])('a refused sign-in with data %s is named %s (R-1609)', (data, fault) => {
  const message = `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v3839 Code: 0x31`;
  expect(toDirectoryError(Object.assign(new Error(message), { code: 49 })).fault).toBe(fault);
});
