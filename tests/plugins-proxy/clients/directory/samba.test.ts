import { toDirectoryError } from '../../../../plugins-proxy/src/clients/directory/directory-error';
import { type DirectoryAccess, openDirectory } from '../../../../plugins-proxy/src/clients/directory/directory-session';
import { readDirectory, readFlavour } from '../../../../plugins-proxy/src/clients/directory/read-directory';
import { directorySettings } from '../../../../plugins-proxy/src/clients/directory/directory-settings';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createDirectoryProvider } from '../../../../plugins-proxy/src/connections/providers/directory';
import { runDirectory } from '../../../../plugins-proxy/src/capabilities/integrations/runs/directory';
import { fakeDynamics, integrationId, teamId, userId } from '../../capabilities/integrations/fake-dynamics';
import { administrator, domain, hasSamba, password, port, startSamba, tlsPort } from './samba';

const userSearch = `OU=People,${domain}`;
const groupSearch = `OU=Groups,${domain}`;
const personDn = (name: string): string => `CN=${name},${userSearch}`;
const groupDn = (name: string): string => `CN=${name},${groupSearch}`;
const disabled = '514';
const names = ['ann', 'bea', 'cy'];
const reading = { settings: { userSearch, groupSearch }, groupDns: [groupDn('sales')], now: new Date() };

(hasSamba ? describe : describe.skip)('a real domain controller (R-1605; Debian package samba)', () => {
  let samba: Awaited<ReturnType<typeof startSamba>>;
  beforeAll(async () => {
    samba = await startSamba();
    await samba.add([
      [userSearch, { objectClass: 'organizationalUnit' }],
      [groupSearch, { objectClass: 'organizationalUnit' }],
      ...names.map(
        (name) =>
          [
            personDn(name),
            {
              objectClass: 'user',
              sAMAccountName: name,
              userPrincipalName: `${name}@corp.company.test`,
              mail: `${name}@company.com`,
              // Without a password nobody can be enabled; 544: no password needed.
              userAccountControl: name === 'cy' ? disabled : '544',
            },
          ] as const,
      ),
      [
        groupDn('quebec'),
        { objectClass: 'group', sAMAccountName: 'quebec', member: [personDn('bea'), personDn('cy')] },
      ],
      [
        groupDn('sales'),
        { objectClass: 'group', sAMAccountName: 'sales', member: [personDn('ann'), groupDn('quebec')] },
      ],
    ]);
  }, 180_000);
  afterAll(() => samba.stop());

  const access = (more: Partial<DirectoryAccess['settings']> = {}, secret = password): DirectoryAccess => ({
    settings: { host: '127.0.0.1', port: tlsPort, protection: 'ldaps', bindDn: administrator, ...more },
    password: secret,
    guard: { refusalOf: () => null },
    authorities: samba.authorities,
  });

  test.each([
    ['ldaps', tlsPort],
    ['start-tls', port],
  ] as const)('is read under %s as Active Directory: ids, names, who is disabled', async (protection, at) => {
    const session = await openDirectory(access({ protection, port: at }));
    expect(await readFlavour(session)).toBe('active-directory');
    const answer = await readDirectory(session, reading);
    await session.close();
    if (!answer.isWhole) throw new Error(answer.reason);
    const people = [...answer.people].sort((one, other) => one.dn.localeCompare(other.dn));
    expect(people).toEqual(
      names.map((name) => ({
        id: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u),
        dn: personDn(name),
        upn: `${name}@corp.company.test`,
        mail: `${name}@company.com`,
        isDisabled: name === 'cy',
      })),
    );
    const sales = answer.groups.find(({ dn }) => dn === groupDn('sales'));
    expect([...(sales?.members ?? [])].sort()).toEqual([groupDn('quebec'), personDn('ann')].sort());
  });

  test('names a domain whose parts it refers to elsewhere as whole: they hold no people', async () => {
    const session = await openDirectory(access());
    const answer = await readDirectory(session, {
      ...reading,
      settings: { userSearch: domain, groupSearch: domain, leaveOut: '(!(mail=*))' },
    });
    await session.close();
    expect(answer).toMatchObject({ isWhole: true });
    expect(answer.isWhole && answer.people.length).toBe(3);
  });

  test('is tested and run through as an administrator does it: what it shows, who comes into the team, who is flagged (R-1604, R-2022)', async () => {
    const provider = createDirectoryProvider({
      guardOf: () => ({ require: () => Promise.resolve(), refusalOf: () => null }),
      authorities: samba.authorities,
    });
    const settings = directorySettings.parse({
      ...{ host: '127.0.0.1', port: tlsPort, baseDn: domain, userSearch, groupSearch },
      groups: [{ groupDn: groupDn('sales'), teamId: teamId('sales') }],
    });
    const secrets = { bindDn: administrator, password };
    const report = await (await provider.open('id', settings, secrets)).test();
    expect(report).toMatchObject({ ok: true, found: { flavour: 'active-directory', people: 3 } });
    expect(report.found['groups']).toEqual(['quebec', 'sales'].map((name) => ({ dn: groupDn(name), name })));

    const dynamics = fakeDynamics(names, { sales: ['cy'] });
    const run = (confirmed: unknown, mode: 'changes' | 'dry-run') =>
      runDirectory(provider, {
        integration: { id: integrationId, settings, secrets },
        mode,
        confirmed,
        // As far as a run sees Dataverse.
        dataverse: dynamics as unknown as DataverseClient,
        now: () => new Date(),
        signal: new AbortController().signal,
        progress: () => Promise.resolve(),
      });
    const { preview } = await run(null, 'dry-run');
    expect(preview?.flagged).toEqual([{ dn: personDn('cy'), upn: 'cy@corp.company.test', user: 'cy' }]);
    expect(dynamics.writes).toEqual([]);
    await run(preview, 'changes');
    expect([...(dynamics.members.get(teamId('sales')) ?? [])].sort()).toEqual(names.map(userId).sort());
  });

  test('says why it refuses a sign-in (R-1609)', async () => {
    const fault = (opening: Promise<unknown>) =>
      opening.then(
        () => 'none',
        (error: unknown) => toDirectoryError(error).fault,
      );
    expect(await fault(openDirectory(access({}, 'wrong')))).toBe('credentials');
    expect(await fault(openDirectory(access({ bindDn: personDn('cy') })))).toMatch(
      /^(?:credentials|account-disabled)$/u,
    );
  });
});
