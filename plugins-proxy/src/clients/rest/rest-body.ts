import type { Scalar } from '../web-service/fill-template';
import { ServiceError } from '../web-service/service-error';

const plainPath = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;
const taboo = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * An object of values by their paths: `price.amount` stands in an object `price`. Pure.
 * @throws ServiceError where a path is more than names: what it reads cannot be written by it
 */
export function bodyOf(values: Readonly<Record<string, Scalar>>): string {
  const body: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    if (!plainPath.test(path) || [...names, last].some((name) => taboo.has(name)))
      throw new ServiceError('service-expression-invalid', { expression: path, why: 'not a path of names' });
    let at = body;
    for (const name of names) {
      at[name] ??= {};
      // Made above, by this function alone.
      at = at[name] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return JSON.stringify(body);
}
