import { createServer } from 'node:net';
import { directoryFaultWords, type DirectoryFound } from '@crmjira/domain';
import {
  type DirectorySettings,
  directorySettings,
} from '../../../../plugins-proxy/src/clients/directory/directory-settings';
import { createDirectoryProvider } from '../../../../plugins-proxy/src/connections/providers/directory';
import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { freePort } from '../../../free-port';
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
} from '../../clients/directory/slapd';

const typed = {
  host: '127.0.0.1',
  port: 636,
  protection: 'ldaps',
  baseDn: suffix,
  userSearch,
  groupSearch,
} as const;

describe('settings of a directory (R-1604)', () => {
  const codes = (more: object): readonly string[] => {
    const { error } = directorySettings.safeParse({ ...typed, ...more });
    return (error?.issues ?? []).map(
      (issue) => `${issue.path.join('.')} ${String(issue.code === 'custom' ? issue.params?.['code'] : issue.code)}`,
    );
  };

  test('take the examples of the wizard, and a draft of which nothing is entered yet', () => {
    expect(codes({ host: 'ldap.company.com', port: 389, protection: 'start-tls' })).toEqual([]);
    expect(codes({ host: '', baseDn: '', userSearch: '', groupSearch: '', leaveOut: '' })).toEqual([]);
    expect(directorySettings.parse(typed)).toMatchObject({ groups: [], brakePercent: 5, leaveOut: '' });
  });

  test.each([
    ['389 without StartTLS', { port: 389 }, 'port needs-start-tls'],
    ['636 with StartTLS', { protection: 'start-tls' }, 'port needs-ldaps'],
    ['a search outside the base', { userSearch: 'OU=Users,DC=other,DC=com' }, 'userSearch outside-base'],
    ['an address instead of a name', { host: 'ldaps://ldap.company.com' }, 'host invalid_format'],
    ['a filter without its end', { leaveOut: '(employeeType=contractor' }, 'leaveOut undefined'],
    [
      'a team that is none',
      { groups: [{ groupDn: groupDn('sales'), teamId: 'sales' }] },
      'groups.0.teamId invalid_format',
    ],
  ])('refuse %s before anything is saved', (_name, more, code) => {
    expect(codes(more)).toEqual([code]);
  });
});

test.each(Object.entries(directoryFaultWords))(
  '%s says in both languages what is wrong and what to do (R-1609)',
  (_name, { words }) => {
    const args = { host: 'h', server: 'h:636', base: 'dc=b', detail: 'd', what: 'w' };
    for (const language of [1033, 3084] as const) {
      const { says, remedy } = words[language](args);
      for (const sentence of [says, remedy]) {
        expect(sentence.length).toBeGreaterThan(10);
        expect(sentence).not.toMatch(/[{}]|undefined/u);
      }
    }
    expect(words[1033](args).says).not.toBe(words[3084](args).says);
  },
);

(hasSlapd ? describe : describe.skip)('the test of a directory, against a real OpenLDAP (R-1604, R-2022)', () => {
  let slapd: Awaited<ReturnType<typeof startSlapd>>;
  beforeAll(async () => {
    slapd = await startSlapd(
      ldif([
        ...company,
        ...['ann', 'bea', 'cy'].map(person),
        group('sales', [personDn('ann'), personDn('bea')]),
        group('canada', [personDn('cy')]),
      ]),
    );
  }, 120_000);
  afterAll(() => slapd.stop());

  const allowed = { require: () => Promise.resolve(), refusalOf: () => null };
  const look = async (
    more: Partial<DirectorySettings> = {},
    secrets: { readonly bindDn?: string; readonly password?: string } = {},
    guard: Parameters<typeof createDirectoryProvider>[0]['guardOf'] = () => allowed,
    authorities: string | undefined = slapd.authorities,
  ) => {
    const provider = createDirectoryProvider({ guardOf: guard, ...(authorities === '' ? {} : { authorities }) });
    const settings = { ...directorySettings.parse({ ...typed, port: slapd.tlsPort }), ...more };
    const open = await provider.open('id', settings, { bindDn, password, ...secrets });
    const report = await open.test().finally(() => open.close());
    return { ...report, steps: report.steps.map(({ name, ok }) => `${name} ${ok ? 'ok' : 'failed'}`) };
  };

  test.each(['ldaps', 'start-tls'] as const)(
    'finds under %s who signed, how many people, and the groups by name',
    async (protection) => {
      const port = protection === 'ldaps' ? slapd.tlsPort : slapd.port;
      const report = await look({ protection, port });
      expect(report).toMatchObject({ ok: true, fault: null });
      expect(report.steps).toEqual(['server ok', 'sign-in ok', 'base ok', 'users ok', 'groups ok']);
      const found: Partial<DirectoryFound> = report.found;
      expect(found).toMatchObject({ flavour: 'ldap', people: 3, morePeople: false, moreGroups: false });
      expect(found.groups).toEqual([
        { dn: groupDn('canada'), name: 'canada' },
        { dn: groupDn('sales'), name: 'sales' },
      ]);
      expect(Date.parse(String(found.validTo))).not.toBeNaN();
      expect(found.issuer).not.toBe('');
    },
  );

  test('goes as far as a draft is entered, and says what it lacks next', async () => {
    const steps = async (...given: Parameters<typeof look>) => {
      const { steps: taken, fault } = await look(...given);
      return [...taken, fault?.name, fault?.args['what']];
    };
    const incomplete = 'directory-settings-incomplete';
    const nobody = { bindDn: '', password: '' };
    expect(await steps({ host: '' })).toEqual(['server failed', incomplete, 'Server']);
    expect(await steps({ baseDn: '', userSearch: '', groupSearch: '' }, nobody)).toEqual([
      'server ok',
      'sign-in failed',
      incomplete,
      'Bind DN',
    ]);
    expect(await steps({ baseDn: '' })).toEqual(['server ok', 'sign-in ok', 'base failed', incomplete, 'Base DN']);
    expect(await steps({ groupSearch: '' })).toEqual([
      'server ok',
      'sign-in ok',
      'base ok',
      'users ok',
      'groups failed',
      incomplete,
      'Group search',
    ]);
  });

  test.each([
    ['a wrong password', {}, { password: 'wrong' }, 'sign-in failed', 'directory-credentials'],
    ['a wrong bind DN', {}, { bindDn: 'cn=nobody,dc=company,dc=com' }, 'sign-in failed', 'directory-credentials'],
    ['a bind DN that is none', {}, { bindDn: 'admin' }, 'sign-in failed', 'directory-name-malformed'],
    ['a base that is not there', { baseDn: 'dc=other,dc=com' }, {}, 'base failed', 'directory-base-not-found'],
    [
      'a user search that is not there',
      { userSearch: `ou=Nobody,${suffix}` },
      {},
      'users failed',
      'directory-base-not-found',
    ],
    [
      'a user search that finds nobody',
      { userSearch: `ou=Partners,${suffix}` },
      {},
      'users failed',
      'directory-no-people',
    ],
    [
      'a group search that is not there',
      { groupSearch: `ou=Nobody,${suffix}` },
      {},
      'groups failed',
      'directory-base-not-found',
    ],
  ])('tells %s by its step and fault, without a secret', async (_name, more, secrets, step, fault) => {
    const report = await look(more, secrets);
    expect([report.steps.at(-1), report.fault?.name]).toEqual([step, fault]);
    const said = JSON.stringify(report);
    for (const secret of [bindDn, password, ...Object.values(secrets)]) expect(said).not.toContain(`"${secret}"`);
  });

  test('tells what is wrong with the server before it tries to sign in', async () => {
    const closed = await freePort();
    const page = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => page.once('listening', resolve));
    const address = page.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = new IntegrationError('not listed', { code: 'environment-variable', errorClass: 'configuration' });
    const outcomes = [
      await look({ port: closed }),
      await look({ port }),
      await look({ host: 'no-such-host.invalid' }),
      await look({}, {}, undefined, ''),
      await look({}, {}, () => ({ ...allowed, require: () => Promise.reject(refused) })),
      await look({}, {}, () => ({ ...allowed, refusalOf: () => new Error('private') })),
    ];
    page.close();
    // The authority of the server, which is not trusted here.
    expect(outcomes[3]?.fault?.args['issuer']).toMatch(/\S/u);
    expect(outcomes.map(({ steps, fault }) => [...steps, fault?.name])).toEqual(
      [
        'connection-refused',
        'not-tls',
        'name-unknown',
        'certificate-unknown-authority',
        'address-refused',
        'address-refused',
      ].map((fault) => ['server failed', `directory-${fault}`]),
    );
  });
});
