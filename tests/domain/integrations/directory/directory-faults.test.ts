import {
  type DirectoryAction,
  type DirectoryAnswer,
  type DirectoryFacts,
  type DirectoryGroup,
  dnKey,
  planDirectory,
  type StoredPerson,
} from '@crmjira/domain';
import fc from 'fast-check';
import { factsOf, group, groupDn, person, personDn, team } from './company';

type Whole = Extract<DirectoryAnswer, { isWhole: true }>;

const groupNames = ['sales', 'service', 'finance', 'canada', 'quebec'] as const;
const mapped = ['sales', 'service', 'finance'] as const;
const size = 60;
const everyone = Array.from({ length: size }, (_none, at) => `p${at}`);

/** Who is in which group, groups within groups and cycles included. */
const memberLists = fc.array(fc.subarray([...everyone.map(personDn), ...groupNames.map(groupDn)]), {
  minLength: groupNames.length,
  maxLength: groupNames.length,
});

/** A walk of its own over the groups, to hold the plan against. */
function peopleWithin(
  groups: readonly DirectoryGroup[],
  name: string,
  seen: readonly string[] = [],
): ReadonlySet<string> {
  const dn = groupDn(name);
  if (seen.includes(dn)) return new Set();
  const members = groups.find((one) => one.dn === dn)?.members ?? [];
  return new Set(
    members.flatMap((member) => {
      const within = groupNames.find((one) => groupDn(one) === member);
      if (within !== undefined) return [...peopleWithin(groups, within, [...seen, dn])];
      return everyone.filter((one) => personDn(one) === member);
    }),
  );
}

/** What a directory with a fault answers although the truth is another. */
const faults: Readonly<Record<string, (truth: Whole, chosen: readonly string[], which: string) => DirectoryAnswer>> = {
  'cut off': () => ({ isWhole: false, reason: 'cut-off' }),
  'time-out': () => ({ isWhole: false, reason: 'time-out' }),
  'no people': (truth) => ({ ...truth, people: [] }),
  'a unit of people is hidden': (truth, chosen) => ({
    ...truth,
    people: truth.people.filter(({ dn }) => !chosen.includes(dn)),
  }),
  'a unit of people moved out of the search': (truth, chosen) => ({
    ...truth,
    people: truth.people.filter(({ dn }) => !chosen.includes(dn)),
    others: truth.people.filter(({ dn }) => chosen.includes(dn)),
  }),
  'a group is hidden': (truth, _chosen, which) => ({
    ...truth,
    groups: truth.groups.filter(({ dn }) => dn !== groupDn(which)),
  }),
  'the members of a group are hidden': (truth, _chosen, which) => ({
    ...truth,
    groups: truth.groups.map((one) => (one.dn === groupDn(which) ? { ...one, members: [] } : one)),
  }),
  'no groups': (truth) => ({ ...truth, groups: [] }),
  'names are spelled in another way': (truth) => ({
    ...truth,
    groups: truth.groups.map(({ id, dn, members }) => ({
      id,
      dn: dn.toLowerCase(),
      members: members.map((member) => member.replaceAll(',', ' , ').toUpperCase()),
    })),
  }),
  'two people have one mail': (truth, chosen) => ({
    ...truth,
    people: truth.people.map((one) => (chosen.includes(one.dn) ? { ...one, mail: 'p0@company.com' } : one)),
  }),
};

const removalsOf = (actions: readonly DirectoryAction[]): readonly string[] =>
  actions.flatMap((action) => (action.kind === 'remove-member' ? [`${action.teamId} ${action.userId}`] : []));

describe('a directory with a fault (R-1605)', () => {
  // Twenty companies by ten faults: two hundred runs.
  test.each(Object.keys(faults))('takes nobody out of a team who belongs there: %s', (fault) => {
    fc.assert(
      fc.property(
        memberLists,
        fc.subarray(everyone.map(personDn)),
        fc.constantFrom(...groupNames),
        fc.array(fc.subarray([...everyone]), { minLength: 3, maxLength: 3 }),
        (lists, chosen, which, teams) => {
          const people = everyone.map((name) => person(name));
          const groups = groupNames.map((name, at) => group(name, lists[at] ?? []));
          const stored: readonly StoredPerson[] = people.map(({ id, dn, upn }) => ({
            directoryId: id,
            dn,
            upn,
            userId: id.replace('guid-', 'user-'),
            state: 'matched',
          }));
          const healthy: DirectoryFacts = factsOf(
            { people, groups },
            {
              stored,
              teams: mapped.map((name, at) => team(name, teams[at] ?? [])),
              mappings: mapped.map((name) => ({ groupDn: groupDn(name), teamId: `team-${name}` })),
              // The brake is off, so that nothing but the plan itself holds a removal back.
              brakePercent: 100_000,
            },
          );
          const truth = { isWhole: true, people, groups, others: [] } as const;
          const answer = faults[fault]?.(truth, chosen, which) ?? truth;
          const rightful = new Set(
            mapped.flatMap((name) => {
              const within = peopleWithin(groups, name);
              return everyone.filter((one) => !within.has(one)).map((one) => `team-${name} user-${one}`);
            }),
          );
          const { actions, held } = planDirectory({ ...healthy, answer });
          expect(held).toEqual([]);
          for (const removal of removalsOf(actions)) expect(rightful).toContain(removal);
        },
      ),
      { seed: 1605, numRuns: 20 },
    );
  });

  test('takes out of a team, without a fault, everybody who does not belong there', () => {
    const people = everyone.map((name) => person(name));
    const groups = [group('sales', everyone.slice(0, 20).map(personDn))];
    const facts = factsOf({ people, groups }, { teams: [team('sales', everyone)], brakePercent: 100 });
    expect(removalsOf(planDirectory(facts).actions)).toEqual(
      everyone.slice(20).map((name) => `team-sales user-${name}`),
    );
    expect(dnKey(groupDn('sales'))).not.toBe(dnKey(groupDn('service')));
  });
});
