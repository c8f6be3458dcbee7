import type { OrderByField } from '@atlaskit/jql-ast';
import type { Compiler } from './compiler';
import { compareSortKeys } from './match-values';
import type { CompiledQuery } from './query-context';
import { findQueryField } from './query-fields';

/** Compares issues by the fields of ORDER BY; issues alike in all of them come newest first. */
export function compileOrder(compiler: Compiler, fields: readonly OrderByField[]): CompiledQuery['compare'] {
  const steps = fields.flatMap((by) => {
    const field = findQueryField(compiler.context.view, by.field.value);
    if (!field) {
      compiler.problems.push(`Field '${by.field.value}' does not exist or you do not have permission to view it.`);
      return [];
    }
    return [{ sort: field.sort, down: by.direction?.value?.toLowerCase() === 'desc' }];
  });
  return (left, right) => {
    for (const { sort, down } of steps) {
      const [a, b] = [sort(left), sort(right)];
      // empty values come last either way
      if (a === null || b === null) {
        if (a !== b) return a === null ? 1 : -1;
        continue;
      }
      const order = compareSortKeys(a, b);
      if (order !== 0) return down ? -order : order;
    }
    return Number(right.id) - Number(left.id);
  };
}
