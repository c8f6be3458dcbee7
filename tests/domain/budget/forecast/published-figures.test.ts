import { costAtPerformance, earnedValue } from '../../../../domain/src/budget/forecast/completion';
import { money } from '../../../../domain/src/money/money';

const usd = (major: number) => money(Math.round(major * 100), 'USD');

/**
 * Figures that others have published with their results:
 * - PRA, "Project Risk Analysis", package of CRAN, its vignette "Earned Value Management": a budget of 100,000, three periods that cost
 *   9,000, 18,000 and 36,000, done 5, 15 and 35 %; estimate at completion (typical) = BAC ÷ CPI.
 * - pmev, package of CRAN, the example of its README: project value 150,000, earned 13,878.46, spent 10,000.00; its results are CPI
 *   1.39, estimate at completion 108,081.2, estimate to complete 98,081.17.
 */
describe('published earned-value figures', () => {
  it.each([
    [0.05, 9_000, 5_000],
    [0.15, 27_000, 15_000],
    [0.35, 63_000, 35_000],
  ])('PRA, %d done: earned value and BAC ÷ CPI', (done, spent, earned) => {
    expect(earnedValue(usd(100_000), done)).toEqual(usd(earned));
    expect(costAtPerformance(usd(spent), done)).toEqual(usd(100_000 / (earned / spent)));
  });

  it('pmev: estimate at completion, to the four decimals that a done fraction is stored with', () => {
    const done = 13_878.46 / 150_000;
    const found = (costAtPerformance(usd(10_000), done)?.minor ?? 0) / 100;
    // Half a unit of the fourth decimal, as a share of the fraction: 0.054 %.
    expect(Math.abs(found - 108_081.2) / 108_081.2).toBeLessThan(0.00005 / done);
    expect(Math.abs(found - 10_000 - 98_081.17) / 98_081.17).toBeLessThan(0.0001 / done);
  });
});
