import { proposeLinks, type Unlinked, type UnmappedProject } from '@crmjira/domain';

const opportunity = (n: number, over: Partial<Unlinked> = {}): Unlinked => ({
  opportunityId: `o${n}`,
  name: `Opportunity ${n}`,
  notedKey: null,
  reference: null,
  ...over,
});
const project = (key: string, over: Partial<UnmappedProject> = {}): UnmappedProject => ({
  connectionId: 'c1',
  id: `id-${key}`,
  key,
  name: `Project ${key}`,
  owner: null,
  named: [],
  ...over,
});
const pairs = (opportunities: Unlinked[], projects: UnmappedProject[]): string[] =>
  proposeLinks(opportunities, projects).map(
    ({ opportunityId, projectKey, reason, ambiguous }) =>
      `${projectKey} ${opportunityId} ${reason}${ambiguous ? ' ambiguous' : ''}`,
  );

describe('proposals of links (R-2303)', () => {
  test('rest on ownership, custom field, key or name, in that order', () => {
    expect(
      pairs(
        [
          opportunity(1),
          opportunity(2),
          opportunity(3, { notedKey: 'gamma' }),
          opportunity(4, { name: 'Éco-quartier  (phase 2)' }),
        ],
        [
          project('ALPHA', { owner: 'o1' }),
          project('BETA', { named: ['o2'] }),
          project('GAMMA'),
          project('DELTA', { name: 'eco quartier phase 2' }),
          project('OMEGA'),
        ],
      ),
    ).toEqual(['ALPHA o1 ownership', 'BETA o2 field', 'DELTA o4 name', 'GAMMA o3 key']);
  });

  test('the surest fit stands alone; equally sure ones are for a person', () => {
    expect(
      pairs([opportunity(1, { name: 'Portal' })], [project('A', { name: 'Portal' }), project('B', { named: ['o1'] })]),
    ).toEqual(['B o1 field']);
    expect(
      pairs([opportunity(1, { name: 'Portal' })], [project('A', { name: 'Portal' }), project('B', { name: 'portal' })]),
    ).toEqual(['A o1 name ambiguous', 'B o1 name ambiguous']);
    expect(
      pairs(
        [opportunity(1, { name: 'Portal' }), opportunity(2, { name: 'Portal' })],
        [project('A', { name: 'Portal' })],
      ),
    ).toEqual(['A o1 name ambiguous', 'A o2 name ambiguous']);
  });

  test('two sites that gave the same id have two projects', () => {
    expect(
      pairs(
        [opportunity(1, { name: 'Portal' }), opportunity(2, { name: 'Shop' })],
        [
          project('A', { id: '10150', name: 'Portal' }),
          project('B', { id: '10150', name: 'Shop', connectionId: 'c2' }),
        ],
      ),
    ).toEqual(['A o1 name', 'B o2 name']);
  });

  test('a project that another opportunity owns is proposed to nobody, and empty names fit nothing', () => {
    expect(pairs([opportunity(1, { name: 'Portal' })], [project('A', { name: 'Portal', owner: 'o9' })])).toEqual([]);
    expect(pairs([opportunity(1, { name: ' ' })], [project('A', { name: '–' })])).toEqual([]);
  });
});
