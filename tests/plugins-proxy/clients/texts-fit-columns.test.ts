import fc from 'fast-check';
import { cleanName, cutText, fitText, projectName } from '@crmjira/domain';
import { textLengths } from '../../../domain/src/schema/generated/text-lengths';
import { readableWrite } from '../../../plugins-proxy/src/clients/dataverse/message-columns';
import { buildSchema } from '../../../sandbox/src/dataverse/metadata/build-schema';
import { mergedMetadata } from '../../../sandbox/src/dataverse';
import { loadSolutions } from '../../../sandbox/src/dataverse/metadata/load-solution';

const columns = Object.entries(textLengths).flatMap(([collection, lengths]) =>
  Object.entries(lengths).map(([column, length]: [string, number]) => ({ collection, column, length })),
);
/** Half of a surrogate pair: with the flag `u`, whole pairs are one character. */
const halfPair = /\p{Surrogate}/u;
/** Code points of one and of two code units, mixed. */
const text = (longest: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom('a', 'é', ' ', '漢', '🚀', '𝔸'), minLength: 0, maxLength: longest });

describe('a text fits its column (F-201)', () => {
  test('in every text column of every table that the service writes', () => {
    expect(columns.length).toBeGreaterThan(150);
    for (const { collection, column, length } of columns) {
      // Short pieces around the limit: what comes before them does not matter.
      const around = text(6).map((end) => 'x'.repeat(Math.max(0, length - 4)) + end);
      fc.assert(
        fc.property(around, (value) => {
          const write = { op: 'update', collection, id: '1', columns: { [column]: value } } as const;
          const written = String(readableWrite(write, (words) => words).columns[column]);
          // Names of one line are cleaned first (F-317).
          const meant = column === 'subject' ? cleanName(value) : value;
          expect(written.length).toBeLessThanOrEqual(length);
          expect(halfPair.test(written)).toBe(false);
          if (meant.length <= length) expect(written).toBe(meant);
          else expect(written).toMatch(/…$/);
        }),
        { numRuns: 5 },
      );
    }
  });

  test('of the length that Dataverse gives the column', () => {
    const schema = buildSchema(mergedMetadata(loadSolutions()));
    for (const { collection, column, length } of columns) {
      const known = schema.requireSet(collection).columns.find(({ logicalName }) => logicalName === column);
      // The stand-in gives all activities one long description; Microsoft's task has a short one.
      const maxLength = collection === 'tasks' ? Math.min(known?.maxLength ?? 0, 2_000) : known?.maxLength;
      expect({ collection, column, length }).toEqual({ collection, column, length: maxLength });
    }
    // A text column without a length here would be refused as a whole row: none of our tables has one.
    const known = new Set(columns.map(({ collection, column }) => `${collection}.${column}`));
    const ours = [...schema.tables.values()].filter(({ logicalName }) => logicalName.startsWith('crmjira_'));
    const left = ours.flatMap(({ entitySetName, columns: all }) =>
      all
        .filter(({ maxLength, logicalName, isValidForCreate }) => {
          const isText = maxLength !== undefined && isValidForCreate;
          // Ids of stages, each of the same length: as long as the process, never words.
          return isText && logicalName !== 'traversedpath' && !known.has(`${entitySetName}.${logicalName}`);
        })
        .map(({ logicalName }) => `${entitySetName}.${logicalName}`),
    );
    expect(left).toEqual([]);
  });

  test('and one that fits already is left as it is, so that plan and row agree', () => {
    fc.assert(
      fc.property(text(40), fc.integer({ min: 1, max: 30 }), (value, length) => {
        const cut = cutText(value, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(cutText(cut, length)).toBe(cut);
        const words = cut.length < value.length ? cut.slice(0, -1) : cut;
        expect(value.startsWith(words)).toBe(true);
      }),
    );
    expect(fitText('crmjira_budget_mapping', 'crmjira_jira_lead', 'x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  });

  test('and a project’s name fits Jira, with and without the reference', () => {
    fc.assert(
      fc.property(text(120), fc.boolean(), (name, taken) => {
        const fitting = projectName(name, 'CRM-202501-A1B2C3D4', taken);
        expect(fitting.length).toBeLessThanOrEqual(80);
        expect(halfPair.test(fitting)).toBe(false);
      }),
    );
  });
});
