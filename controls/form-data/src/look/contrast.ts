import { getColorFromString, getContrastRatio } from '@fluentui/react';

/** WCAG 2.2 contrast ratio of two colours `#rrggbb`, 1…21; 1 where one of them is no colour. */
export function contrast(a: string, b: string): number {
  const [one, other] = [getColorFromString(a), getColorFromString(b)];
  return one && other ? getContrastRatio(one, other) : 1;
}
