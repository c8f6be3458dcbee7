import { ExpressionError } from './expression-error';
import { isObject, type Json } from './json';

type Arguments = readonly Json[];

function fail(name: string, wants: string, value: Json | undefined): never {
  const kind = value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  throw new ExpressionError(`${name}() wants ${wants}, not ${kind}`);
}

const text = (name: string, value: Json | undefined): string =>
  typeof value === 'string' ? value : fail(name, 'text', value);
const number = (name: string, value: Json | undefined): number =>
  typeof value === 'number' ? value : fail(name, 'a number', value);
const bool = (name: string, value: Json | undefined): boolean =>
  typeof value === 'boolean' ? value : fail(name, 'true or false', value);
const list = (name: string, value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : fail(name, 'an array', value);

/** Text of a value where one is put into a text. */
export function asText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

const key = (value: Json): string => JSON.stringify(value);

/** Both numbers or both texts; anything else is refused as the platform does. */
function compare(name: string, [left, right]: Arguments): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return fail(name, 'two numbers or two texts', typeof left === 'number' ? right : left);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function address(name: string, value: Json | undefined): URL {
  const written = text(name, value);
  if (!URL.canParse(written)) throw new ExpressionError(`${name}() wants an absolute address, not "${written}"`);
  return new URL(written);
}

/**
 * Functions that depend on nothing but their arguments, by their name in lower case; the subset that the flows use. All arguments are
 * evaluated first, also those of `if`, `and` and `or`: a flow that passes here cannot rely on one being skipped.
 */
export const functions: Readonly<Record<string, (args: Arguments) => Json>> = {
  and: (args) => args.map((one) => bool('and', one)).every(Boolean),
  or: (args) => args.map((one) => bool('or', one)).some(Boolean),
  not: ([one]) => !bool('not', one),
  if: ([condition, yes = null, no = null]) => (bool('if', condition) ? yes : no),
  equals: ([left = null, right = null]) => key(left) === key(right),
  greater: (args) => compare('greater', args) > 0,
  greaterorequals: (args) => compare('greaterOrEquals', args) >= 0,
  less: (args) => compare('less', args) < 0,
  empty: ([value]) => isEmpty(value),
  coalesce: (args) => args.find((one) => one !== null) ?? null,
  length: ([value]) => (typeof value === 'string' ? value.length : list('length', value).length),
  first: ([value]) => (typeof value === 'string' ? value.slice(0, 1) : (list('first', value)[0] ?? null)),
  union: (args) => [...new Map(args.flatMap((one) => list('union', one)).map((one) => [key(one), one])).values()],
  join: ([values, by]) => list('join', values).map(asText).join(text('join', by)),
  concat: (args) => args.map(asText).join(''),
  replace: ([value, old, by]) => text('replace', value).replaceAll(text('replace', old), text('replace', by)),
  startswith: ([value, start]) =>
    text('startsWith', value).toLowerCase().startsWith(text('startsWith', start).toLowerCase()),
  string: ([value = null]) => asText(value),
  float: ([value]) => {
    const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return Number.isFinite(parsed) ? number('float', parsed) : fail('float', 'a number', value);
  },
  urihost: ([value]) => address('uriHost', value).hostname,
  urischeme: ([value]) => address('uriScheme', value).protocol.replace(':', ''),
};
