import fc from 'fast-check';
import {
  AlertLevel,
  BudgetStatus,
  alertLevel,
  isAtLeast,
  exceedsProvisioningThreshold,
  money,
  moneyFromDecimal,
  nextBudgetStatus,
  remainingBudget,
  utilization,
} from '@crmjira/domain';

const cad = (major: number | string) => moneyFromDecimal(major, 'CAD');

describe('burn', () => {
  test('E2: 46,000 of 250,000 is 18.40 %, 204,000 remain (R-505)', () => {
    expect(utilization(cad(46000), cad(250000))).toBe(18.4);
    expect(remainingBudget(cad(250000), cad(46000))).toEqual(cad(204000));
  });

  test('E2-C: remaining is negative over budget, 104.00 % (R-512)', () => {
    expect(remainingBudget(cad(250000), cad(260000))).toEqual(cad(-10000));
    expect(utilization(cad(260000), cad(250000))).toBe(104);
  });

  test('F-113 a share is rounded once, half away from zero, whatever its sign and its digits', () => {
    // 100,000 after 220,000: 45.4545… % of it, 54.5454… % less.
    expect(utilization(cad(-120_000), cad(220_000), 1)).toBe(-54.5);
    expect(utilization(cad(84.446), cad(100), 1)).toBe(84.5);
    expect(utilization(moneyFromDecimal('8444.6', 'CAD'), cad(10_000), 1)).toBe(84.4);
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    const whole = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, whole, fc.constantFrom(1 as const, 2 as const), (minor, of, digits) => {
        const share = utilization(money(minor, 'CAD'), money(of, 'CAD'), digits);
        expect(utilization(money(-minor, 'CAD'), money(of, 'CAD'), digits)).toBe(-(share ?? NaN) + 0);
        // In units of the last digit, by integers: no further than half a unit, and a half leads away from zero.
        const units = BigInt(Math.round(Math.abs(share ?? NaN) * 10 ** digits));
        const exact = BigInt(Math.abs(minor)) * BigInt(100 * 10 ** digits);
        const twice = 2n * (exact - units * BigInt(of));
        expect(twice >= -BigInt(of) && twice < BigInt(of)).toBe(true);
      }),
    );
  });

  test('a cent approved and a fortune spent is a percentage that its column holds (F-304)', () => {
    expect(utilization(cad(1e12), cad(0.01))).toBe(1e11);
  });

  test('nothing approved has no utilization', () => {
    expect(utilization(cad(1), cad(0))).toBeNull();
  });
});

describe('alert level (R-701, R-703)', () => {
  test.each([
    ['199999.99', AlertLevel.None],
    ['200000.00', AlertLevel.BudgetWarning],
    ['212500.00', AlertLevel.BudgetWarning],
    ['250000.00', AlertLevel.BudgetWarning],
    ['250000.01', AlertLevel.OverBudget],
  ])('%s of 250,000.00 → %i (E3 boundaries, equality is not over budget)', (spent, level) => {
    expect(alertLevel(cad(spent), cad(250000), 80)).toBe(level);
  });

  test('more spent never lowers the level', () => {
    const amount = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(amount, amount, amount, (approved, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const level = (minor: number) => alertLevel(money(minor, 'CAD'), money(approved, 'CAD'), 80);
        expect(isAtLeast(level(high), level(low))).toBe(true);
      }),
    );
  });
});

test('R-706 levels are compared by how grave they are', () => {
  const { None, BudgetWarning, OverBudget } = AlertLevel;
  const grave = [None, BudgetWarning, OverBudget];
  const found = grave.map((level) => grave.map((least) => isAtLeast(level, least)));
  expect(found).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

describe('provisioning threshold (R-304, R-401, E1 boundary rows)', () => {
  test.each([
    ['9999.99', false],
    ['10000.00', false],
    ['10000.01', true],
  ])('%s → %p', (amount, expected) => {
    expect(exceedsProvisioningThreshold(cad(amount), 10000)).toBe(expected);
  });
  test('no amount → false', () => expect(exceedsProvisioningThreshold(null, 10000)).toBe(false));
});

describe('budget status state machine (R-309)', () => {
  const next = (current: BudgetStatus, spent: number, more: Partial<Parameters<typeof nextBudgetStatus>[1]> = {}) =>
    nextBudgetStatus(current, {
      spent: cad(spent),
      approved: cad(250000),
      isApproved: false,
      isActivated: spent > 0,
      isCompleted: false,
      ...more,
    });

  test.each([
    ['a Draft stays a Draft whatever is spent', next(BudgetStatus.Draft, 260000), BudgetStatus.Draft],
    ['approval', next(BudgetStatus.Draft, 0, { isApproved: true }), BudgetStatus.Approved],
    ['the first budget event activates', next(BudgetStatus.Approved, 1000), BudgetStatus.Active],
    ['over budget', next(BudgetStatus.Active, 260000), BudgetStatus.OverBudget],
    ['exactly the budget is not over', next(BudgetStatus.Active, 250000), BudgetStatus.Active],
    ['back below', next(BudgetStatus.OverBudget, 240000), BudgetStatus.Active],
    ['completion', next(BudgetStatus.OverBudget, 260000, { isCompleted: true }), BudgetStatus.Completed],
    ['Completed is terminal', next(BudgetStatus.Completed, 260000), BudgetStatus.Completed],
  ])('%s', (_name, actual, expected) => expect(actual).toBe(expected));
});
