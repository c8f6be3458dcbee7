import type { ColumnFacts } from '../mapping/columns';
import { isMap } from '../mapping/check-columns';
import type { RowValue } from './plan-row';
import { transformed, type WrongValue } from './transform';

/** A value as it is written: to Dataverse, or to a service. */
export type TypedValue = string | number | boolean | null;

const yes: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'oui', 'o']);
const no: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'non']);

const isMoment = (value: RowValue | Date): value is string | Date =>
  value !== null && !Number.isNaN(new Date(value).getTime());
/** Dataverse keeps whole seconds. */
const momentOf = (value: string | Date): string => new Date(value).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** What Dataverse holds, in the one form in which values are compared. Pure. */
export function heldValue(value: unknown, { kind }: ColumnFacts): RowValue {
  if (value === null || value === undefined || value === '') return null;
  // A text that looks like a moment comes as one.
  const text = value instanceof Date ? momentOf(value) : String(value as string | number | boolean);
  if (kind === 'date') return text.slice(0, 10);
  return kind === 'date-time' ? momentOf(text) : text;
}

function numberFor(text: string, { kind, least, most, precision }: ColumnFacts): RowValue | WrongValue {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number) || (kind === 'whole' && !Number.isInteger(number))) return { wrong: text };
  if ((least !== null && number < least) || (most !== null && number > most)) return { wrong: text };
  // As Dataverse rounds it: a value that comes back otherwise would look like somebody's change.
  return String(kind === 'whole' || precision === null ? number : Number(number.toFixed(precision)));
}

function choiceFor(text: string, { options }: ColumnFacts): RowValue | WrongValue {
  const wanted = text.trim().toLowerCase();
  const found =
    options.find(({ words }) => words.some((word) => word.toLowerCase() === wanted)) ??
    options.find(({ value }) => String(value) === wanted);
  return found === undefined ? { wrong: text } : String(found.value);
}

function textFor(text: string, { maxLength }: ColumnFacts, transform: string | null): RowValue | WrongValue {
  if (maxLength === null || text.length <= maxLength) return text;
  return transform === 'shorten' ? text.slice(0, maxLength) : { wrong: text };
}

/** A value of the service as a column would hold it, by the transform of its mapping. Pure. */
export function takenValue(value: RowValue, transform: string | null, column: ColumnFacts): RowValue | WrongValue {
  const made = transformed(value, transform);
  if (made === null || typeof made === 'object') return made;
  switch (column.kind) {
    case 'text':
      return textFor(made, column, transform);
    case 'whole':
    case 'decimal':
      return numberFor(made, column);
    case 'flag': {
      const word = made.trim().toLowerCase();
      return yes.has(word) ? 'true' : no.has(word) ? 'false' : { wrong: made };
    }
    case 'date':
      return isMoment(made) ? momentOf(made).slice(0, 10) : { wrong: made };
    case 'date-time':
      return isMoment(made) ? momentOf(made) : { wrong: made };
    case 'choice':
    case 'status':
      return choiceFor(made, column);
    default:
      return { wrong: made };
  }
}

/** A value as Dataverse takes it. Pure. */
export function typedValue(value: RowValue, { kind, isMoment: hasTime }: ColumnFacts): TypedValue {
  if (value === null) return null;
  if (kind === 'flag') return value === 'true';
  if (kind === 'date' && hasTime) return `${value}T00:00:00Z`;
  return kind === 'whole' || kind === 'decimal' || kind === 'choice' || kind === 'status' ? Number(value) : value;
}

/** A value of a column as the service takes it: what the transform makes of its text for Dynamics, the other way round. Pure. */
export function sentValue(value: RowValue, transform: string | null, column: ColumnFacts): TypedValue {
  const typed = typedValue(value, column);
  if (value === null || typed === null) return null;
  if (isMap(transform)) return column.options.find((one) => one.value === typed)?.words[0] ?? value;
  if (transform === 'text-to-amount' && typeof typed === 'number') return typed.toFixed(column.precision ?? 2);
  if (transform === 'text-to-number') return value;
  if (transform === 'shorten') return String(transformed(value, transform));
  return column.kind === 'date' || (column.kind === 'date-time' && transform === 'date-only')
    ? value.slice(0, 10)
    : typed;
}
