import { ExpressionError } from './expression-error';
import { functions } from './functions';
import { isObject, type Json } from './json';
import type { Expression } from './parse-expression';

/** What an expression sees of the run it stands in: functions by their name in lower case. */
export type EvaluationContext = Readonly<Record<string, (args: readonly Json[]) => Json>>;

/** @throws ExpressionError for what the platform would refuse too */
export function evaluate(expression: Expression, context: EvaluationContext): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'call': {
      const name = expression.name.toLowerCase();
      const run = context[name] ?? functions[name];
      if (run === undefined) throw new ExpressionError(`there is no function ${expression.name}()`);
      return run(expression.args.map((one) => evaluate(one, context)));
    }
    case 'access': {
      const of = evaluate(expression.of, context);
      return valueAt(of, evaluate(expression.key, context), expression.maybe);
    }
  }
}

/** A property, or a path of them as the designer writes it: `outputs('X')?['body/value']`. */
function valueAt(of: Json, key: Json, maybe: boolean): Json {
  const found = find(of, key);
  if (found !== undefined) return found;
  if (maybe) return null;
  throw new ExpressionError(`there is no property ${JSON.stringify(key)}, and it is not asked for with "?"`);
}

function find(of: Json, key: Json): Json | undefined {
  if (Array.isArray(of)) return typeof key === 'number' ? of[key] : undefined;
  if (!isObject(of) || typeof key !== 'string') return undefined;
  if (Object.hasOwn(of, key)) return of[key];
  const slash = key.indexOf('/');
  if (slash < 0) return undefined;
  const inner = of[key.slice(0, slash)];
  return inner === undefined ? undefined : find(inner, key.slice(slash + 1));
}
