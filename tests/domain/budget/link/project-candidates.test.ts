import fc from 'fast-check';
import { readCandidates, searchProjects, writeCandidates } from '@crmjira/domain';

const project = (key: string, name: string) => ({ key, name });
const projects = [
  project('OPS', 'Operations'),
  project('WEB', 'Café Web'),
  project('APP', 'The mobile app'),
  project('MOBIL', 'Fleet'),
  project('MOB', 'Zebra'),
];
const keys = (text: string, name = '') => searchProjects(projects, text, name).map(({ key }) => key);

describe('R-2303 which projects fit what was typed', () => {
  test('key first, then the start of a key, then a word of the name', () => {
    expect(keys('mob')).toEqual(['MOB', 'MOBIL', 'APP']);
  });

  test('case, accents and punctuation count for nothing', () => {
    expect(keys('  CAFE-web ')).toEqual(['WEB']);
  });

  test('what somebody else has comes last, however well it fits', () => {
    const found = searchProjects([{ ...project('MOB', 'Zebra'), linked: true }, ...projects.slice(0, 4)], 'mob', '');
    expect(found.map(({ key }) => key)).toEqual(['MOBIL', 'APP', 'MOB']);
  });

  test('what fits nowhere is left out', () => {
    expect(keys('nowhere')).toEqual([]);
  });

  test('without a text all of them by name, the namesake of the opportunity first', () => {
    expect(keys('')).toEqual(['WEB', 'MOBIL', 'OPS', 'APP', 'MOB']);
    expect(keys('', 'zébra')).toEqual(['MOB', 'WEB', 'MOBIL', 'OPS', 'APP']);
  });
});

describe('R-2303 a list travels in the answer of a command', () => {
  const candidate = fc.record({
    id: fc.stringMatching(/^\d{1,8}$/),
    key: fc.stringMatching(/^[A-Z]{2,10}$/),
    name: fc.string({ unit: 'binary', maxLength: 200 }),
    linked: fc.boolean(),
  });
  const sites = ['c1', 'c2', 'c3'].map((id) => ({ id, name: `Site ${id}`, isSilent: id === 'c3' }));

  test('of several connections: the order stays, each project names its own, and who was silent is told', () => {
    const mixed = fc.array(
      fc.tuple(candidate, fc.constantFrom('c1', 'c2')).map(([one, connectionId]) => ({ ...one, connectionId })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(mixed, (all) => {
        const text = writeCandidates({ projects: all, more: false, connections: sites });
        expect(text.length).toBeLessThanOrEqual(2_000);
        const read = readCandidates(text);
        const placed = (list: readonly { readonly id: string; readonly connectionId?: string }[] = []) =>
          list.map(({ id, connectionId }) => [id, connectionId]);
        expect(placed(read?.projects)).toEqual(placed(all.slice(0, read?.projects.length)));
        expect(read?.connections).toEqual(sites);
      }),
    );
  });

  test('a page from before there were several connections reads the first one’s projects, which a bare key means', () => {
    const one = { id: '1', key: 'A', name: 'A', linked: false };
    const projects = [
      { ...one, connectionId: 'c2' },
      { ...one, id: '2', connectionId: 'c1' },
    ];
    const text = writeCandidates({ projects, more: false, connections: sites });
    expect(JSON.parse(text)).toMatchObject({ projects: [['2', 'A', 'A', 0]], more: false });
  });

  test('many connections with long names: it fits all the same', () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      id: `c${n}`.padEnd(36, '0'),
      name: 'N'.repeat(100),
      isSilent: true,
    }));
    expect(writeCandidates({ projects: [], more: false, connections: many }).length).toBeLessThanOrEqual(2_000);
  });

  test('whatever the names are: it fits into the column, and says so when it was cut', () => {
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 60 }), fc.boolean(), (all, more) => {
        const text = writeCandidates({ projects: all, more });
        expect(text.length).toBeLessThanOrEqual(2_000);
        const read = readCandidates(text);
        expect(read?.projects.map(({ id }) => id)).toEqual(all.slice(0, read?.projects.length).map(({ id }) => id));
        expect(read?.more).toBe(more || read?.projects.length !== all.length);
      }),
    );
  });

  test.each(['', 'Searching is off.', '[]', '{"projects":[["1","A"]],"more":false}', '{"projects":[],"more":', 'null'])(
    'another text is no list: %j',
    (text) => expect(readCandidates(text)).toBeNull(),
  );
});
