import fc from 'fast-check';
import {
  add,
  compareMoney,
  costOfTime,
  money,
  moneyFromDecimal,
  moneyText,
  percentText,
  toDecimal,
  toDecimalText,
  subtract,
} from '@crmjira/domain';

const cad = (major: number | string) => moneyFromDecimal(major, 'CAD');

describe('money is exact (R-109)', () => {
  test.each([
    [250000, 25000000],
    ['250000.00', 25000000],
    [46000.1, 4600010],
    ['1.005', 101],
    ['1.004999', 100],
    [-12.345, -1235],
    ['0.1', 10],
    [1e-7, 0],
    [5e-3, 1],
    ['999999999999.99', 99999999999999],
  ])('reads %p as %p minor units', (decimal, minor) => {
    expect(moneyFromDecimal(decimal, 'CAD').minor).toBe(minor);
  });

  test.each(['', 'abc', '1e21', 'NaN', '1,000', '--1', 'Infinity'])('refuses %p and says so', (text) => {
    expect(() => cad(text)).toThrow(/not an amount of CAD/);
  });

  test('a yen has no minor unit and a dinar has three digits', () => {
    expect(moneyFromDecimal('1234.5', 'JPY')).toEqual({ minor: 1235, currency: 'JPY' });
    expect(moneyFromDecimal('1234.5', 'RWF')).toEqual({ minor: 1235, currency: 'RWF' });
    expect(toDecimalText(moneyFromDecimal('1.2345', 'KWD'))).toBe('1.235');
    expect(moneyText(moneyFromDecimal('1234', 'JPY'))).toBe('¥1,234 JPY');
  });

  test('amounts of different currencies are never combined', () => {
    expect(() => add(cad(1), money(1, 'USD'))).toThrow('CAD and USD cannot be combined');
    expect(() => compareMoney(cad(1), money(1, 'USD'))).toThrow(/cannot be combined/);
  });

  const amounts = fc.integer({ min: -1e14, max: 1e14 });

  test('what is written as a decimal is read back as the same amount', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('CAD', 'JPY', 'KWD'), (minor, currency) => {
        const amount = money(minor, currency);
        expect(moneyFromDecimal(toDecimal(amount), currency)).toEqual(amount);
        expect(moneyFromDecimal(toDecimalText(amount), currency)).toEqual(amount);
      }),
    );
  });

  test('adding and taking away again changes nothing', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const x = money(a, 'CAD');
        const y = money(b, 'CAD');
        expect(subtract(add(x, y), y)).toEqual(x);
      }),
    );
  });

  test('E2: 8 hours at 125.00 cost 1,000.00 and at the default rate 1,200.00 (R-507)', () => {
    expect(costOfTime(28800, cad(125))).toEqual(cad(1000));
    expect(costOfTime(28800, cad(150))).toEqual(cad(1200));
  });

  test('time is rounded once to the minor unit, half up', () => {
    expect(costOfTime(1, cad(18))).toEqual(money(1, 'CAD')); // half a cent
    expect(costOfTime(1, cad(17.99))).toEqual(money(0, 'CAD'));
  });

  test('amounts in mails have one form (R-708)', () => {
    expect(moneyText(cad(250000))).toBe('$250,000.00 CAD');
    expect(moneyText(cad(-10000))).toBe('-$10,000.00 CAD');
    expect(moneyText(moneyFromDecimal(1234567.8, 'EUR'))).toBe('€1,234,567.80 EUR');
  });

  test('R-2308 amounts and percentages in French sentences are written as Intl writes them in French (Canada)', () => {
    const intl = new Intl.NumberFormat('fr-CA', { style: 'currency', currency: 'CAD' });
    const percent = new Intl.NumberFormat('fr-CA', { style: 'percent', minimumFractionDigits: 1 });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (minor) => {
        const amount = money(minor, 'CAD');
        expect(moneyText(amount, 3084)).toBe(`${intl.format(toDecimal(amount))}\u00a0CAD`);
      }),
    );
    expect(moneyText(cad('1234.56'), 3084)).toBe('1\u00a0234,56\u00a0$\u00a0CAD');
    expect(moneyText(money(1234, 'JPY'), 3084)).toBe('1\u00a0234\u00a0¥\u00a0JPY');
    expect(moneyText(moneyFromDecimal(12, 'CHF'), 3084)).toBe('12,00\u00a0CHF');
    expect(percentText(84.96, 3084)).toBe(percent.format(0.85));
    expect(percentText(84.96, 1033)).toBe('85.0%');
  });
});
