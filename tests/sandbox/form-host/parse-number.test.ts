import { formatAge, formatMoney, formatPercent } from '../../../sandbox/src/form-host/client/format/format-value';
import { editedNumber, parseNumber } from '../../../sandbox/src/form-host/client/format/parse-number';

test.each([
  ['250000', 1033, 250000],
  ['$250,000.00', 1033, 250000],
  ['250 000.00', 1033, 250000],
  ['10000.01', 1033, 10000.01],
  ['10,000', 1033, 10000],
  ['-3.5', 1033, -3.5],
  ['', 1033, null],
  ['250 000,00 $', 3084, 250000],
  ['250\u00a0000,5', 3084, 250000.5],
  ['3.5', 3084, 3.5],
] as const)('%j is read in %s as %s', (text, language, value) => {
  expect(parseNumber(text, language)).toBe(value);
});

it.each([
  ['280.000', 1033],
  ['3,5', 1033],
  ['1,50,000', 1033],
  ['1 5', 1033],
  ['ten', 1033],
  ['1.2.3.x', 1033],
  ['1.500', 3084],
  ['1,500', 3084],
  ['250,000.00', 3084],
] as const)('%j could be meant in another way, or is no number: refused in %s (F-116)', (text, language) => {
  expect(parseNumber(text, language)).toBeUndefined();
});

it('reads small parts of an hour as they are typed (F-116)', () => {
  expect(parseNumber('1.500', 1033, 4)).toBe(1.5);
  expect(parseNumber('0.001', 1033, 4)).toBe(0.001);
  expect(parseNumber(editedNumber(0.25, 3084), 3084, 4)).toBe(0.25);
});

test('what is shown is read back as the same number, in both languages', () => {
  for (const language of [1033, 3084] as const)
    for (const value of [0, 0.01, 9999.99, 10000.01, 250000, 1234567.89])
      expect(parseNumber(formatMoney(value, 'CAD', language), language)).toBe(value);
});

test('money and percent follow the language (R-202)', () => {
  expect(formatMoney(250000, 'CAD', 1033)).toBe('$250,000.00');
  expect(formatMoney(250000, 'CAD', 3084).replace(/\s/g, ' ')).toBe('250 000,00 $');
  expect(formatPercent(18.4, 1033)).toBe('18.4%');
  expect(formatPercent(18.4, 3084).replace(/\s/g, ' ')).toBe('18,4 %');
});

test('an age is told in the largest unit that says enough', () => {
  const now = new Date('2025-05-16T12:00:00Z');
  expect(formatAge('2025-01-15T12:00:00Z', now, 1033)).toBe('4 months');
  expect(formatAge('2025-01-16T12:00:00Z', now, 1033, false)).toBe('120 days');
  expect(formatAge('2025-05-16T09:30:00Z', now, 3084)).toMatch(/^2\sheures$/);
});
