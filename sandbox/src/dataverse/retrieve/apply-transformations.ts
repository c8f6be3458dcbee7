import { entryOf } from '@crmjira/domain';
import { badRequest } from '../errors';
import type { Table } from '../metadata/schema';
import { comparable, order } from '../conditions/compare';
import type { Aggregation, Transformation } from '../odata/ast';
import { compileFilter } from '../odata/compile-filter';
import { accessor, type QueryScope } from '../odata/scope';
import { toJson, type Json } from '../annotations/project-row';
import type { Row, Value } from '../store/row';
import { aggregate, type AggregateMethod } from './aggregate';

/** `$apply`: filter, groupby and aggregate, in the order given. */
export function applyTransformations(
  scope: QueryScope,
  table: Table,
  rows: readonly Row[],
  steps: readonly Transformation[],
): readonly Json[] {
  let current = rows;
  for (const step of steps) {
    if (step.kind === 'filter') {
      const test = compileFilter(scope, table, step.of);
      current = current.filter(test);
    } else if (step.kind === 'aggregate') return [aggregated(scope, table, current, step.items)];
    else return grouped(scope, table, current, step.by, step.items);
  }
  throw badRequest('The $apply option must end in aggregate or groupby.');
}

const methods: Readonly<Record<string, AggregateMethod>> = {
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  countdistinct: 'countdistinct',
  count: 'count',
};

function aggregated(
  scope: QueryScope,
  table: Table,
  rows: readonly Row[],
  items: readonly Aggregation[],
): { [name: string]: Json } {
  const json: { [name: string]: Json } = {};
  for (const { of, method, as } of items) {
    const kind = entryOf(methods, method);
    if (!kind) throw badRequest(`The aggregation method '${method}' is not supported.`);
    const get = of === '$count' ? (): Value => 1 : accessor(scope, table, of).get;
    json[as] = toJson(aggregate(kind, rows.map(get)));
  }
  return json;
}

function grouped(
  scope: QueryScope,
  table: Table,
  rows: readonly Row[],
  by: readonly (readonly string[])[],
  items: readonly Aggregation[],
): readonly Json[] {
  const keys = by.map((path) => ({ path, ...accessor(scope, table, path) }));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map(({ get, column }) => comparable(get(row), column)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()]
    .sort((left, right) => {
      const [a, b] = [left[0] ?? {}, right[0] ?? {}];
      return (
        keys
          .map(({ get, column }) => order(comparable(get(a), column), comparable(get(b), column)))
          .find((sign) => sign !== 0) ?? 0
      );
    })
    .map((group) => {
      const json: { [name: string]: Json } = {};
      for (const { path, get } of keys) place(json, path, toJson(get(group[0] ?? {})));
      return { ...json, ...aggregated(scope, table, group, items) };
    });
}

/** `primarycontactid/fullname` comes back nested, as it was asked for. */
function place(json: { [name: string]: Json }, path: readonly string[], value: Json): void {
  const [first = '', second] = path;
  json[first] = second === undefined ? value : { [second]: value };
}
