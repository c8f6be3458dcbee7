import { comparable, order } from '../conditions/compare';
import { roundTo } from '../crud/normalise-value';
import type { Value } from '../store/row';

export type AggregateMethod = 'sum' | 'avg' | 'min' | 'max' | 'count' | 'countcolumn' | 'countdistinct';

/** Digits that a decimal of the database can have; sums are rounded there so that binary dust does not show. */
const digits = 10;

/** SQL's aggregates: empty values do not count, except for `count`, which counts rows. */
export function aggregate(method: AggregateMethod, values: readonly (Value | undefined)[]): Value {
  const present = values.filter((value): value is Exclude<Value, null> => value !== null && value !== undefined);
  const numbers = present.filter((value): value is number => typeof value === 'number');
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (method) {
    case 'count':
      return values.length;
    case 'countcolumn':
      return present.length;
    case 'countdistinct':
      return new Set(present.map((value) => comparable(value))).size;
    case 'sum':
      return numbers.length === 0 ? null : roundTo(sum, digits);
    case 'avg':
      return numbers.length === 0 ? null : roundTo(sum / numbers.length, digits);
    case 'min':
      return extreme(present, -1);
    case 'max':
      return extreme(present, 1);
  }
}

const extreme = (values: readonly Exclude<Value, null>[], sign: 1 | -1): Value =>
  values.reduce<Value>(
    (best, value) => (best === null || order(comparable(value), comparable(best)) * sign > 0 ? value : best),
    null,
  );
