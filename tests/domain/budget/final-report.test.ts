import fc from 'fast-check';
import { EfficiencyRating, Performance, moneyFromDecimal } from '@crmjira/domain';
import { efficiencyRating, finalReport, hoursByMonth, peakMonth } from '../../../domain/src/budget/final-report';

const cad = (major: number | string) => moneyFromDecimal(major, 'CAD');

/** E4: 2025-01 380, 02 400, 03 450, 04 330, 05 230, 06 120 hours. */
const history = [
  ['2025-01-31', 380],
  ['2025-02-28', 780],
  ['2025-03-31', 1230],
  ['2025-04-30', 1560],
  ['2025-05-31', 1790],
  ['2025-06-13', 1910],
].map(([day, hours]) => ({ day: String(day), hours: Number(hours) }));

describe('final report (R-803 to R-807)', () => {
  test('E4: every number of the worked example', () => {
    expect(
      finalReport({
        approved: cad(250000),
        actual: cad(238750),
        totalHours: 1910,
        periodFrom: '2025-01-15',
        completedOn: '2025-06-15T16:00:00Z',
        history,
      }),
    ).toEqual({
      durationDays: 151,
      variance: cad(-11250),
      variancePercentage: -4.5,
      performance: Performance.UnderBudget,
      totalHours: 1910,
      averageHourlyRate: cad(125),
      averageDailyHours: 12.6,
      peakMonth: 'March 2025',
      efficiencyRating: EfficiencyRating.Excellent,
    });
  });

  test('completed on its first day, without an hour, without a budget: no division by zero', () => {
    expect(
      finalReport({
        approved: cad(0),
        actual: cad(0),
        totalHours: 0,
        periodFrom: '2025-01-15',
        completedOn: '2025-01-15T16:00:00Z',
        history: [],
      }),
    ).toMatchObject({
      durationDays: 1,
      variancePercentage: null,
      performance: Performance.OnBudget,
      averageHourlyRate: null,
      averageDailyHours: 0,
      peakMonth: null,
    });
  });

  test.each([
    ['250000', EfficiencyRating.Excellent],
    ['250000.01', EfficiencyRating.Good],
    ['262500', EfficiencyRating.Good],
    ['262500.01', EfficiencyRating.Fair],
    ['275000', EfficiencyRating.Fair],
    ['275000.01', EfficiencyRating.Poor],
  ])('%s of 250,000 is rated %i (R-807)', (actual, rating) => {
    const variance = moneyFromDecimal(Number(actual) - 250000, 'CAD');
    expect(efficiencyRating(variance, cad(250000))).toBe(rating);
  });

  test('the earliest month wins a tie (R-806)', () => {
    expect(
      peakMonth([
        { month: '2025-02', hours: 10 },
        { month: '2025-03', hours: 10 },
      ]),
    ).toBe('February 2025');
  });

  test('the months add up to the total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2400 }), { maxLength: 60 }), (steps) => {
        let total = 0;
        const days = steps.map((step, i) => {
          total += step;
          return { day: new Date(Date.UTC(2025, 0, 1 + i * 9)).toISOString().slice(0, 10), hours: total / 100 };
        });
        const sum = hoursByMonth(days).reduce((all, each) => all + Math.round(each.hours * 100), 0);
        expect(sum).toBe(total);
      }),
    );
  });
});
