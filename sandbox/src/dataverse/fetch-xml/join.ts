import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import { comparable } from '../conditions/compare';
import { hierarchyTest } from '../conditions/hierarchy';
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
export const tablesOf = (scope: QueryScope, query: FetchQuery): readonly JoinedTable[] =>
  tablesBelow(scope, query.entity, '');

const tablesBelow = (scope: QueryScope, entity: FetchEntity, alias: string): readonly JoinedTable[] => [
  { alias, table: requireTable(scope, entity.name), entity },
  ...entity.links.flatMap((link) => tablesBelow(scope, link, link.alias)),
];

/**
 * Rows of the root with what they are joined to, filters applied.
 * @param rows the rows of the root to begin with; all of its table when undefined
 */
export function join(
  scope: QueryScope,
  query: FetchQuery,
  tables: readonly JoinedTable[],
  rows?: readonly Row[],
): Tuple[] {
  const byAlias = new Map(tables.map((each) => [each.alias, each.table]));
  const root = requireTable(scope, query.entity.name);
  for (const { table } of tables) if (table.privilegeName !== null) requirePrivilege(scope.caller, 'Read', table);
  const expand = linker(scope, byAlias, query.entity, '');
  const test = filterTest(scope, byAlias, '', query.entity.filters);
  const tuples: Tuple[] = [];
  for (const row of rows ?? scope.reader.all(root.logicalName)) {
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

/** Link types that ask whether linked rows exist and add no column: whether a row stays, by their filters met or not. */
const existence: Readonly<Record<string, (matching: number, satisfying: number) => boolean>> = {
  exists: (_matching, satisfying) => satisfying > 0,
  in: (_matching, satisfying) => satisfying > 0,
  any: (_matching, satisfying) => satisfying > 0,
  'not any': (_matching, satisfying) => satisfying === 0,
  // Linked rows, none of which meets the filters. Source: learn.microsoft.com "Filter rows using FetchXml", link types.
  all: (matching, satisfying) => matching > 0 && satisfying === 0,
  // The same as `any`, whatever its name says (same page).
  'not all': (_matching, satisfying) => satisfying > 0,
};

interface Linked {
  /** How many rows the columns of the link alone bring. */
  readonly matching: number;
  /** What of them is left by filters and further links. */
  readonly joined: readonly Tuple[];
}

/** Rows that a link brings to a tuple. */
function linked(
  scope: QueryScope,
  byAlias: ReadonlyMap<string, Table>,
  link: FetchLink,
  parent: string,
): (tuple: Tuple) => Linked {
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
    return { matching: matches.length, joined };
  };
}

const joins = new Set(['inner', 'outer', 'matchfirstrowusingcrossapply']);

function linkStep(scope: QueryScope, byAlias: ReadonlyMap<string, Table>, link: FetchLink, parent: string): Expand {
  const find = linked(scope, byAlias, link, parent);
  const stays = entryOf(existence, link.type);
  if (!stays && !joins.has(link.type))
    throw new DataverseError(400, errorCode.queryBuilder, `The link-type '${link.type}' is not valid.`);
  return (tuple) => {
    const { matching, joined } = find(tuple);
    if (stays) return stays(matching, joined.length) ? [tuple] : [];
    if (link.type === 'matchfirstrowusingcrossapply') return joined.slice(0, 1);
    if (link.type === 'outer' && joined.length === 0) return [new Map([...tuple, ...emptyBranch(link)])];
    return joined;
  };
}

/** A `link-entity` inside a filter. */
function linkTest(scope: QueryScope, byAlias: ReadonlyMap<string, Table>, link: FetchLink, parent: string): TupleTest {
  const stays = entryOf(existence, link.type);
  if (!stays)
    throw new DataverseError(400, errorCode.queryBuilder, `The link-type '${link.type}' cannot be used in a filter.`);
  const own = tablesBelow(scope, link, link.alias);
  for (const { table } of own) if (table.privilegeName !== null) requirePrivilege(scope.caller, 'Read', table);
  const find = linked(
    scope,
    new Map([...byAlias, ...own.map((each) => [each.alias, each.table] as const)]),
    link,
    parent,
  );
  return (tuple) => {
    const { matching, joined } = find(tuple);
    return stays(matching, joined.length);
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
    ...filter.links.map((link) => linkTest(scope, byAlias, link, alias)),
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
  const test =
    hierarchyTest(scope, table, condition.attribute, condition.operator, condition.values) ??
    conditionTest(condition.operator, column, condition.values, scope);
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
  const check = entryOf(accepts, condition.operator);
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
