import { entryOf } from '@crmjira/domain';
import { z } from 'zod';

type Issue = z.ZodError['issues'][number];
type Path = readonly PropertyKey[];

/** Faults told in one answer: who has more of them has another problem than a single field. */
const mostTold = 5;

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** The kind of what was sent; the value itself is never told, as nobody knows what is in it (R-1407). */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return entryOf(kinds, typeof value) ?? 'something else';
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/** What the description of the operation says of a field; null where it says nothing. */
function descriptionAt(schema: z.ZodType, path: Path): string | null {
  let inner: unknown = schema;
  let said: string | null = null;
  for (const name of [...path, null]) {
    while (inner instanceof z.ZodOptional) {
      said = inner.description ?? null;
      inner = inner.unwrap();
    }
    if (inner instanceof z.ZodType) said = inner.description ?? said;
    if (name === null) return said;
    inner = inner instanceof z.ZodObject && typeof name === 'string' ? inner.shape[name] : undefined;
    said = null;
  }
  return said;
}

/** Form of a text that has one of its own, with an example. */
const forms: Readonly<Record<string, string>> = {
  date: 'a day, e.g. 2025-01-31',
  datetime: 'a time with its offset, e.g. 2025-01-31T09:00:00-05:00',
  guid: 'a GUID, e.g. a1b2c3d4-e5f6-7890-abcd-ef1234567890',
};

/** What is wrong, and after the semicolon what to do. */
function fault(issue: Issue, sent: unknown, described: string | null): string {
  const meant = described === null ? '' : ` (${described})`;
  if (sent === undefined) return `is missing${meant}; add it`;
  switch (issue.code) {
    case 'invalid_type':
      // A number with decimals is a number all the same.
      return typeof sent === 'number' && issue.expected === 'int'
        ? `has decimals${meant}; send a whole number`
        : `is ${kindOf(sent)}${meant}; send ${entryOf(kinds, issue.expected) ?? 'another kind of value'}`;
    case 'invalid_value':
      return `is none of the values that it may have; send one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? `is too short${meant}; send ${issue.minimum} character${issue.minimum === 1 ? '' : 's'} or more`
        : `is too small${meant}; send ${issue.minimum} or more`;
    case 'too_big':
      return issue.origin === 'string'
        ? `is too long${meant}; send ${issue.maximum} characters or fewer`
        : `is too large${meant}; send ${issue.maximum} or less`;
    case 'invalid_format':
      return `has an invalid format; expected ${entryOf(forms, issue.format) ?? described ?? 'letters, digits, _ and - only'}`;
    default:
      return `is not as described${meant}; see the description of the operation`;
  }
}

/**
 * What is wrong with a request, field by field, in words for whoever made the flow (R-1407): which field, what is wrong, what to do.
 * Says nothing of the values that were sent. Pure.
 * @param part where the fields stand: `path`, `query`, or the name of the body
 */
export function requestWords(error: z.ZodError, schema: z.ZodType, value: unknown, part: string): string {
  const sentences = error.issues.slice(0, mostTold).map((issue) => {
    const name = [part, ...issue.path.map(String)].join('.');
    return `${name} ${fault(issue, valueAt(value, issue.path), descriptionAt(schema, issue.path))}.`;
  });
  const more = error.issues.length - sentences.length;
  return [...sentences, ...(more > 0 ? [`${more} more like these.`] : [])].join(' ');
}
