import { evaluate, type EvaluationContext } from './evaluate';
import { ExpressionError } from './expression-error';
import { asText } from './functions';
import { isObject, type Json } from './json';
import { parseBeginning, parseExpression } from './parse-expression';

/**
 * A value of a definition with its expressions evaluated: `@expression` gives the value itself, `text @{expression}` a text, `@@` an
 * "at" sign.
 *
 * @throws ExpressionError
 */
export function resolve(value: Json, context: EvaluationContext): Json {
  if (typeof value === 'string') return resolveText(value, context);
  if (Array.isArray(value)) return value.map((one: Json) => resolve(one, context));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, context)]));
}

function resolveText(text: string, context: EvaluationContext): Json {
  if (text.startsWith('@@')) return text.slice(1);
  if (text.startsWith('@') && !text.startsWith('@{')) return evaluate(parseExpression(text.slice(1)), context);
  let out = '';
  let rest = text;
  for (;;) {
    const start = rest.indexOf('@{');
    if (start < 0) return out + rest;
    const { expression, end } = parseBeginning(rest.slice(start + 2));
    const behind = rest.slice(start + 2 + end);
    if (!behind.startsWith('}')) throw new ExpressionError(`"@{" is not closed in ${rest.slice(start, start + 120)}`);
    out += rest.slice(0, start) + asText(evaluate(expression, context));
    rest = behind.slice(1);
  }
}
