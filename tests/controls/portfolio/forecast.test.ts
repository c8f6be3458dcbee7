import { rowForecast } from '../../../controls/portfolio/src/figures/forecast';
import type { PortfolioRow } from '../../../controls/portfolio/src/rows/portfolio-row';

const rowOf = (spentAmount: number, hours: number | null): PortfolioRow =>
  ({ spentAmount, hours, approvedAmount: 1, isCompleted: false }) as PortfolioRow; // only what is read of it

test.each([
  ['R-211 E3: 238,750.00 to 259,146.34', 1_700, { remainingHours: 210, doneFraction: 0.82 }, [238_750_00, 259_146_34]],
  ['without hours, by the share alone', null, { remainingHours: 210, doneFraction: 0.82 }, [259_146_34, 259_146_34]],
  ['without a share, by the hours alone', 1_700, { remainingHours: 210, doneFraction: null }, [238_750_00, 238_750_00]],
])('%s', (_, hours, estimate, [low, high]) => {
  expect(rowForecast(rowOf(212_500_00, hours), estimate)).toEqual({ kind: 'range', low, high });
});

test.each([
  ['unknown', 212_500_00, { remainingHours: null, doneFraction: null }],
  ['tooEarly', 212_500_00, { remainingHours: 210, doneFraction: 0.1 }],
  ['reading', 212_500_00, undefined],
  ['nothingSpent', 0, null],
])('R-211 %s', (kind, spent, estimate) => {
  expect(rowForecast(rowOf(spent, 1_700), estimate)).toEqual({ kind });
});
