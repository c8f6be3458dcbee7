import { completionRange, money } from '@crmjira/domain';
import fc from 'fast-check';
import { rowForecast } from '../../../controls/portfolio/src/figures/forecast';
import type { PortfolioRow } from '../../../controls/portfolio/src/rows/portfolio-row';

const rowOf = (spentAmount: number, hours: number | null): PortfolioRow =>
  ({ spentAmount, hours, approvedAmount: 1, isCompleted: false }) as PortfolioRow; // only what is read of it

test('R-211 the list forecasts what the domain forecasts, to the minor unit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000_00 }),
      // From an hour on, so that no forecast is beyond exact amounts: the domain has none there.
      fc.option(fc.integer({ min: 100, max: 10_000_000 })),
      fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      fc.option(fc.integer({ min: 0, max: 10_000 })),
      (spent, hundredths, left, share) => {
        const hours = hundredths === null ? null : hundredths / 100;
        const estimate = {
          remainingHours: left === null ? null : left / 100,
          doneFraction: share === null ? null : share / 10_000,
        };
        const now = { day: '2025-05-16', spent: money(spent, 'CAD'), hours };
        const wanted = completionRange(now, estimate, []);
        const found = rowForecast(rowOf(spent, hours), estimate);
        if (wanted === null) return found.kind !== 'range';
        if (found.kind !== 'range') return false;
        const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1 + Math.abs(b) * 1e-12;
        return near(found.low, wanted.low.minor) && near(found.high, wanted.high.minor);
      },
    ),
  );
});

test('R-211 E3: 238,750.00 to 259,146.34', () => {
  const found = rowForecast(rowOf(212_500_00, 1_700), { remainingHours: 210, doneFraction: 0.82 });
  expect(found).toEqual({ kind: 'range', low: 238_750_00, high: expect.closeTo(259_146_34, 0) });
});
