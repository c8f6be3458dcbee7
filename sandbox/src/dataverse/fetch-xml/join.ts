import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import { comparable } from '../conditions/compare';
import { conditionTest } from '../conditions/operators';
import { isLookup, type Table } from '../metadata/schema';
import type { QueryScope } from '../odata/scope';
import { may, requirePrivilege } from '../security/access';
import { isReference, referenceId, type Row, type Value } from '../store/row';
import type { FetchCondition, FetchEntity, FetchFilter, FetchLink, FetchQuery } from './query';

/** One result row: the rows of every table in the query, by alias; the root's alias is empty. */
export type Tuple = ReadonlyMap<string, Row | null>;

export interface JoinedTable {
  readonly alias: string;
  readonly table: Table;
  readonly entity: FetchEntity;
}

/** @throws DataverseError 400 0x80041103 */
export function requireColumn(table: Table, name: string): ColumnMetadata {
  const column = table.column.get(name);
  if (column) return column;
  throw new DataverseError(
    400,
    errorCode.attributeNotFound,
    `'${table.logicalName}' entity doesn't contain attribute with Name = '${name}' and NameMapping = 'Logical'. MetadataCacheDetails: ProviderType=Dynamic, StandardCache=True`,
  );
}

export function requireTable(scope: QueryScope, name: string): Table {
  const table = scope.schema.tables.get(name);
  if (table) return table;
  throw new DataverseError(
    400,
    errorCode.entityNotFound,
    `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
  );
}

/** Every table of the query with its alias, root first. */
export function tablesOf(scope: QueryScope, query: FetchQuery): readonly JoinedTable[] {
  const all: JoinedTable[] = [];
  const visit = (entity: FetchEntity, alias: string): void => {
    all.push({ alias, table: requireTable(scope, entity.name), entity });
    for (const link of entity.links) visit(link, link.alias);
  };
  visit(query.entity, '');
  return all;
}

/** Rows of the root with what they are joined to, filters applied. */
export function join(scope: QueryScope, query: FetchQuery, tables: readonly JoinedTable[]): Tuple[] {
  const byAlias = new Map(tables.map((each) => [each.alias, each.table]));
  const root = requireTable(scope, query.entity.name);
  for (const { table } of tables) if (table.privilegeName !== null) requirePrivilege(scope.caller, 'Read', table);
  const expand = linker(scope, byAlias, query.entity, '');
  const test = filterTest(scope, byAlias, '', query.entity.filters);
  const tuples: Tuple[] = [];
  for (const row of scope.reader.all(root.logicalName)) {
    if (!may(scope.caller, 'Read', root, row)) continue;
    for (const tuple of expand(new Map([['', row]]))) if (test(tuple)) tuples.push(tuple);
  }
  return tuples;
}

type Expand = (tuple: Tuple) => readonly Tuple[];

function linker(scope: QueryScope, byAlias: ReadonlyMap<string, Table>, entity: FetchEntity, alias: string): Expand {
  const steps = entity.links.map((link) => linkStep(scope, byAlias, link, alias));
  return (tuple) => steps.reduce<readonly Tuple[]>((tuples, step) => tuples.flatMap(step), [tuple]);
}

const semiJoins = new Set(['exists', 'in', 'any']);
const antiJoins = new Set(['not any', 'not-any', 'not all', 'not-all']);

function linkStep(scope: QueryScope, byAlias: ReadonlyMap<string, Table>, link: FetchLink, parent: string): Expand {
  const table = requireTable(scope, link.name);
  const parentTable = byAlias.get(parent);
  requireColumn(table, link.from);
  if (parentTable) requireColumn(parentTable, link.to);
  const inner = linker(scope, byAlias, link, link.alias);
  const test = filterTest(scope, byAlias, link.alias, link.filters);
  return (tuple) => {
    const row = tuple.get(parent);
    const value = row ? keyOf(row[link.to]) : null;
    const matches =
      value === null
        ? []
        : rowsBy(scope, table, link.from, value).filter((each) => may(scope.caller, 'Read', table, each));
    const joined = matches.flatMap((match) => inner(new Map([...tuple, [link.alias, match]]))).filter(test);
    if (semiJoins.has(link.type)) return joined.length > 0 ? [tuple] : [];
    if (antiJoins.has(link.type)) return joined.length === 0 ? [tuple] : [];
    if (link.type === 'matchfirstrowusingcrossapply') return joined.slice(0, 1);
    if (link.type === 'outer' && joined.length === 0) return [new Map([...tuple, ...emptyBranch(link)])];
    return joined;
  };
}

const emptyBranch = (link: FetchLink): readonly (readonly [string, null])[] => [
  [link.alias, null],
  ...link.links.flatMap(emptyBranch),
];

const keyOf = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : isReference(value) ? value.id : String(value);

function rowsBy(scope: QueryScope, table: Table, name: string, value: string): readonly Row[] {
  if (name === table.primaryId) {
    const row = scope.reader.get(table.logicalName, value);
    return row ? [row] : [];
  }
  const column = table.column.get(name);
  if (column && (isLookup(column) || column.type === 'Uniqueidentifier'))
    return scope.reader.pointingAt(table.logicalName, name, value);
  return [...scope.reader.all(table.logicalName)].filter(
    (row) => keyOf(row[name])?.toLowerCase() === value.toLowerCase(),
  );
}

type TupleTest = (tuple: Tuple) => boolean;

function filterTest(
  scope: QueryScope,
  byAlias: ReadonlyMap<string, Table>,
  alias: string,
  filters: readonly FetchFilter[],
): TupleTest {
  const tests = filters.map((filter) => oneFilter(scope, byAlias, alias, filter));
  return (tuple) => tests.every((test) => test(tuple));
}

function oneFilter(
  scope: QueryScope,
  byAlias: ReadonlyMap<string, Table>,
  alias: string,
  filter: FetchFilter,
): TupleTest {
  const tests = [
    ...filter.conditions.map((condition) => conditionOn(scope, byAlias, alias, condition)),
    ...filter.filters.map((each) => oneFilter(scope, byAlias, alias, each)),
  ];
  if (tests.length === 0) return () => true;
  return filter.type === 'or'
    ? (tuple) => tests.some((test) => test(tuple))
    : (tuple) => tests.every((test) => test(tuple));
}

function conditionOn(
  scope: QueryScope,
  byAlias: ReadonlyMap<string, Table>,
  own: string,
  condition: FetchCondition,
): TupleTest {
  const alias = condition.entityName ?? own;
  const table = byAlias.get(alias);
  if (!table)
    throw new DataverseError(400, errorCode.queryBuilder, `LinkEntity with name or alias '${alias}' is not found.`);
  const column = requireColumn(table, condition.attribute);
  if (condition.valueOf !== null) return compareColumns(table, condition, alias, column);
  const test = conditionTest(condition.operator, column, condition.values, scope);
  return (tuple) => test(tuple.get(alias)?.[condition.attribute] ?? null);
}

/** `valueof`: two columns of one row compared. */
function compareColumns(table: Table, condition: FetchCondition, alias: string, column: ColumnMetadata): TupleTest {
  const other = requireColumn(table, condition.valueOf ?? '');
  const sign = (row: Row): number | null => {
    const [left, right] = [comparable(row[column.logicalName], column), comparable(row[other.logicalName], other)];
    return left === null || right === null ? null : left < right ? -1 : left > right ? 1 : 0;
  };
  const accepts: Readonly<Record<string, (value: number) => boolean>> = {
    eq: (value) => value === 0,
    ne: (value) => value !== 0,
    gt: (value) => value > 0,
    ge: (value) => value >= 0,
    lt: (value) => value < 0,
    le: (value) => value <= 0,
  };
  const check = accepts[condition.operator];
  if (!check)
    throw new DataverseError(
      400,
      errorCode.queryBuilder,
      `The operator '${condition.operator}' cannot be used with 'valueof'.`,
    );
  return (tuple) => {
    const row = tuple.get(alias);
    const value = row ? sign(row) : null;
    return value !== null && check(value);
  };
}

export const idOf = (row: Row | null | undefined, table: Table): string =>
  row ? (referenceId(row[table.primaryId]) ?? String(row[table.primaryId])) : '';
