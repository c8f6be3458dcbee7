import { entryOf } from '@crmjira/domain';
import { badRequest } from '../errors';
import { likePattern } from '../conditions/operators';
import { fold } from '../store/row';
import type { Node } from './ast';
import { operand, type Names, type Test } from './operand';
import type { QueryScope } from './scope';

const textFunctions: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
  substringof: (part, text) => text.includes(part),
};

/** `%`, `_` and `[]` are wildcards in these functions, as they end as LIKE. */
const wildcards: Readonly<Record<string, (part: string) => string>> = {
  contains: (part) => `%${part}%`,
  startswith: (part) => `${part}%`,
  endswith: (part) => `%${part}`,
};

/** `contains(name,…)`, `startswith`, `endswith`: empty values match nothing. */
export function textFunction(scope: QueryScope, names: Names, name: string, args: readonly Node[]): Test {
  const check = entryOf(textFunctions, name);
  const [first, second] = args;
  if (!check || !first || !second) throw badRequest(`The '${name}' function is not supported.`);
  const [left, right] = [operand(scope, names, first), operand(scope, names, second)];
  if (typeof right.literal === 'string' && /[%_[]/.test(right.literal)) {
    const pattern = likePattern(entryOf(wildcards, name)?.(right.literal) ?? right.literal);
    return (row, variables) => {
      const value = left.get(row, variables);
      return value != null && pattern.test(fold(String(value)));
    };
  }
  return (row, variables) => {
    const [a, b] = [left.get(row, variables), right.get(row, variables)];
    return a != null && b != null && check(fold(String(a)), fold(String(b)));
  };
}
