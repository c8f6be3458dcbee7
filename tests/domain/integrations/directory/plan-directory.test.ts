import { dnKey, type DirectoryFacts, planDirectory, type StoredPerson, wishKey } from '@crmjira/domain';
import { factsOf, group, groupDn, person, personDn, team, user } from './company';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_none, at) => `p${at}`);
const stored = (name: string, more: Partial<StoredPerson> = {}): StoredPerson => ({
  directoryId: `guid-${name}`,
  dn: personDn(name),
  upn: `${name}@company.com`,
  userId: `user-${name}`,
  state: 'matched',
  ...more,
});
const membershipsOf = (facts: DirectoryFacts): readonly string[] =>
  planDirectory(facts).actions.flatMap((action) =>
    'teamId' in action ? [`${action.kind} ${action.userId} ${action.teamId}`] : [],
  );

describe('planDirectory (R-1605)', () => {
  const ann = person('ann');
  const bea = person('bea');

  test('gives a team the people of its group, and takes out whom the directory knows and the group does not name', () => {
    const facts = factsOf(
      { people: [ann, bea], groups: [group('sales', [ann.dn])] },
      { teams: [team('sales', ['bea', 'service-account'])] },
    );
    expect(membershipsOf(facts)).toEqual(['add-member user-ann team-sales', 'remove-member user-bea team-sales']);
    expect(planDirectory(facts).teams).toEqual([
      { teamId: 'team-sales', wanted: 1, now: 2, added: 1, removed: 1, unreadable: 0, trouble: null },
    ]);
  });

  test('reads groups within groups, once each, also where they contain each other', () => {
    const facts = factsOf(
      {
        people: [ann, bea],
        groups: [
          group('sales', [groupDn('canada')]),
          group('canada', [groupDn('quebec'), ann.dn]),
          group('quebec', [bea.dn, groupDn('sales')]),
        ],
      },
      { teams: [team('sales', [])] },
    );
    expect(membershipsOf(facts)).toEqual(['add-member user-ann team-sales', 'add-member user-bea team-sales']);
  });

  test.each([
    ['group-missing', [group('service', [ann.dn])]],
    ['group-empty', [group('sales', [])]],
    ['members-unreadable', [group('sales', [ann.dn, groupDn('hidden')])]],
  ] as const)('takes nobody out of a team where its group does not tell everybody: %s', (trouble, groups) => {
    const facts = factsOf({ people: [ann, bea], groups }, { teams: [team('sales', ['ann', 'bea'])] });
    expect(membershipsOf(facts)).toEqual([]);
    expect(planDirectory(facts).teams[0]).toMatchObject({ trouble, removed: 0 });
  });

  test.each(['time-out', 'size-limit', 'referral', 'cut-off'] as const)(
    'plans nothing from half an answer: %s',
    (reason) => {
      const facts = factsOf(
        { people: [], groups: [] },
        { answer: { isWhole: false, reason }, stored: [stored('ann')] },
      );
      expect(planDirectory(facts)).toMatchObject({ refused: reason, actions: [], held: [] });
    },
  );

  test('plans nothing from a directory without a single person', () => {
    const facts = factsOf({ people: [], groups: [group('sales', [])] }, { stored: [stored('ann')] });
    expect(planDirectory(facts)).toMatchObject({ refused: 'no-people', actions: [] });
  });

  test.each([
    ['privileged', { roles: [{ rootId: 'x', templateId: '627090ff-40a3-4053-8790-584edc5be201' }] }],
    ['privileged', { roles: [{ rootId: 'x', templateId: '119f245c-3cc8-4b62-b31c-d1a046ced15d' }] }],
    ['privileged', { roles: [{ rootId: 'our-administrator', templateId: null }] }],
    ['entra-group', { type: 'entra-security' }],
    ['entra-group', { type: 'entra-office' }],
    ['default-team', { isDefault: true }],
  ] as const)('leaves a team alone whose members are not for a directory to decide: %s (R-1617)', (trouble, more) => {
    const facts = factsOf(
      { people: [ann, bea], groups: [group('sales', [ann.dn])] },
      { teams: [team('sales', ['bea'], more)] },
    );
    expect(membershipsOf(facts)).toEqual([]);
    expect(planDirectory(facts).teams[0]).toMatchObject({ trouble, now: 1 });
  });

  test('matches by mail, else by user name; two accounts of one mail to the one whose name it is, else to nobody', () => {
    const admin = person('ann-admin', { mail: 'ann@company.com' });
    const plan = planDirectory(
      factsOf(
        { people: [ann, admin, person('cy', { mail: null })], groups: [] },
        { users: [user('ann', { mail: 'ANN@company.com' }), user('cy')] },
      ),
    );
    expect(plan.people).toMatchObject({ read: 3, matched: 2, ambiguous: 0 });
    const doubtful = planDirectory(
      factsOf(
        {
          people: [person('x1', { mail: 'x@company.com' }), person('x2', { mail: 'x@company.com' })],
          groups: [group('sales', [ann.dn])],
        },
        { users: [user('x')], teams: [team('sales', ['x'])], stored: [stored('x1', { userId: 'user-x' })] },
      ),
    );
    expect(doubtful.people).toMatchObject({ matched: 0, ambiguous: 2 });
    expect(doubtful.actions.filter(({ kind }) => kind === 'remove-member')).toEqual([]);
  });

  test('flags who is disabled or gone in the directory and may still sign in to Dynamics, once', () => {
    const off = person('off', { isDisabled: true });
    const both = person('both', { isDisabled: true });
    const facts = factsOf(
      { people: [ann, off, both], groups: [] },
      {
        users: [user('ann'), user('off'), user('both', { isDisabled: true }), user('gone')],
        stored: [stored('ann'), stored('gone')],
      },
    );
    const plan = planDirectory(facts);
    const kinds = plan.actions.map((action) => [action.kind, 'person' in action ? action.person.state : null]);
    expect(kinds).toEqual([
      ['flag-person', 'disabled'],
      ['see-person', 'disabled'],
      ['flag-person', 'not-found'],
    ]);
    expect(plan.people).toMatchObject({ flagged: 1, disabledOnBothSides: 1 });
    const rows = plan.actions.flatMap((action) =>
      'person' in action ? [{ directoryId: action.directoryId, ...action.person }] : [],
    );
    expect(planDirectory({ ...facts, stored: [stored('ann'), ...rows] }).actions).toEqual([]);
  });

  test('leaves somebody in a team whom the search leaves out and the group still names', () => {
    const facts = factsOf(
      { people: [ann], groups: [group('sales', [ann.dn, 'CN=gone,OU=Elsewhere,DC=company,DC=com'])] },
      { users: [user('ann'), user('gone')], teams: [team('sales', ['ann', 'gone'])], stored: [stored('gone')] },
    );
    const whole = { ...facts.answer, others: [{ id: 'guid-gone', dn: 'cn=gone, ou=elsewhere,dc=company,dc=com' }] };
    expect(membershipsOf({ ...facts, answer: whole as DirectoryFacts['answer'] })).toEqual([]);
    const left = {
      ...facts,
      answer: { isWhole: true, people: [ann], groups: [group('sales', [ann.dn])], others: [] },
    } as const;
    expect(membershipsOf(left)).toEqual(['remove-member user-gone team-sales']);
  });

  test('adds nobody who is disabled in Dynamics, and leaves those who are in', () => {
    const facts = factsOf(
      { people: [ann, bea], groups: [group('sales', [ann.dn])] },
      {
        users: [user('ann', { isDisabled: true }), user('bea', { isDisabled: true })],
        teams: [team('sales', ['bea'])],
      },
    );
    expect(membershipsOf(facts)).toEqual([]);
  });
});

describe('the brake (R-1605)', () => {
  const company = (members: number, gone: number): DirectoryFacts => {
    const people = names(members).map((name) => person(name));
    return factsOf(
      {
        people,
        groups: [
          group(
            'sales',
            people.slice(gone).map(({ dn }) => dn),
          ),
        ],
      },
      {
        teams: [team('sales', names(members))],
        stored: names(members).map((name) => stored(name)),
      },
    );
  };

  test.each([
    [100, 10, 10],
    [1000, 50, 50],
  ])('lets through of %i memberships %i removals', (members, gone, brake) => {
    expect(planDirectory(company(members, gone))).toMatchObject({ brake, held: [] });
    const over = planDirectory(company(members, gone + 1));
    expect(over.held).toHaveLength(gone + 1);
    expect(over.actions).toEqual([]);
  });

  test('holds removals and flags, not what gives people access', () => {
    const facts = company(100, 11);
    const more = person('new');
    const answer = { ...facts.answer, people: [...names(100).map((name) => person(name)), more] };
    const groups = [group('sales', [more.dn, personDn('p99')])];
    const plan = planDirectory({
      ...facts,
      users: [...facts.users, user('new')],
      answer: { ...answer, groups, others: [], isWhole: true },
    });
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['see-person', 'add-member']);
    expect(plan.held).toHaveLength(99);
  });

  test('does what an administrator has confirmed, although a little more has come since', () => {
    const shown = planDirectory(company(100, 30));
    const confirmed = new Set(shown.held.map(wishKey));
    const later = planDirectory({ ...company(100, 35), confirmed });
    expect(later.held).toEqual([]);
    expect(later.actions).toHaveLength(35);
    expect(planDirectory({ ...company(100, 41), confirmed }).held).toHaveLength(11);
  });
});

describe('dnKey', () => {
  test.each([
    ['CN=Ann Lee, OU=Users,DC=company,DC=com', 'cn=ann lee,ou=users , dc=Company,dc=com'],
    ['CN=Lee\\, Ann,DC=com', 'cn=lee\\2c ann,dc=com'],
    ['CN=Bélanger,DC=com', 'cn=b\\c3\\a9langer,dc=com'],
    ['CN=Be\u0301langer,DC=com', 'CN=B\u00e9langer,DC=com'],
  ])('reads %s as %s', (one, other) => {
    expect(dnKey(one)).toBe(dnKey(other));
  });

  test.each([
    ['CN=Lee\\, Ann,DC=com', 'CN=Lee,Ann,DC=com'],
    ['CN=a\\=b,DC=com', 'CN=a=b,DC=com'],
    ['CN=\\ff,DC=com', 'CN=\\fe,DC=com'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(dnKey(one)).not.toBe(dnKey(other));
  });
});
