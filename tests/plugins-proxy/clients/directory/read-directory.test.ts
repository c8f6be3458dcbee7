import { createServer, type Server } from 'node:net';
import { planDirectory } from '@crmjira/domain';
import { toDirectoryError } from '../../../../plugins-proxy/src/clients/directory/directory-error';
import { type DirectoryAccess, openDirectory } from '../../../../plugins-proxy/src/clients/directory/directory-session';
import { readDirectory } from '../../../../plugins-proxy/src/clients/directory/read-directory';
import {
  bindDn,
  company,
  group,
  groupDn,
  groupSearch,
  hasSlapd,
  ldif,
  password,
  person,
  personDn,
  startSlapd,
  suffix,
  userSearch,
} from './slapd';

const now = new Date('2025-05-16T17:00:00Z');
const names = Array.from({ length: 1200 }, (_none, at) => `p${at}`);
const elsewhere = `uid=partner,ou=Partners,${suffix}`;
const entries = ldif([
  ...company,
  ...names.map(person),
  [elsewhere, { objectClass: 'inetOrgPerson', uid: 'partner', cn: 'partner', sn: 'partner' }],
  [`cn=outside,ou=Partners,${suffix}`, { objectClass: 'groupOfNames', cn: 'outside', member: [personDn('p2')] }],
  group('sales', [...names.slice(0, 2).map(personDn), groupDn('canada'), elsewhere]),
  group('canada', [`cn=outside,ou=Partners,${suffix}`, groupDn('sales')]),
  group('everybody', names.map(personDn)),
  group('dangling', [personDn('p1'), personDn('nobody')]),
]);

const free = { refusalOf: () => null };
const tls = { host: '127.0.0.1', protection: 'ldaps', bindDn } as const;
const reading = { settings: { userSearch, groupSearch }, groupDns: [groupDn('sales')], now };
const faultOf = async (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'none',
    (error: unknown) => toDirectoryError(error).fault,
  );

const withSlapd = hasSlapd ? describe : describe.skip;

withSlapd('a real OpenLDAP (R-1604, R-1605; Debian package slapd)', () => {
  let slapd: Awaited<ReturnType<typeof startSlapd>>;
  beforeAll(async () => {
    slapd = await startSlapd(entries);
  }, 120_000);
  afterAll(() => slapd.stop());

  const access = (
    more: Partial<DirectoryAccess['settings']> = {},
    rest: Partial<DirectoryAccess> = {},
  ): DirectoryAccess => ({
    settings: { ...tls, port: slapd.tlsPort, ...more },
    password,
    guard: free,
    authorities: slapd.authorities,
    ...rest,
  });

  test.each(['ldaps', 'start-tls'] as const)(
    'is read whole under %s, page by page, with groups that stand elsewhere',
    async (protection) => {
      const port = protection === 'ldaps' ? slapd.tlsPort : slapd.port;
      const session = await openDirectory(access({ protection, port }));
      const answer = await readDirectory(session, reading);
      await session.close();
      if (!answer.isWhole) throw new Error(answer.reason);
      expect(answer.people).toHaveLength(1200);
      expect(new Set(answer.people.map(({ id }) => id)).size).toBe(1200);
      expect(answer.people[0]).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
        dn: personDn('p0'),
        upn: null,
        mail: 'p0@company.com',
        isDisabled: false,
      });
      expect(answer.others).toEqual([{ id: expect.any(String), dn: elsewhere }]);
      const plan = planDirectory({
        answer,
        users: names.map((name) => ({ id: name, userName: null, mail: `${name}@company.com`, isDisabled: false })),
        teams: [{ id: 'team', type: 'owner', isDefault: false, roles: [], members: [] }],
        mappings: [{ groupDn: groupDn('sales'), teamId: 'team' }],
        stored: [],
        confirmed: new Set(),
        brakePercent: 5,
        administratorRoles: new Set(),
      });
      expect(plan.teams).toEqual([
        { teamId: 'team', wanted: 3, now: 0, added: 3, removed: 0, unreadable: 0, trouble: null },
      ]);
    },
  );

  test('leaves out what the administrator leaves out, and counts it among the others', async () => {
    const session = await openDirectory(access());
    const settings = { ...reading.settings, leaveOut: '(uid=p1)' };
    const answer = await readDirectory(session, { ...reading, settings });
    await session.close();
    if (!answer.isWhole) throw new Error(answer.reason);
    expect(answer.people).toHaveLength(1199);
    expect(answer.others.map(({ dn }) => dn).sort()).toEqual([elsewhere, personDn('p1')].sort());
  });

  test.each([
    ['credentials', { password: 'wrong' }],
    ['certificate-unknown-authority', { authorities: undefined }],
    ['address-refused', { guard: { refusalOf: () => new Error('private') } }],
  ] as const)('names what is wrong: %s', async (fault, rest) => {
    expect(await faultOf(openDirectory(access({}, rest as Partial<DirectoryAccess>)))).toBe(fault);
  });

  test('names what is wrong with an address, and never the password', async () => {
    expect(await faultOf(openDirectory(access({ port: slapd.port })))).toMatch(/^(?:not-tls|cut-off)$/u);
    expect(await faultOf(openDirectory(access({ port: slapd.tlsPort, protection: 'start-tls' })))).toMatch(
      /^(?:not-a-directory|cut-off)$/u,
    );
    expect(await faultOf(openDirectory(access({ host: 'no-such-host.invalid' })))).toBe('name-unknown');
    const refuses = (error: unknown) => expect(String(error)).not.toContain(password);
    await openDirectory(access({ host: 'no-such-host.invalid' })).catch(refuses);
  });

  test('names a base that is not there', async () => {
    const session = await openDirectory(access());
    const settings = { ...reading.settings, userSearch: `ou=Nowhere,${suffix}` };
    expect(await faultOf(readDirectory(session, { ...reading, settings }))).toBe('base-not-found');
    await session.close();
  });

  test('does not go on anonymously where the connection ends', async () => {
    const session = await openDirectory(access());
    await session.close();
    expect(await readDirectory(session, reading)).toEqual({ isWhole: false, reason: 'cut-off' });
  });

  test('says how much it read where it says too much', async () => {
    const session = await openDirectory(access(), { connectMs: 10_000, answerMs: 60_000, bytes: 50_000 });
    expect(await readDirectory(session, reading)).toEqual({ isWhole: false, reason: 'size-limit' });
  });
});

describe('what is no directory', () => {
  const plain = (port: number): DirectoryAccess => ({
    settings: { ...tls, port, protection: 'start-tls' },
    password,
    guard: free,
  });
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const serve = (answer: string): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        socket.once('data', () => socket.write(answer));
        socket.on('error', () => undefined);
      });
      servers.push(server);
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });

  test('is told apart from one that does not answer', async () => {
    const port = await serve('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await faultOf(openDirectory(plain(port)))).toBe('not-a-directory');
    const silent = await serve('');
    const limits = { connectMs: 10_000, answerMs: 200, bytes: 1000 };
    expect(await faultOf(openDirectory(plain(silent), limits))).toBe('no-answer');
  });
});
