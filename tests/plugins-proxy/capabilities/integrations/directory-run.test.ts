import type { DirectoryPreview } from '@crmjira/domain';
import type { Entry } from 'ldapts';
import { z } from 'zod';
import {
  type DirectoryRunContext,
  runDirectory,
} from '../../../../plugins-proxy/src/capabilities/integrations/runs/directory';
import {
  createDataverseClient,
  type DataverseClient,
} from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { createTokenSource } from '../../../../plugins-proxy/src/clients/dataverse/token-source';
import { createDirectoryProvider } from '../../../../plugins-proxy/src/connections/providers/directory';
import { rootBusinessUnitId } from '../../../../sandbox/src/dataverse';
import { administratorRoleId } from '../../../../sandbox/src/dataverse/metadata/platform-roles';
import { type StandIns, startStandIns } from '../../stand-ins';
import * as slapd from '../../clients/directory/slapd';
import {
  fakeSession,
  groupDn,
  groupEntry,
  personDn,
  personEntry,
  providerOf,
  secrets,
  settings,
} from './fake-directory';
import { integrationId, teamId, userId } from './fake-dynamics';

const names = ['ann', 'bea', 'cy', 'dan'] as const;
const unit = { table: 'businessunit', id: rootBusinessUnitId };

let standIns: StandIns;
let service: DataverseClient;
beforeEach(async () => {
  standIns = await startStandIns(() => new Date('2025-01-20T12:00:00Z'));
  const { dataverse } = standIns.config;
  service = createDataverseClient({
    url: dataverse.url,
    timeoutMs: 10_000,
    tokens: createTokenSource(dataverse, 10_000),
  });
  const team = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
    table: 'team',
    row: { teamid: teamId(name), name, businessunitid: unit, ...more },
  });
  await standIns.dataverse.seed([
    ...names.map((name) => ({
      table: 'systemuser',
      row: {
        systemuserid: userId(name),
        firstname: name,
        lastname: 'Test',
        domainname: `${name}@company.com`,
        internalemailaddress: `${name}@company.com`,
        businessunitid: unit,
      },
    })),
    team('sales'),
    team('administrators'),
    team('entra', { teamtype: 2 }),
    team('everybody', { isdefault: true }),
    { table: 'teamroles', row: { teamid: teamId('administrators'), roleid: administratorRoleId } },
    ...['cy', 'dan'].map((name) => ({
      table: 'teammembership',
      row: { teamid: teamId('sales'), systemuserid: userId(name) },
    })),
    { table: 'crmjira_integration', row: { crmjira_integrationid: integrationId, crmjira_name: 'Company directory' } },
  ]);
});
afterEach(() => standIns.close());

const company = (members: readonly string[], more: Partial<Entry> = {}) => ({
  people: names.map((name) => personEntry(name, name === 'cy' ? more : {})),
  groups: [groupEntry('sales', members.map(personDn))],
});
type Ways = Parameters<typeof runDirectory>[0];
const everyTeam = ['sales', 'administrators', 'entra', 'everybody', 'gone'];

function run(ways: Ways, more: Partial<DirectoryRunContext> = {}, teams: readonly string[] = ['sales']) {
  const groups = teams.map((name) => ({ groupDn: groupDn('sales'), teamId: teamId(name) }));
  return runDirectory(ways, {
    integration: { id: integrationId, settings: { ...settings, groups }, secrets },
    mode: 'changes',
    confirmed: null,
    dataverse: service,
    now: () => new Date('2025-01-20T12:00:00Z'),
    signal: new AbortController().signal,
    progress: () => Promise.resolve(),
    ...more,
  });
}
const ways = (...given: Parameters<typeof company>): Ways => providerOf(() => fakeSession(company(...given)));
const preview = async (from: Ways, teams?: readonly string[]): Promise<DirectoryPreview> => {
  const result = await run(from, { mode: 'dry-run' }, teams);
  if (result.preview === null) throw new Error('a dry run shows what it would do');
  return result.preview;
};

const member = z.object({ systemuserid: z.string() });
const members = async (team: string): Promise<readonly string[]> =>
  (
    await standIns.admin.many(
      'teammemberships',
      { select: ['systemuserid'], filter: `teamid eq ${teamId(team)}` },
      member,
    )
  )
    .map(({ systemuserid }) => names.find((name) => userId(name) === systemuserid) ?? '?')
    .sort();
const personRow = z.object({ crmjira_dn: z.string(), crmjira_state: z.number() });
const people = async (): Promise<readonly string[]> =>
  (await standIns.admin.many('crmjira_directory_persons', { select: Object.keys(personRow.shape) }, personRow))
    .map(({ crmjira_dn: dn, crmjira_state: state }) => `${dn} ${state}`)
    .sort();

describe('a run of a directory through Dataverse (R-1605)', () => {
  test('the first one needs a dry run that was confirmed, and does what that showed; the next finds nothing to do', async () => {
    const directory = ways(['ann', 'bea', 'cy']);
    await expect(run(directory)).rejects.toMatchObject({ fault: 'needs-dry-run' });

    const shown = await preview(directory);
    expect(shown).toMatchObject({
      people: { read: 4, matched: 4, withoutUser: 0 },
      counts: { added: 2, removed: 1, flagged: 0, losing: 1 },
      removed: [{ team: 'sales', user: 'dan Test' }],
      teams: [{ name: 'sales', wanted: 3, now: 2, trouble: null }],
    });
    expect(shown.added.map(({ user }) => user).sort()).toEqual(['ann Test', 'bea Test']);
    expect([await members('sales'), await people()]).toEqual([['cy', 'dan'], []]);

    const first = await run(directory, { confirmed: shown });
    expect(first).toMatchObject({ counts: { processed: 4, changed: 6, removed: 1, failed: 0 }, refused: null });
    expect(await members('sales')).toEqual(['ann', 'bea', 'cy']);
    expect(await people()).toHaveLength(4);

    const second = await run(directory);
    expect(second.counts).toEqual({ processed: 4, changed: 0, removed: 0, failed: 0 });
  });

  test('flags who is disabled, or gone, in the directory, and leaves their user as it is', async () => {
    const directory = ways(['ann', 'cy'], { nsAccountLock: 'true' });
    const shown = await preview(directory);
    expect(shown.flagged).toMatchObject([{ user: 'cy Test' }]);
    await run(directory, { confirmed: shown });
    const dan = personDn('dan');
    const gone = providerOf(() =>
      fakeSession({ people: company([]).people.filter((entry) => entry.dn !== dan), groups: company(['ann']).groups }),
    );
    await run(gone);
    const rows = await people();
    const state = (name: string) => rows.find((row) => row.startsWith(personDn(name)))?.at(-1);
    // Not found in directory; matched again.
    expect([state('dan'), state('cy')]).toEqual(['4', '1']);
    const disabled = { select: ['systemuserid'], filter: 'isdisabled eq true' };
    expect(await standIns.admin.many('systemusers', disabled, member)).toEqual([]);
  });

  test('never fills a team of administrators, of Entra ID, of a business unit or one that is gone, and says so', async () => {
    const shown = await preview(ways(['ann', 'bea']), everyTeam);
    expect(Object.fromEntries(shown.teams.map(({ teamId: id, trouble }) => [id, trouble]))).toEqual({
      [teamId('sales')]: null,
      [teamId('administrators')]: 'privileged',
      [teamId('entra')]: 'entra-group',
      [teamId('everybody')]: 'default-team',
      [teamId('gone')]: 'no-team',
    });
    const result = await run(ways(['ann', 'bea']), { confirmed: shown }, everyTeam);
    expect(result).toMatchObject({
      counts: { failed: 4 },
      refused: { fault: 'team-refused', detail: 'administrators' },
    });
    expect(await Promise.all(everyTeam.map(members))).toEqual([['ann', 'bea'], [], [], [], []]);
  });

  test.each(['before', 'after'] as const)(
    'that is cut off %s any of its writes is finished by the next, once each',
    async (when) => {
      const directory = ways(['ann', 'bea', 'cy']);
      const shown = await preview(directory);
      let cutAt = 0;
      for (let isCut = true; isCut; cutAt += 1) {
        isCut = false;
        let writes = 0;
        const cut = async (write: () => Promise<void>): Promise<void> => {
          const isHere = writes++ === cutAt;
          if (!isHere || when === 'after') await write();
          if (!isHere) return;
          isCut = true;
          throw new Error('the process was killed');
        };
        const dying: DataverseClient = {
          ...service,
          action: (...given) => cut(() => service.action(...given)),
          changeSet: (...given) => cut(() => service.changeSet(...given)),
        };
        await run(directory, { confirmed: shown, dataverse: dying }).catch((error: unknown) => {
          if (!isCut) throw error;
        });
      }
      expect(cutAt).toBeGreaterThan(1);
      expect(await members('sales')).toEqual(['ann', 'bea', 'cy']);
      expect(await people()).toHaveLength(4);
      expect((await run(directory)).counts).toMatchObject({ changed: 0, removed: 0 });
    },
  );

  test('two at once come to the same as one', async () => {
    const directory = ways(['ann', 'bea', 'cy']);
    const confirmed = await preview(directory);
    await Promise.all([run(directory, { confirmed }), run(directory, { confirmed })]);
    expect(await members('sales')).toEqual(['ann', 'bea', 'cy']);
    expect(await people()).toHaveLength(4);
  });

  test('ends where the service stops, and changes nothing from an answer that is not whole', async () => {
    const confirmed = await preview(ways(['ann']));
    const stopping = AbortSignal.abort(new Error('the service stops'));
    await expect(run(ways(['ann']), { confirmed, signal: stopping })).rejects.toThrow('the service stops');
    const nobody = providerOf(() => fakeSession({ people: [], groups: [] }));
    await expect(run(nobody, { confirmed })).rejects.toMatchObject({ fault: 'no-people' });
    expect([await members('sales'), await people()]).toEqual([['cy', 'dan'], []]);
  });
});

(slapd.hasSlapd ? test : test.skip)(
  'R-1604 R-2022: a real OpenLDAP fills a team under LDAPS',
  async () => {
    const server = await slapd.startSlapd(
      slapd.ldif([
        ...slapd.company,
        ...names.map(slapd.person),
        slapd.group('canada', [slapd.personDn('bea')]),
        slapd.group('sales', [slapd.personDn('ann'), slapd.groupDn('canada')]),
      ]),
    );
    try {
      const provider = createDirectoryProvider({
        guardOf: () => ({ require: () => Promise.resolve(), refusalOf: () => null }),
        authorities: server.authorities,
      });
      const integration = {
        id: integrationId,
        settings: {
          host: '127.0.0.1',
          port: server.tlsPort,
          baseDn: slapd.suffix,
          userSearch: slapd.userSearch,
          groupSearch: slapd.groupSearch,
          groups: [{ groupDn: slapd.groupDn('sales'), teamId: teamId('sales') }],
        },
        secrets: { bindDn: slapd.bindDn, password: slapd.password },
      };
      const { preview: shown } = await run(provider, { integration, mode: 'dry-run' });
      expect(shown?.counts).toMatchObject({ added: 2, removed: 2 });
      await run(provider, { integration, confirmed: shown });
      expect(await members('sales')).toEqual(['ann', 'bea']);
    } finally {
      await server.stop();
    }
  },
  60_000,
);
