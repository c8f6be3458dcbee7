import { ExpressionError } from '../expression/expression-error';
import { functions } from '../expression/functions';
import { isObject, type Json } from '../expression/json';

/**
 * A condition as the designer keeps it: `{and: [{equals: [a, b]}]}`, already resolved; also a value that is true or false by itself.
 *
 * @throws ExpressionError
 */
export function testCondition(condition: Json): boolean {
  if (typeof condition === 'boolean') return condition;
  const [only, ...more] = isObject(condition) ? Object.entries(condition) : [];
  const test = only === undefined ? undefined : functions[only[0].toLowerCase()];
  if (only === undefined || test === undefined || more.length > 0 || !Array.isArray(only[1]))
    throw new ExpressionError(`${JSON.stringify(condition)} is not a condition`);
  // Array.isArray does not narrow a readonly array.
  const args = only[1] as readonly Json[];
  const isJoint = ['and', 'or'].includes(only[0].toLowerCase());
  return test(isJoint ? args.map(testCondition) : args) === true;
}
