import fc from 'fast-check';
import { money } from '../../../domain/src/money/money';
import { percentText } from '../../../domain/src/money/money-text';
import {
  formatDateTime,
  formatDay,
  formatDayRange,
  formatMoment,
  formatTime,
  userDay,
} from '../../../controls/form-data/src/format/date-format';
import { formatAgo, formatElapsed } from '../../../controls/form-data/src/format/elapsed';
import {
  type CompactUnit,
  formatMoney,
  formatMoneyCompact,
  formatMoneyWhole,
  formatMoneyWithCode,
} from '../../../controls/form-data/src/format/money-format';
import { formatNumber, formatPercent, placeCurrency } from '../../../controls/form-data/src/format/number-pattern';
import { type UserSettings, userFormat } from '../../../controls/form-data/src/format/user-format';
import { userSettings } from '../platform/user-settings';

// The test's settings name the members that formatting reads, not all that the platform sends.
const settings = (language: 1033 | 3084, offset?: number) => userSettings(language, offset) as unknown as UserSettings;
const en = userFormat(settings(1033));
const fr = userFormat(settings(3084));
const dollars = (format: typeof en) => ({ symbol: '$', pattern: format.numbers });
const cad = (major: number) => money(Math.round(major * 100), 'CAD');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money (R-202)', () => {
  it('is written as the user writes it, with its code where it stands alone', () => {
    expect(plain(formatMoneyWithCode(cad(250_000), dollars(en)))).toBe('$250,000.00 CAD');
    expect(plain(formatMoneyWithCode(cad(250_000), dollars(fr)))).toBe('250 000,00 $ CAD');
    expect(formatMoney(cad(-11_250), dollars(en))).toBe('-$11,250.00');
    expect(plain(formatMoney(cad(-11_250), dollars(fr)))).toBe('-11 250,00 $');
  });

  it('is rounded and shortened for estimates and axes', () => {
    expect(formatMoneyWhole(cad(259_146.34), dollars(en))).toBe('$259,146');
    const letters = { thousand: 'K', million: 'M', billion: 'B' };
    const english: CompactUnit = (unit, amount) => amount + letters[unit];
    const french: CompactUnit = (unit, amount) => `${amount} ${letters[unit].toLowerCase()}`;
    expect(formatMoneyCompact(cad(259_146.34), dollars(en), english)).toBe('$259K');
    expect(plain(formatMoneyCompact(cad(238_750), dollars(fr), french))).toBe('239 k $');
    expect(formatMoneyCompact(cad(1_250_000), dollars(en), english)).toBe('$1.3M');
    expect(formatMoneyCompact(cad(999_999), dollars(en), english)).toBe('$1M');
    expect(formatMoneyCompact(cad(0), dollars(en), english)).toBe('$0');
  });

  it('keeps the digits of currencies without cents', () => {
    expect(formatMoney(money(125_000, 'JPY'), { symbol: '¥', pattern: en.numbers })).toBe('¥125,000');
  });

  it('follows every negative pattern of the platform, and never loses a digit', () => {
    const seen = Array.from({ length: 16 }, (_, index) =>
      plain(placeCurrency('5', true, '$', { ...en.numbers, currencyNegativePattern: index })),
    );
    expect(seen).toEqual([
      '($5)',
      '-$5',
      '$-5',
      '$5-',
      '(5$)',
      '-5$',
      '5-$',
      '5$-',
      '-5 $',
      '-$ 5',
      '5 $-',
      '$ 5-',
      '$ -5',
      '5- $',
      '($ 5)',
      '(5 $)',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (minor) => {
        const digits = formatMoney(money(minor, 'CAD'), dollars(fr)).replace(/\D/g, '');
        expect(Number(digits)).toBe(Math.abs(minor));
      }),
    );
  });
});

describe('numbers', () => {
  it('percent and hours follow the separators', () => {
    expect(formatPercent(85, 1, en.numbers)).toBe('85.0%');
    expect(plain(formatPercent(85, 1, fr.numbers))).toBe('85,0 %');
    expect(formatPercent(-4.5, 1, en.numbers)).toBe('-4.5%');
    expect(formatPercent(-0.01, 1, en.numbers)).toBe('0.0%');
    expect(formatNumber(1_700, 0, en.numbers)).toBe('1,700');
    expect(plain(formatNumber(1_700.5, 1, fr.numbers))).toBe('1 700,5');
  });

  it('a percent is rounded as in mails, whatever its binary fraction (R-708)', () => {
    const differing = Array.from({ length: 20_001 }, (_, hundredths) => hundredths / 100).filter(
      (percent) => formatPercent(percent, 1, en.numbers) !== percentText(percent),
    );
    expect(differing).toEqual([]);
  });

  it('patterns that a host leaves out follow the language', () => {
    const bare = settings(3084);
    const { currencyPositivePattern, currencyNegativePattern, percentPositivePattern, ...rest } =
      bare.numberFormattingInfo;
    const format = userFormat({ ...bare, numberFormattingInfo: rest });
    expect([currencyPositivePattern, currencyNegativePattern, percentPositivePattern]).toEqual([3, 8, 0]);
    expect(format.numbers).toMatchObject({
      currencyPositivePattern: 3,
      currencyNegativePattern: 8,
      percentPositivePattern: 0,
    });
  });
});

const plainNumbers = { ...en.numbers, numberGroupSizes: [0] };

describe('F-113 one rounding, half away from zero, for all signs', () => {
  it.each([
    [-54.5454, '-54.5%'],
    [-54.55, '-54.6%'],
    [54.55, '54.6%'],
    [84.35, '84.4%'],
    [-0.04, '0.0%'],
  ])('%d', (value, shown) => {
    expect(formatPercent(value, 1, en.numbers)).toBe(shown);
    expect(percentText(value)).toBe(shown);
  });

  it('of a number and its negative alike', () => {
    const tenths = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(tenths, fc.integer({ min: 0, max: 9 }), (tenth, digit) => {
        // The second digit alone decides.
        const value = (tenth * 10 + digit) / 100;
        const wanted = ((tenth + (digit >= 5 ? 1 : 0)) / 10).toFixed(1);
        const signed = Number(wanted) ? `-${wanted}` : wanted;
        expect(formatPercent(value, 1, plainNumbers)).toBe(`${wanted}%`);
        expect(formatPercent(-value, 1, plainNumbers)).toBe(`${signed}%`);
        expect(formatNumber(-value, 1, plainNumbers)).toBe(signed);
        expect(percentText(-value)).toBe(`${signed}%`);
      }),
    );
  });
});

describe('dates and times', () => {
  it('ranges do not repeat what both days share', () => {
    expect(plain(formatDayRange('2025-06-09', '2025-06-19', en.dates))).toBe('Jun 9–19, 2025');
    expect(plain(formatDayRange('2025-06-09', '2025-06-19', fr.dates))).toBe('du 9 au 19 juin 2025');
    expect(plain(formatDayRange('2025-05-20', '2025-06-13', en.dates))).toBe('May 20–Jun 13, 2025');
    expect(plain(formatDayRange('2025-12-20', '2026-01-13', fr.dates))).toBe('du 20 déc. 2025 au 13 janv. 2026');
    expect(plain(formatDayRange('2025-06-09', '2025-06-09', en.dates))).toBe('Jun 9, 2025');
    expect(plain(formatDay('2025-05-16', fr.dates))).toBe('16 mai 2025');
  });

  it('instants are told on the clock of the user', () => {
    expect(formatTime('2025-05-16T18:02:00Z', en.dates)).toBe('14:02');
    const india = userFormat(settings(1033, 330));
    expect(formatTime('2025-05-16T18:02:00Z', india.dates)).toBe('23:32');
    expect(userDay('2025-05-16T20:00:00Z', india.dates)).toBe('2025-05-17');
  });

  it('twelve-hour clocks and quoted words in a pattern work', () => {
    const of = (shortTime: string) => ({ ...en.dates, shortTime });
    expect(formatTime('2025-05-16T04:05:00Z', of('h:mm tt'))).toBe('12:05 AM');
    expect(formatTime('2025-05-16T18:02:00Z', of('hh:mm t'))).toBe('02:02 P');
    expect(formatTime('2025-05-16T18:02:00Z', of("H 'h' mm"))).toBe('14 h 02');
  });

  it('a moment names its day only when it is not today', () => {
    const now = '2025-05-16T18:04:00Z';
    expect(formatMoment('2025-05-16T18:02:00Z', now, en.dates)).toBe('14:02');
    expect(plain(formatMoment('2025-05-16T03:00:00Z', now, en.dates))).toBe('May 15, 2025 23:00');
    expect(plain(formatDateTime('2025-05-16T17:00:00Z', en.dates))).toBe('May 16, 2025 13:00');
    expect(plain(formatDateTime('2025-05-16T17:00:00Z', fr.dates))).toBe('16 mai 2025 à 13:00');
  });

  it('ages are told in the largest unit that fits', () => {
    expect(formatElapsed('2025-05-16T18:02:00Z', '2025-05-16T18:04:10Z', 'en-CA')).toBe('2 minutes');
    expect(plain(formatAgo('2025-05-16T18:02:00Z', '2025-05-16T18:04:10Z', 'fr-CA'))).toBe('il y a 2 minutes');
    expect(formatElapsed('2025-05-16T18:04:00Z', '2025-05-16T18:03:00Z', 'en-CA')).toBe('0 seconds');
    expect(formatElapsed('2025-05-14T12:00:00Z', '2025-05-16T18:04:00Z', 'en-CA')).toBe('2 days');
  });
});
