import * as fluent from '@fluentui/react';
import * as plain from '../../webresources/src/pages/platform/plain-colours';

test.each([
  ['#000000', '#ffffff'],
  ['#0f6cbd', '#ffffff'],
  ['#1b1a19', '#6264a7'],
  ['#C50F1F', '#fdf3f4'],
  ['#777777', '#777777'],
])('R-208 pages judge the contrast of %s on %s as Fluent does', (a, b) => {
  const ratio = (from: Pick<typeof plain, 'getColorFromString'>) => {
    const [one, other] = [from.getColorFromString(a), from.getColorFromString(b)];
    if (!one || !other) throw new Error('not read');
    return plain.getContrastRatio(one, other);
  };
  const [one, other] = [fluent.getColorFromString(a), fluent.getColorFromString(b)];
  if (!one || !other) throw new Error('not read by Fluent');
  expect(ratio(plain)).toBeCloseTo(fluent.getContrastRatio(one, other), 6);
});

test('what is no colour is none', () => expect(plain.getColorFromString('brand')).toBeUndefined());
