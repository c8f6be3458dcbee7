import fc from 'fast-check';
import {
  completionRange,
  confidence,
  costAtPerformance,
  costAtRate,
  earnedValue,
} from '../../../../domain/src/budget/forecast/completion';
import { dayFromNumber, dayNumber } from '../../../../domain/src/budget/forecast/days';
import { exhaustion } from '../../../../domain/src/budget/forecast/exhaustion';
import { forecast } from '../../../../domain/src/budget/forecast/forecast';
import { type BurnPoint, dailySpend, paceOver, projectedDuration } from '../../../../domain/src/budget/forecast/pace';
import { money } from '../../../../domain/src/money/money';

const cad = (major: number) => money(Math.round(major * 100), 'CAD');
const at = (day: string, spent: number, hours: number | null = null): BurnPoint => ({ day, spent: cad(spent), hours });

/** E1 to E4 as one history, read on 16 May 2025: paces of 1,093.75, 1,225.00 and 1,535.71 a day over 14, 30 and 90 days. */
const e3 = {
  approved: cad(250_000),
  now: at('2025-05-16', 212_500, 1_700),
  history: [
    at('2025-01-15', 45_000, 360),
    at('2025-02-15', 74_286.1, 594.29),
    at('2025-04-16', 175_750, 1_406),
    at('2025-05-02', 197_187.5, 1_577.5),
    at('2025-05-16', 212_500, 1_700),
  ],
  estimate: { remainingHours: 210, doneFraction: 0.82 },
  completed: false,
};

describe('forecast of E3', () => {
  const result = forecast(e3);

  it('gives the rate-based and the at-performance cost as a range', () => {
    expect(result.completion).toEqual({ low: cad(238_750), high: cad(259_146.34) });
    expect(result.confidence).toBe('reliable');
  });

  it('gives the run-out day from the fastest to the slowest pace, centred on 30 days', () => {
    expect(result.exhaustion).toMatchObject({
      kind: 'range',
      earliest: '2025-06-09',
      centre: '2025-06-16',
      latest: '2025-06-19',
      perDay: cad(1_225),
      paceDays: 30,
    });
  });

  it('names no run-out where the work is done before the money is gone (F-115)', () => {
    const cheap = { ...e3, estimate: { remainingHours: 50, doneFraction: 0.95 } };
    const { completion, exhaustion: end } = forecast(cheap);
    expect(completion).toEqual({ low: cad(218_750), high: cad(223_684.21) });
    // 11,184.21 left at the slowest pace, 1,093.75 a day.
    expect(end).toMatchObject({ kind: 'not-before-completion', latest: '2025-05-26', perDay: cad(1_225) });
    // At the very end of the work is not before it; a cent more is.
    const at = (approved: number) => forecast({ ...cheap, approved: cad(approved) }).exhaustion?.kind;
    expect([at(223_684.21), at(223_684.2)]).toEqual(['not-before-completion', 'range']);
  });

  it('forecasts nothing for a completed project', () => {
    expect(forecast({ ...e3, completed: true })).toEqual({ completion: null, confidence: null, exhaustion: null });
  });
});

describe('worked check of ADR-10', () => {
  it('7,250 over 121 days at 38.51 % is 59.92 a day, 314 days, about 18,826', () => {
    expect(dailySpend({ spent: cad(7_250), days: 121 })).toEqual(cad(59.92));
    expect(projectedDuration(121, 0.3851)).toBe(314);
    expect(Math.round((costAtPerformance(cad(7_250), 0.3851)?.minor ?? 0) / 100)).toBe(18_826);
  });

  it('at-performance cost equals AC + (BAC − EV) ÷ CPI', () => {
    const approved = cad(250_000);
    const spent = cad(212_500);
    const earned = earnedValue(approved, 0.82);
    expect(earned).toEqual(cad(205_000));
    const throughCpi = spent.minor + ((approved.minor - earned.minor) * spent.minor) / earned.minor;
    expect(costAtPerformance(spent, 0.82)?.minor).toBe(Math.round(throughCpi));
  });
});

describe('guards', () => {
  it.each([
    [0.1999, 'too-early'],
    [0.2, 'indicative'],
    [0.55, 'indicative'],
    [0.5501, 'reliable'],
    [null, null],
  ] as const)('done fraction %p is called %p', (fraction, label) => {
    expect(confidence(fraction)).toBe(label);
  });

  it('says nothing about the cost below 20 % of the work, without estimates or before the first spend', () => {
    expect(completionRange(e3.now, { remainingHours: 210, doneFraction: 0.12 }, e3.history)).toBeNull();
    expect(completionRange(e3.now, { remainingHours: null, doneFraction: null }, e3.history)).toBeNull();
    expect(completionRange(at('2025-05-16', 0, 0), { remainingHours: 210, doneFraction: 0.5 }, [])).toBeNull();
  });

  it('takes the range from recent rates when Jira knows hours but not how much is done', () => {
    const history = [at('2025-04-16', 100_000, 1_000), at('2025-05-16', 160_000, 1_400)];
    const range = completionRange(
      at('2025-05-16', 160_000, 1_400),
      { remainingHours: 100, doneFraction: null },
      history,
    );
    expect(range).toEqual({
      low: costAtRate(cad(160_000), 100, { amount: cad(160_000), hours: 1_400 }),
      high: cad(175_000),
    });
  });

  it('needs 14 days of history for a run-out day', () => {
    const young = exhaustion(cad(1_000), at('2025-05-16', 100), [at('2025-05-03', 50)]);
    expect(young).toEqual({ kind: 'too-little-history', days: 14 });
  });

  it('uses the 14-day pace until the history covers 30 days', () => {
    const result = exhaustion(cad(1_000), at('2025-05-16', 140), [at('2025-05-01', 0)]);
    expect(result).toMatchObject({ kind: 'range', paceDays: 14, centre: '2025-08-10' });
  });

  it('gives no day when nothing was spent lately, or money came back', () => {
    const history = [at('2025-04-01', 200), at('2025-05-10', 150)];
    expect(exhaustion(cad(1_000), at('2025-05-16', 150), history)).toEqual({ kind: 'no-spending', days: 30 });
  });

  it('names the first day on which more than the approved amount was spent', () => {
    const history = [at('2025-05-14', 250_000), at('2025-05-15', 250_000.01), at('2025-05-16', 260_000)];
    expect(exhaustion(cad(250_000), at('2025-05-16', 260_000), history)).toEqual({ kind: 'ran-out', on: '2025-05-15' });
    expect(exhaustion(cad(250_000), at('2025-05-16', 260_000), [])).toEqual({ kind: 'ran-out', on: null });
  });

  it('runs out today when everything is spent to the cent', () => {
    const result = exhaustion(cad(140), at('2025-05-16', 140), [at('2025-05-01', 0)]);
    expect(result).toMatchObject({ kind: 'range', earliest: '2025-05-16', latest: '2025-05-16' });
  });
});

/** up to 100 million in major units: with 100,000 hours to go the forecast still is an exact amount */
const minor = fc.integer({ min: 1, max: 10_000_000_000 });

it('says nothing rather than an inexact amount when a forecast is beyond exact integers', () => {
  const now = { day: '2025-05-16', spent: money(90_071_091_837, 'CAD'), hours: 1 };
  expect(completionRange(now, { remainingHours: 99_999.995, doneFraction: null }, [])).toBeNull();
});

describe('properties', () => {
  it('a range is ordered, and neither end is below what is spent', () => {
    fc.assert(
      fc.property(
        minor,
        fc.double({ min: 1, max: 100_000, noNaN: true }),
        fc.double({ min: 0, max: 100_000, noNaN: true }),
        fc.option(fc.double({ min: 0.2, max: 1, noNaN: true })),
        (spent, hours, remainingHours, doneFraction) => {
          const now = { day: '2025-05-16', spent: money(spent, 'CAD'), hours };
          const range = completionRange(now, { remainingHours, doneFraction }, []);
          expect(range).not.toBeNull();
          if (range === null) return;
          expect(range.low.minor).toBeLessThanOrEqual(range.high.minor);
          expect(range.low.minor).toBeGreaterThanOrEqual(spent);
        },
      ),
    );
  });

  it('a run-out range holds its centre and never lies in the past', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 15, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 50_000_000 }), (perDay, left) => {
        const today = dayNumber('2025-05-16');
        let total = 0;
        const history = perDay.map((step, index) => {
          total += step;
          return { day: dayFromNumber(today - perDay.length + 1 + index), spent: money(total, 'CAD'), hours: null };
        });
        const now = history[history.length - 1];
        if (!now) return;
        const result = exhaustion(money(total + left, 'CAD'), now, history);
        if (result.kind !== 'range') {
          expect(result.kind).toBe('no-spending');
          return;
        }
        expect(result.earliest >= '2025-05-16').toBe(true);
        expect(result.earliest <= result.centre && result.centre <= result.latest).toBe(true);
      }),
    );
  });

  it('days and day numbers convert into each other', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => expect(dayNumber(dayFromNumber(n))).toBe(n)));
  });

  it('a window that the history does not cover has no pace', () => {
    expect(paceOver([at('2025-05-10', 1)], at('2025-05-16', 2), 7)).toBeNull();
    expect(paceOver([at('2025-05-09', 1)], at('2025-05-16', 2), 7)?.spent).toEqual(cad(1));
  });
});
