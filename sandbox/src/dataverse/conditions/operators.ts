import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import type { Caller } from '../security/caller';
import { fold, isReference, type Value } from '../store/row';
import { comparable, literalComparable, order, type Comparable } from './compare';
import { dateRange } from './date-ranges';
import { requireConvertible } from './require-convertible';

export interface ConditionContext {
  readonly caller: Caller;
  readonly now: Date;
}

export type Test = (value: Value | undefined) => boolean;

/** SQL's LIKE: `%`, `_` and `[a-c]` classes. */
export function likePattern(pattern: string): RegExp {
  const source = fold(pattern).replace(/\[[^\]]+\]|[%_]|[.*+?^${}()|[\]\\]/g, (match) => {
    if (match === '%') return '[^]*';
    if (match === '_') return '[^]';
    if (match.length > 1) return match.replace(/\\/g, '\\\\');
    return `\\${match}`;
  });
  return new RegExp(`^${source}$`);
}

const text = (value: Value | undefined): string =>
  value === undefined || value === null ? '' : fold(isReference(value) ? value.id : String(value));

const numbersIn = (value: Value | undefined): readonly string[] =>
  typeof value === 'string' && value !== '' ? value.split(',') : [];

/** Operators that negate another one; the platform lets rows without a value through the negation. */
const negations: Readonly<Record<string, string>> = {
  ne: 'eq',
  neq: 'eq',
  'not-like': 'like',
  'not-null': 'null',
  'not-in': 'in',
  'not-between': 'between',
  'not-begin-with': 'begins-with',
  'not-end-with': 'ends-with',
  'ne-userid': 'eq-userid',
  'ne-businessid': 'eq-businessid',
  'not-contain-values': 'contain-values',
  'ne-userlanguage': 'eq-userlanguage',
};

/** Operators whose values are values of the column. */
const comparing = new Set(['eq', 'gt', 'ge', 'lt', 'le', 'in', 'between']);

/**
 * One condition of FetchXML, or the query function of the same meaning, as a test of a column's value.
 * @throws DataverseError 400 for an operator that the platform does not have.
 */
export function conditionTest(
  operator: string,
  column: ColumnMetadata | undefined,
  values: readonly (string | number | boolean | null)[],
  context: ConditionContext,
): Test {
  const negated = entryOf(negations, operator);
  if (negated !== undefined) {
    const test = conditionTest(negated, column, values, context);
    return (value) => !test(value);
  }
  if (comparing.has(operator)) requireConvertible(column, values);
  const literals = values.map((value) => literalComparable(value, column));
  const first = literals[0] ?? null;
  const { caller } = context;
  switch (operator) {
    case 'eq':
      return (value) => first !== null && comparable(value, column) === first;
    case 'gt':
      return ordered(column, first, (sign) => sign > 0);
    case 'ge':
      return ordered(column, first, (sign) => sign >= 0);
    case 'lt':
      return ordered(column, first, (sign) => sign < 0);
    case 'le':
      return ordered(column, first, (sign) => sign <= 0);
    case 'null':
      return (value) => value === undefined || value === null;
    case 'in': {
      const wanted = new Set(literals);
      return (value) => value !== undefined && value !== null && wanted.has(comparable(value, column));
    }
    case 'between': {
      const [low = null, high = null] = literals;
      return (value) => {
        const found = comparable(value, column);
        return found !== null && order(found, low) >= 0 && order(found, high) <= 0;
      };
    }
    case 'like': {
      const pattern = likePattern(String(values[0] ?? ''));
      return (value) => value !== undefined && value !== null && pattern.test(text(value));
    }
    case 'begins-with':
      return (value) => value !== null && text(value).startsWith(fold(String(values[0] ?? '')));
    case 'ends-with':
      return (value) => value !== null && text(value).endsWith(fold(String(values[0] ?? '')));
    case 'contain-values': {
      const wanted = values.map(String);
      return (value) => numbersIn(value).some((one) => wanted.includes(one));
    }
    case 'eq-userid':
      return (value) => (isReference(value) ? value.id === caller.userId : value === caller.userId);
    case 'eq-userteams':
      return (value) => isReference(value) && caller.teamIds.has(value.id);
    case 'eq-useroruserteams':
      return (value) => isReference(value) && (value.id === caller.userId || caller.teamIds.has(value.id));
    case 'eq-businessid':
      return (value) => (isReference(value) ? value.id === caller.businessUnitId : value === caller.businessUnitId);
    case 'eq-userlanguage':
      return (value) => value === 1033;
  }
  const range = dateRange(operator, values.map(String), context.now);
  if (!range) throw new DataverseError(400, errorCode.queryBuilder, `Invalid condition operator: ${operator}`);
  const from = range.from?.getTime() ?? Number.NEGATIVE_INFINITY;
  const to = range.to?.getTime() ?? Number.POSITIVE_INFINITY;
  return (value) => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return time >= from && time < to;
  };
}

function ordered(column: ColumnMetadata | undefined, literal: Comparable, accepts: (sign: number) => boolean): Test {
  return (value) => {
    const found = comparable(value, column);
    return found !== null && literal !== null && accepts(order(found, literal));
  };
}
