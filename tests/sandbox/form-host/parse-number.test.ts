import { formatAge, formatMoney, formatPercent } from '../../../sandbox/src/form-host/client/format/format-value';
import { parseNumber } from '../../../sandbox/src/form-host/client/format/parse-number';

test.each([
  ['250000', 250000],
  ['$250,000.00', 250000],
  ['250 000,00 $', 250000],
  ['250\u00a0000,5', 250000.5],
  ['10000.01', 10000.01],
  ['10,000', 10000],
  ['-3.5', -3.5],
  ['', null],
  ['ten', undefined],
  ['1.2.3.x', undefined],
])('%j is read as %s', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test('what is shown is read back as the same number, in both languages', () => {
  for (const language of [1033, 3084] as const)
    for (const value of [0, 0.01, 9999.99, 10000.01, 250000, 1234567.89])
      expect(parseNumber(formatMoney(value, 'CAD', language))).toBe(value);
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
