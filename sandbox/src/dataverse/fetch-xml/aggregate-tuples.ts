import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import { column as makeColumn } from '../metadata/columns';
import { formattedValue, type Preferences } from '../annotations/preferences';
import type { JsonObject } from '../annotations/project-row';
import { comparable, order } from '../conditions/compare';
import type { Table } from '../metadata/schema';
import type { QueryScope } from '../odata/scope';
import { aggregate, type AggregateMethod } from '../retrieve/aggregate';
import type { Value } from '../store/row';
import { requireColumn, type JoinedTable, type Tuple } from './join';
import type { FetchAttribute } from './query';
import { writeAttributeName, writeValue } from './write-result';

/** Rows that the platform aggregates at most. */
const aggregateLimit = 50_000;

interface Field {
  readonly attribute: FetchAttribute;
  readonly name: string;
  readonly alias: string;
  readonly table: Table;
  readonly column: ColumnMetadata;
}

const methods: Readonly<Record<string, AggregateMethod>> = {
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  count: 'count',
  countcolumn: 'countcolumn',
};

/** `aggregate="true"`: one row a group, under the aliases given. */
export function aggregateTuples(
  scope: QueryScope,
  tables: readonly JoinedTable[],
  tuples: readonly Tuple[],
  preferences: Preferences,
): readonly JsonObject[] {
  if (tuples.length > aggregateLimit) {
    throw new DataverseError(
      400,
      errorCode.aggregateLimit,
      'AggregateQueryRecordLimit exceeded. Cannot perform this operation.',
    );
  }
  const fields = tables.flatMap(({ alias, table, entity }) =>
    entity.attributes.map((attribute): Field => {
      if (attribute.alias === null)
        throw new DataverseError(
          400,
          errorCode.queryBuilder,
          'An alias is required for every attribute of an aggregate query.',
        );
      return { attribute, name: attribute.alias, alias, table, column: requireColumn(table, attribute.name) };
    }),
  );
  const twice = fields.find((field, index) => fields.findIndex(({ name }) => name === field.name) !== index);
  if (twice)
    throw new DataverseError(400, errorCode.queryBuilder, `The alias '${twice.name}' is not unique in the query.`);
  const keys = fields.filter(({ attribute }) => attribute.groupBy);
  const groups = groupTuples(keys, tuples);
  const rows = groups.map((group) => {
    const values = new Map(fields.map((field) => [field.name, fieldValue(field, group)]));
    return { values, first: group[0] };
  });
  const orders = tables.flatMap(({ entity }) => entity.orders);
  rows.sort((left, right) => {
    for (const { alias, attribute, descending } of orders) {
      const name = alias ?? attribute ?? '';
      const sign = order(comparable(left.values.get(name)), comparable(right.values.get(name)));
      if (sign !== 0) return descending ? -sign : sign;
    }
    return 0;
  });
  return rows.map(({ values, first }) => {
    const json: JsonObject = {};
    for (const field of fields) {
      const value = values.get(field.name);
      const row = first?.get(field.alias) ?? {};
      const counted = field.attribute.aggregate?.startsWith('count') === true || field.attribute.dateGrouping !== null;
      writeAttributeName(json, field.name, field.column, value, preferences);
      if (!counted) writeValue(scope, field.table, json, field.name, field.column, value, row, preferences);
      else {
        writeValue(scope, field.table, json, field.name, countColumn, value, row, preferences);
        if (field.attribute.dateGrouping !== null) delete json[`${field.name}@${formattedValue}`];
      }
    }
    return json;
  });
}

const countColumn = makeColumn('Integer', 'count', 'Count');

function groupTuples(keys: readonly Field[], tuples: readonly Tuple[]): readonly (readonly Tuple[])[] {
  if (keys.length === 0) return [tuples];
  const groups = new Map<string, Tuple[]>();
  for (const tuple of tuples) {
    const key = JSON.stringify(keys.map((field) => comparable(groupValue(field, tuple))));
    const group = groups.get(key);
    if (group) group.push(tuple);
    else groups.set(key, [tuple]);
  }
  return [...groups.values()];
}

function fieldValue(field: Field, group: readonly Tuple[]): Value {
  const [first] = group;
  if (field.attribute.groupBy) return first ? groupValue(field, first) : null;
  const method = entryOf(methods, field.attribute.aggregate ?? '');
  if (!method)
    throw new DataverseError(
      400,
      errorCode.queryBuilder,
      `The attribute '${field.attribute.name}' is neither grouped nor aggregated.`,
    );
  const values = group.map((tuple) => tuple.get(field.alias)?.[field.column.logicalName] ?? null);
  return aggregate(method === 'countcolumn' && field.attribute.distinct ? 'countdistinct' : method, values);
}

function groupValue(field: Field, tuple: Tuple): Value {
  const value = tuple.get(field.alias)?.[field.column.logicalName] ?? null;
  const { dateGrouping } = field.attribute;
  return dateGrouping === null || typeof value !== 'string' ? value : datePart(dateGrouping, new Date(value));
}

function datePart(grouping: string, date: Date): number {
  switch (grouping) {
    case 'day':
      return date.getUTCDate();
    case 'week': {
      const start = Date.UTC(date.getUTCFullYear(), 0, 1);
      const days = Math.floor((date.getTime() - start) / 86_400_000);
      return Math.floor((days + new Date(start).getUTCDay()) / 7) + 1;
    }
    case 'month':
      return date.getUTCMonth() + 1;
    case 'quarter':
    case 'fiscal-period':
      return Math.floor(date.getUTCMonth() / 3) + 1;
    case 'year':
    case 'fiscal-year':
      return date.getUTCFullYear();
    default:
      throw new DataverseError(400, errorCode.queryBuilder, `Invalid dategrouping: ${grouping}`);
  }
}
