import fc from 'fast-check';
import { runDirectory } from '../../../../plugins-proxy/src/capabilities/integrations/runs/directory';
import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { Entry } from 'ldapts';
import {
  asksForGroups,
  asksForPeople,
  broken,
  fakeSession,
  groupDn,
  groupEntry,
  personDn,
  personEntry,
  providerOf,
  secrets,
  settings,
  type Trouble,
} from './fake-directory';
import { type FakeDynamics, fakeDynamics, integrationId, teamId, userId } from './fake-dynamics';

const everyone = Array.from({ length: 40 }, (_none, at) => `p${at}`);
const groupNames = ['sales', 'service', 'canada', 'quebec'] as const;
const mapped = ['sales', 'service'] as const;

/** A company: who is in which group, groups within groups and cycles included, and who is in the teams now. */
const companies = fc.record({
  lists: fc.array(fc.subarray([...everyone.map(personDn), ...groupNames.map(groupDn)]), {
    minLength: groupNames.length,
    maxLength: groupNames.length,
  }),
  teams: fc.array(fc.subarray(everyone), { minLength: mapped.length, maxLength: mapped.length }),
  which: fc.constantFrom(...groupNames),
  chosen: fc.subarray(everyone.map(personDn), { minLength: 1 }),
});
type Company = typeof companies extends fc.Arbitrary<infer Value> ? Value : never;

/** A walk of its own over the groups, to hold the run against. */
function within(lists: Company['lists'], name: string, seen: readonly string[] = []): ReadonlySet<string> {
  const at = groupNames.findIndex((one) => one === name);
  if (seen.includes(name)) return new Set();
  return new Set(
    (lists[at] ?? []).flatMap((dn) => {
      const inner = groupNames.find((one) => groupDn(one) === dn);
      return inner === undefined ? [dn] : [...within(lists, inner, [...seen, name])];
    }),
  );
}

const without = (entries: readonly Entry[], dns: readonly string[]): Entry[] =>
  entries.filter(({ dn }) => !dns.includes(dn));

/** What goes wrong, from the wire to what the account may see. `all`: every way to ask for an entry. */
const faults: Readonly<Record<string, (company: Company) => Trouble>> = {
  'cut off among the people': () => (question, answer, page) => {
    if (asksForPeople(question) && page === 2) throw broken('cut-off');
    return answer;
  },
  'cut off among the groups': () => (question, answer) => {
    if (asksForGroups(question)) throw broken('cut-off');
    return answer;
  },
  'over its time': () => (question, answer, page) => {
    if (asksForPeople(question) && page === 1) throw broken('time-limit');
    return answer;
  },
  'gives a part only': () => (question, answer, page) => {
    if (asksForPeople(question) && page === 1) throw broken('size-limit');
    return answer;
  },
  'refers to another directory': () => (question, answer, page) =>
    asksForPeople(question) && page === 3 ? { ...answer, referrals: ['ldap://other.company.com/OU=Users'] } : answer,
  'ends its pages without a word': () => (question, answer, page) =>
    asksForPeople(question) && page > 1 ? { entries: [], referrals: [] } : answer,
  'shows nobody': () => (question, answer) => (asksForPeople(question) ? { entries: [], referrals: [] } : answer),
  'hides a group':
    ({ which }) =>
    (_question, { entries, referrals }) => ({ entries: without(entries, [groupDn(which)]), referrals }),
  'hides the members of a group':
    ({ which }) =>
    (_question, { entries, referrals }) => ({
      entries: entries.map((entry) => (entry.dn === groupDn(which) ? { ...entry, member: [] } : entry)),
      referrals,
    }),
  'hides a unit of people':
    ({ chosen }) =>
    (_question, { entries, referrals }) => ({ entries: without(entries, chosen), referrals }),
};

const dynamicsOf = ({ teams }: Company): FakeDynamics =>
  fakeDynamics(everyone, Object.fromEntries(mapped.map((name, at) => [name, teams[at] ?? []])));

const run = (dynamics: FakeDynamics, { lists }: Company, trouble?: Trouble) =>
  runDirectory(
    providerOf(() =>
      fakeSession(
        {
          people: everyone.map((name) => personEntry(name)),
          groups: groupNames.map((name, at) => groupEntry(name, lists[at] ?? [])),
        },
        trouble,
      ),
    ),
    {
      integration: {
        id: integrationId,
        settings: { ...settings, groups: mapped.map((name) => ({ groupDn: groupDn(name), teamId: teamId(name) })) },
        secrets,
      },
      mode: 'changes',
      confirmed: { wishes: '' },
      // As far as a run sees Dataverse.
      dataverse: dynamics as unknown as DataverseClient,
      now: () => new Date('2025-05-16T17:00:00Z'),
      signal: new AbortController().signal,
      progress: () => Promise.resolve(),
    },
  );

describe('a run over a directory with a fault takes nobody out of a team who belongs there (R-1605)', () => {
  // Twenty companies by ten faults: two hundred runs.
  test.each(Object.keys(faults))('%s', async (fault) => {
    let ended = 0;
    for (const company of fc.sample(companies, { seed: 1605, numRuns: 20 })) {
      const dynamics = dynamicsOf(company);
      // The directory is well first: teams and rows are as it says.
      await run(dynamics, company);
      dynamics.writes.length = 0;
      const before = new Map([...dynamics.members].map(([team, members]) => [team, new Set(members)]));
      const outcome = await run(dynamics, company, faults[fault]?.(company)).then(
        () => 'ended',
        (error: unknown) => error,
      );
      ended += outcome === 'ended' ? 1 : 0;
      // What could not be read whole has changed nothing at all.
      if (outcome !== 'ended') expect([fault, dynamics.writes]).toEqual([fault, []]);
      for (const name of mapped) {
        const belong = new Set(
          [...within(company.lists, name)].map((dn) => userId(dn.slice('uid='.length, dn.indexOf(',')))),
        );
        const now = dynamics.members.get(teamId(name));
        const removed = [...(before.get(teamId(name)) ?? [])].filter((user) => now?.has(user) !== true);
        expect(removed.filter((user) => belong.has(user))).toEqual([]);
      }
    }
    expect(ended).toBe(fault.startsWith('hides') ? 20 : fault === 'ends its pages without a word' ? ended : 0);
  });

  test('takes out, without a fault, exactly those who do not belong there, and puts in those who do', async () => {
    for (const company of fc.sample(companies, { seed: 1605, numRuns: 20 })) {
      const dynamics = dynamicsOf(company);
      await run(dynamics, company);
      for (const [at, name] of mapped.entries()) {
        const belong = [...within(company.lists, name)].map((dn) => userId(dn.slice('uid='.length, dn.indexOf(','))));
        // Where a group within it names nobody, nobody is taken out.
        const now = [...(dynamics.members.get(teamId(name)) ?? [])];
        expect(now).toEqual(expect.arrayContaining(belong));
        const hidden = company.lists.some((list) => list.length === 0);
        if (!hidden) expect([at, now.sort()]).toEqual([at, belong.sort()]);
      }
      const rows = dynamics.people.size;
      dynamics.writes.length = 0;
      await run(dynamics, company);
      expect([rows, dynamics.writes]).toEqual([everyone.length, []]);
    }
  });
});
