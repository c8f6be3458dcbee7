import type { Language } from '../language';

const SPACES = /[\s\u00a0\u202f]/g;

/** Digits as the language groups them, or without groups, and its decimal sign. Spaces group in either. */
const FORMS: Readonly<Record<Language, RegExp>> = {
  1033: /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/,
  // The point of the numeric keypad stands for the comma where it cannot be taken for a group.
  3084: /^(-?)(\d+)(?:,(\d+)|\.(\d{1,2}))?$/,
};

/**
 * Number from what a person typed in the format of their language, currency signs and all. What could be meant in another way is not
 * guessed at (F-116): `280.000` is no amount in English, nor `1.500` a number in French.
 * @param decimals that the column keeps; more of them are refused
 * @returns null for an empty text, undefined for one that is no number
 */
export function parseNumber(text: string, language: Language, decimals = 2): number | null | undefined {
  const bare = text.replace(/[$€£]/g, '').trim();
  if (bare === '') return null;
  // Spaces stand between groups of three only.
  if (/\d[\s\u00a0\u202f]/.test(bare) && !/^-?\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?$/.test(bare))
    return undefined;
  const found = FORMS[language].exec(bare.replace(SPACES, ''));
  if (found === null) return undefined;
  const [, sign = '', whole = '', ...rest] = found;
  const fraction = rest.find((part) => part !== undefined) ?? '';
  if (fraction.length > decimals) return undefined;
  return Number(`${sign}${whole.replaceAll(',', '')}.${fraction || '0'}`);
}

/** A stored number as a person begins to edit it: without groups, with the decimal sign of the language. */
export function editedNumber(value: number, language: Language): string {
  return language === 3084 ? String(value).replace('.', ',') : String(value);
}
