import type { RowValue } from './plan-row';

/** A value that a transform cannot make anything of. */
export interface WrongValue {
  readonly wrong: string;
}

/** Length to which the transform *Shorten to 100* cuts. */
const shortened = 100;

const numberOf = (text: string): RowValue | WrongValue => {
  // Spaces group digits in French; a comma that is not followed by three digits is a decimal one.
  const plain = text
    .replaceAll(/[\s\u00a0\u202f$€]/gu, '')
    .replace(/,(?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.');
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : { wrong: text };
};

const dateOf = (text: string): Date | null => {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds);
};

/**
 * A value of the service as Dynamics would hold it, by the name of a transform; those that only name a map or words of their own side
 * leave it as it is. Pure.
 */
export function transformed(value: RowValue, transform: string | null): RowValue | WrongValue {
  if (value === null) return null;
  switch (transform) {
    case 'shorten':
      return value.slice(0, shortened);
    case 'text-to-number':
    case 'text-to-amount':
      return numberOf(value);
    case 'date-only':
      return dateOf(value)?.toISOString().slice(0, 10) ?? { wrong: value };
    case 'iso-date-time':
      // Dataverse keeps whole seconds.
      return (
        dateOf(value)
          ?.toISOString()
          .replace(/\.\d{3}Z$/, 'Z') ?? { wrong: value }
      );
    default:
      return value;
  }
}
