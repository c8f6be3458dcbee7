import fc from 'fast-check';
import { forecast } from '../../../../domain/src/budget/forecast/forecast';
import { AS_IS, changedBy } from '../../../../domain/src/budget/forecast/what-if';
import { money } from '../../../../domain/src/money/money';

const cad = (major: number) => money(Math.round(major * 100), 'CAD');
const at = (day: string, spent: number, hours: number) => ({ day, spent: cad(spent), hours });

/** E3. */
const e3 = {
  approved: cad(250_000),
  now: at('2025-05-16', 212_500, 1_700),
  history: [at('2025-01-15', 45_000, 360), at('2025-04-16', 175_750, 1_406), at('2025-05-02', 197_187.5, 1_577.5)],
  estimate: { remainingHours: 210, doneFraction: 0.82 },
  completed: false,
};
const percent = fc.integer({ min: -50, max: 100 });

describe('what if', () => {
  it('nothing changed is the forecast itself', () => {
    expect(forecast(e3, AS_IS)).toEqual(forecast(e3));
  });

  it('changes what is still to come by both, and the pace by the rate alone: E3', () => {
    const { completion, exhaustion } = forecast(e3, { rate: 10, scope: -20 });
    // 26,250.00 × 0.8 × 1.1 = 23,100.00; 46,646.34 × 0.8 × 1.1 = 41,048.78
    expect(completion).toEqual({ low: cad(235_600), high: cad(253_548.78) });
    expect(exhaustion).toMatchObject({ perDay: cad(1_347.5), centre: '2025-06-13' });
  });

  it('no work left costs what is spent; below nothing counts as nothing', () => {
    expect(forecast(e3, { rate: 0, scope: -100 }).completion).toEqual({ low: cad(212_500), high: cad(212_500) });
    expect(forecast(e3, { rate: 0, scope: -400 }).completion).toEqual({ low: cad(212_500), high: cad(212_500) });
    expect(changedBy(101n, 50)).toBe(152n);
  });

  it('an hour that costs nothing never uses the money up', () => {
    expect(forecast(e3, { rate: -100, scope: 0 }).exhaustion).toEqual({ kind: 'no-spending', days: 30 });
  });

  it('a completed project has no forecast to change', () => {
    expect(forecast({ ...e3, completed: true }, { rate: 50, scope: 50 }).completion).toBeNull();
  });

  it('more is never cheaper nor later, and neither end falls below what is spent', () => {
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 100 }), (rate, scope, more) => {
        const less = forecast(e3, { rate, scope });
        const both = forecast(e3, { rate: rate + more, scope: scope + more });
        if (!less.completion || !both.completion) throw new Error('E3 has a forecast under every assumption');
        expect(both.completion.low.minor).toBeGreaterThanOrEqual(less.completion.low.minor);
        expect(both.completion.high.minor).toBeGreaterThanOrEqual(less.completion.high.minor);
        expect(less.completion.low.minor).toBeGreaterThanOrEqual(e3.now.spent.minor);
        // Less may be done before the money is gone; more of both never is, where less was not.
        if (less.exhaustion?.kind !== 'range') return;
        if (both.exhaustion?.kind !== 'range') throw new Error('what runs out with less runs out with more');
        expect(both.exhaustion.latest <= less.exhaustion.latest).toBe(true);
      }),
    );
  });
});
