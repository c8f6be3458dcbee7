import { archivedBefore, defaultRetention, mayPurge, purgeableFrom, retentionPolicy } from '@crmjira/domain';
import fc from 'fast-check';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

test('R-1107 nothing is purged under seven years, whatever is configured', () => {
  const settings = fc.record({
    hotDays: fc.oneof(fc.integer(), fc.double()),
    activeMonths: fc.oneof(fc.integer(), fc.double()),
    retentionYears: fc.oneof(fc.integer({ min: -100, max: 100 }), fc.double()),
  });
  const moments = fc.date({ min: day('1990-01-01'), max: day('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(settings, moments, fc.integer({ min: 0, max: 7 * 365 * 86_400_000 }), (given, since, later) => {
      const policy = retentionPolicy(given);
      return !mayPurge({ since, archived: true }, new Date(since.getTime() + later), policy);
    }),
  );
});

test('R-1107 what is not archived is never purged', () => {
  expect(mayPurge({ since: day('1990-01-01'), archived: false }, day('2030-01-01'), defaultRetention)).toBe(false);
});

test('R-1107 seven years end on the same day, of 29 February on 1 March', () => {
  expect(purgeableFrom(day('2018-05-31'), defaultRetention)).toEqual(day('2025-05-31'));
  expect(purgeableFrom(day('2020-02-29'), defaultRetention)).toEqual(day('2027-03-01'));
  expect(purgeableFrom(day('2020-02-29'), retentionPolicy({ retentionYears: 10 }))).toEqual(day('2030-03-01'));
});

test('R-1107 a log row is hot for 90 days, a business record active for 12 months', () => {
  expect(archivedBefore('log', day('2025-06-01'), defaultRetention)).toEqual(day('2025-03-03'));
  expect(archivedBefore('business', day('2025-06-30'), defaultRetention)).toEqual(day('2024-06-30'));
  expect(archivedBefore('business', day('2025-03-31'), retentionPolicy({ activeMonths: 1 }))).toEqual(
    day('2025-02-28'),
  );
});
