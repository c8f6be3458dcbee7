import fc from 'fast-check';
import { money, moneyFromDecimal, toDecimalText } from '../../../../domain/src/money/money';
import { estimateWork } from '../../../../plugins-proxy/src/capabilities/budget/source/computed/estimate-work';
import { takeFigures } from '../../../../plugins-proxy/src/capabilities/budget/source/budget-module/take-figures';
import { sumActuals } from '../../../../plugins-proxy/src/capabilities/budget/source/tempo-cloud/sum-actuals';
import { priceWorklogs as priceFor } from '../../../../plugins-proxy/src/capabilities/budget/source/computed/price-worklogs';
import { utcDay } from '../../../../plugins-proxy/src/clients/jira/utc-day';
import { conversionBy } from '../../../../plugins-proxy/src/capabilities/budget/source/convert-money';
import type { IssueAnswer, WorklogAnswer } from '../../../../plugins-proxy/src/clients/jira/wire/answers';

const convert = conversionBy(
  new Map([
    ['CAD', 1],
    ['USD', 0.75],
    ['JPY', 110],
  ]),
);
const rate = money(12_500, 'CAD');
type Arguments = Parameters<typeof priceFor>;
const pricedFor =
  (accounts: ReadonlySet<string>) =>
  (worklogs: Arguments[0], hourlyRate: Arguments[1], currency: string, conversion: Arguments[3]) =>
    priceFor(worklogs, hourlyRate, currency, conversion, accounts);
const priceWorklogs = pricedFor(new Set('*'));
const worklog = (over: Partial<WorklogAnswer> = {}): WorklogAnswer => ({
  id: '12345',
  started: '2025-01-20T09:00:00.000+0000',
  timeSpentSeconds: 28_800,
  ...over,
});
const billed = (value: number, currency = 'CAD') => ({
  properties: [{ key: 'crmjira.billing', value: { rate: value, currency } }],
});

describe('the price of worklogs', () => {
  test('E2: eight hours at 125.00 on top of 360 hours are 46,000.00', () => {
    const opening = worklog({ id: '1', started: '2025-01-17T09:00:00.000+0000', timeSpentSeconds: 360 * 3600 });
    const work = priceWorklogs([opening, worklog()], rate, 'CAD', convert);
    expect(toDecimalText(work.spent)).toBe('46000.00');
    expect(work.history.map((point) => [point.day, toDecimalText(point.spent), point.hours])).toEqual([
      ['2025-01-17', '45000.00', 360],
      ['2025-01-20', '46000.00', 368],
    ]);
  });

  test("R-507: a worklog's own rate comes before the project's", () => {
    expect(priceWorklogs([worklog(billed(100))], rate, 'CAD', convert).spent.minor).toBe(80_000);
  });

  test('R-214 work is told by month and by who did it, whatever the edition of Jira calls them', () => {
    const by = (author: WorklogAnswer['author'], started: string, hours: number): WorklogAnswer =>
      worklog({ author, started, timeSpentSeconds: hours * 3600 });
    const mei = { accountId: '712020:mei', displayName: 'Mei Chen' };
    const work = priceWorklogs(
      [
        by(mei, '2025-02-28T23:30:00.000-0500', 2),
        by(mei, '2025-02-27T09:00:00.000+0000', 1),
        by(mei, '2025-03-02T09:00:00.000+0000', 3),
        by({ key: 'JIRAUSER10101', name: 'luc', displayName: 'Luc Tremblay' }, '2025-03-03T09:00:00.000+0000', 0.5),
        by(null, '2025-03-04T09:00:00.000+0000', 1),
      ],
      rate,
      'CAD',
      convert,
    );
    expect(
      work.allocation.map(({ month, personId, person, hours, cost }) => [month, personId, person, hours, cost.minor]),
    ).toEqual([
      ['2025-02-01', '712020:mei', 'Mei Chen', 1, 12_500],
      // half past eleven in Toronto is March in UTC
      ['2025-03-01', '712020:mei', 'Mei Chen', 5, 62_500],
      ['2025-03-01', 'JIRAUSER10101', 'Luc Tremblay', 0.5, 6_250],
      ['2025-03-01', 'unknown', '', 1, 12_500],
    ]);
  });

  test('a property of another form is not a rate', () => {
    const odd = worklog({ properties: [{ key: 'crmjira.billing', value: { rate: '100' } }] });
    expect(priceWorklogs([odd], rate, 'CAD', convert).spent.minor).toBe(100_000);
  });

  test('rates of other currencies are converted before anything is added (R-109)', () => {
    expect(toDecimalText(priceWorklogs([worklog(billed(75, 'USD'))], rate, 'CAD', convert).spent)).toBe('800.00');
    expect(priceWorklogs([worklog()], rate, 'JPY', convert).spent).toEqual(money(110_000, 'JPY'));
  });

  test.each([
    ['nothing an hour, which would hide the work', { rate: 0, currency: 'CAD' }],
    ['less than a tenth of the standard rate', { rate: 12.49, currency: 'CAD' }],
    ['more than ten times the standard rate', { rate: 1_250.01, currency: 'CAD' }],
    ['more than any amount', { rate: 1e15, currency: 'CAD' }],
    ['an amount with an exponent', { rate: 1e21, currency: 'CAD' }],
    ['less than nothing', { rate: -100, currency: 'CAD' }],
    ['a currency that Dynamics does not know', { rate: 100, currency: 'XYZ' }],
    ['a currency that is none', { rate: 100, currency: '€€€' }],
    ['a text', { rate: '100', currency: 'CAD' }],
    ['nothing at all', null],
  ])('an own rate of %s is not used: the standard rate counts, and is told (F-304)', (_what, value) => {
    const hostile = worklog({ id: '666', properties: [{ key: 'crmjira.billing', value }] });
    const work = priceWorklogs([worklog(), hostile], rate, 'CAD', convert);
    expect(work.spent.minor).toBe(200_000);
    expect(work.unusable).toEqual([{ of: '666', why: 'rate' }]);
  });

  test.each([
    ['ten times the standard rate', billed(1_250), 1_000_000],
    ['a tenth of it', billed(12.5), 10_000],
  ])('an own rate of %s is (R-507)', (_what, own, minor) => {
    expect(priceWorklogs([worklog(own)], rate, 'CAD', convert)).toMatchObject({ spent: { minor }, unusable: [] });
  });

  test('only named accounts have a rate of their own (F-304)', () => {
    const by = (accountId: string | undefined) =>
      worklog({ ...billed(100), author: accountId === undefined ? null : { accountId } });
    const logs = [by('712020:priya'), by('712020:mallory'), by(undefined)];
    const spentBy = (...names: string[]) => pricedFor(new Set(names))(logs, rate, 'CAD', convert);
    expect(spentBy('712020:priya').spent.minor).toBe(80_000 + 100_000 + 100_000);
    expect(spentBy('712020:priya').unusable).toHaveLength(2);
    expect(spentBy().spent.minor).toBe(300_000);
    expect(spentBy('*')).toMatchObject({ spent: { minor: 240_000 }, unusable: [] });
  });

  test.each([
    ['2^53 seconds', { timeSpentSeconds: 2 ** 53 }],
    ['more than a year', { timeSpentSeconds: 366 * 86_400 + 1 }],
    ['less than nothing', { timeSpentSeconds: -3_600 }],
    ['half a second', { timeSpentSeconds: 0.5 }],
    ['a start that is none', { started: 'yesterday' }],
    ['a start before any Jira', { started: '0001-01-01T00:00:00.000+0000' }],
    ['a start that no calendar has', { started: '9999999-01-01T00:00:00.000+0000' }],
  ])('a worklog of %s does not count, and is told; the others do (F-304)', (_what, over) => {
    const work = priceWorklogs([worklog(), worklog({ id: '666', ...over })], rate, 'CAD', convert);
    expect([work.spent.minor, work.seconds, work.history.length]).toEqual([100_000, 28_800, 1]);
    expect(work.unusable).toEqual([{ of: '666', why: 'time' }]);
  });

  test('the order of the worklogs does not matter', () => {
    const some = fc.array(
      fc.record({ seconds: fc.nat(200_000), day: fc.integer({ min: 1, max: 28 }), rate: fc.option(fc.nat(300)) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (entries) => {
        const logs = entries.map((entry, n) =>
          worklog({
            id: String(n),
            started: `2025-02-${String(entry.day).padStart(2, '0')}T10:00:00.000+0000`,
            timeSpentSeconds: entry.seconds,
            ...(entry.rate === null ? {} : billed(entry.rate)),
          }),
        );
        const { unusable, ...figures } = priceWorklogs(logs, rate, 'CAD', convert);
        expect(priceWorklogs([...logs].reverse(), rate, 'CAD', convert)).toEqual({
          ...figures,
          unusable: [...unusable].reverse(),
        });
      }),
    );
  });

  test.each([
    ['2025-01-20T23:30:00.000-0500', '2025-01-21'],
    ['2026-09-21T08:16:58.108+0530', '2026-09-21'],
    ['2026-09-21T03:00:00.000+0530', '2026-09-20'],
  ])('%s counts for the UTC day %s', (started, day) => {
    expect(utcDay(started)).toBe(day);
  });
});

describe('what budget modules tell and cannot be used (F-304)', () => {
  const cad = (major: number) => moneyFromDecimal(major, 'CAD');
  const pricing = { currency: 'CAD', hourlyRate: rate, convert };
  const asked = { ...pricing, projectId: '1', projectKey: 'A', issues: [] };
  const told = { id: 'BUD-1', amount: 250_000, currency: 'CAD', totalSpent: 46_000, totalHours: 368 };
  const lastKnown = { jiraAmount: cad(240_000), spent: cad(45_000), totalHours: 360 };
  const values = [1e21, 1e15, -1, Number.NaN, Number.POSITIVE_INFINITY];

  test.each([
    ...values.map((value) => ({ over: { amount: value }, whys: ['amount'] })),
    ...values.map((value) => ({ over: { totalSpent: value }, whys: ['spent'] })),
    ...values.map((value) => ({ over: { totalHours: value }, whys: ['hours'] })),
    { over: { currency: 'XYZ' }, whys: ['amount', 'spent'] },
    { over: { currency: '' }, whys: ['amount', 'spent'] },
  ])('of the budget contract, $over: the last known figure stays', ({ over, whys }) => {
    const figures = takeFigures({ ...told, ...over }, { ...asked, lastKnown });
    expect(figures).toEqual({
      amount: cad(whys.includes('amount') ? 240_000 : 250_000),
      spent: cad(whys.includes('spent') ? 45_000 : 46_000),
      hours: whys.includes('hours') ? 360 : 368,
      unusable: whys.map((why) => ({ of: 'BUD-1', why })),
    });
    // Never read before: no amount, and nothing spent that anybody knows of.
    expect(takeFigures({ ...told, ...over }, asked).spent).toEqual(cad(whys.includes('spent') ? 0 : 46_000));
  });

  const work = (over = {}) => ({
    date: '2025-01-20',
    timeSpentSeconds: 3_600,
    cost: { value: 100, currencyCode: 'CAD' },
    ...over,
  });
  const cost = (value: number, currencyCode = 'CAD') => ({ cost: { value, currencyCode } });
  test.each([
    ...values.map((value) => [`labor that costs ${value}`, [work(cost(value))], [], 225, 'cost'] as const),
    ['labor in an unknown currency', [work(cost(1, 'XYZ'))], [], 225, 'cost'],
    ['labor of 2^53 seconds', [work({ timeSpentSeconds: 2 ** 53 })], [], 100, 'entry'],
    ['labor of less than no time', [work({ timeSpentSeconds: -1 })], [], 100, 'entry'],
    ['labor of no day', [work({ date: 'yesterday' })], [], 100, 'entry'],
    ...values.map((value) => [`an expense of ${value}`, [], [work(cost(value))], 100, 'entry'] as const),
    ['an expense in an unknown currency', [], [work(cost(1, 'XYZ'))], 100, 'entry'],
    ['expenses that together are no amount', [], [work(cost(1e12))], 100, 'entry'],
  ] as const)(
    'of Tempo, %s: it is priced by the rate or does not count, the rest does',
    (_what, labor, expenses, spent, why) => {
      const sums = sumActuals([work(), ...labor], expenses, pricing);
      expect(sums.spent).toEqual(cad(spent));
      expect(sums.unusable).toEqual([{ of: labor[0]?.date ?? '2025-01-20', why }]);
    },
  );
});

describe('the share of estimated work that is done', () => {
  const issue = (category: string, original: number | null, left: number | null): IssueAnswer => ({
    id: '1',
    key: 'A-1',
    fields: {
      status: { name: category, statusCategory: { key: category } },
      timeoriginalestimate: original,
      timeestimate: left,
    },
  });

  test('comes from original and remaining estimates; done issues count whole', () => {
    const issues = [issue('done', 36_000, 7_200), issue('indeterminate', 36_000, 18_000), issue('new', 72_000, null)];
    expect(estimateWork(issues)).toEqual({
      remainingEstimateHours: 25,
      doneFraction: 54_000 / 144_000,
      unusable: [],
    });
  });

  test('is unknown without estimates', () => {
    expect(estimateWork([issue('done', null, null), issue('new', 0, 0)])).toEqual({
      remainingEstimateHours: null,
      doneFraction: null,
      unusable: [],
    });
  });

  test.each([
    ['an estimate of 2^63 seconds', 2 ** 63, null],
    ['2^63 seconds left', 3_600, 2 ** 63],
    ['an estimate below zero', -3_600, null],
    ['less than nothing left', 3_600, -1],
  ])('%s does not count, and is told; the other issues do (F-304)', (_what, original, left) => {
    expect(estimateWork([issue('new', 7_200, 3_600), issue('new', original, left)])).toEqual({
      remainingEstimateHours: 1,
      doneFraction: 0.5,
      unusable: [{ of: '1', why: 'estimate' }],
    });
  });

  test('never leaves 0…1, however far an estimate was overrun', () => {
    expect(estimateWork([issue('new', 3_600, 90_000)]).doneFraction).toBe(0);
  });
});
