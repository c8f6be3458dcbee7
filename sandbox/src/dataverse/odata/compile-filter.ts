import type { ColumnMetadata } from '@crmjira/domain';
import { badRequest, DataverseError, noSuchProperty } from '../errors';
import { isGuid } from '../guid';
import { edmType as scalarType } from '../crud/normalise-value';
import { isLookup, type CollectionNavigation, type Table } from '../metadata/schema';
import { may, requirePrivilege } from '../security/access';
import { comparable, literalComparable, order } from '../conditions/compare';
import { conditionTest, likePattern } from '../conditions/operators';
import { fold, type Row, type Value } from '../store/row';
import type { Literal, LiteralKind, Node } from './ast';
import { accessor, type QueryScope } from './scope';

/** Rows bound to the variables of the lambdas around. */
type Variables = Readonly<Record<string, { readonly table: Table; readonly row: Row }>>;
type Test = (row: Row, variables: Variables) => boolean;
type Get = (row: Row, variables: Variables) => Value | undefined;

interface Operand {
  readonly get: Get;
  readonly column?: ColumnMetadata;
  readonly literal?: Literal;
  /** Edm type of a literal that is written without quotes. */
  readonly literalType?: string;
}

const literalTypes: Readonly<Partial<Record<LiteralKind, string>>> = {
  guid: 'Edm.Guid',
  date: 'Edm.Date',
  datetime: 'Edm.DateTimeOffset',
};

interface Names {
  readonly table: Table;
  readonly variables: Readonly<Record<string, Table>>;
}

/**
 * `$filter` as a test of a row. Names are resolved here, once, so that a wrong one is refused even when nothing matches.
 * @throws DataverseError 400
 */
export function compileFilter(scope: QueryScope, table: Table, node: Node): (row: Row) => boolean {
  const test = compile(scope, { table, variables: {} }, node);
  return (row) => test(row, {});
}

function compile(scope: QueryScope, names: Names, node: Node): Test {
  switch (node.kind) {
    case 'and': {
      const [left, right] = [compile(scope, names, node.left), compile(scope, names, node.right)];
      return (row, variables) => left(row, variables) && right(row, variables);
    }
    case 'or': {
      const [left, right] = [compile(scope, names, node.left), compile(scope, names, node.right)];
      return (row, variables) => left(row, variables) || right(row, variables);
    }
    case 'not': {
      const of = compile(scope, names, node.of);
      return (row, variables) => !of(row, variables);
    }
    case 'compare':
      return comparison(scope, names, node.operator, node.left, node.right);
    case 'in': {
      const { get, column } = operand(scope, names, node.left);
      const wanted = new Set(node.values.map((value) => literalComparable(value, column)));
      return (row, variables) => wanted.has(comparable(get(row, variables), column));
    }
    case 'call':
      return textFunction(scope, names, node.name, node.args);
    case 'query-function':
      return queryFunction(scope, names, node.name, node.args);
    case 'lambda':
      return lambda(scope, names, node);
    case 'path': {
      const { get, column } = operand(scope, names, node);
      if (column?.type !== 'Boolean')
        throw badRequest('The $filter expression must evaluate to a single boolean value.');
      return (row, variables) => get(row, variables) === true;
    }
    case 'literal':
      if (typeof node.value === 'boolean') return () => node.value === true;
      throw badRequest('The $filter expression must evaluate to a single boolean value.');
  }
}

const truths = new Set(['call', 'lambda', 'query-function', 'and', 'or', 'not', 'compare', 'in']);

function comparison(scope: QueryScope, names: Names, operator: string, leftNode: Node, rightNode: Node): Test {
  // contains(name,'a') eq true
  if (truths.has(leftNode.kind) && rightNode.kind === 'literal' && typeof rightNode.value === 'boolean') {
    const test = compile(scope, names, leftNode);
    const wanted = (operator === 'eq') === rightNode.value;
    return (row, variables) => test(row, variables) === wanted;
  }
  const left = operand(scope, names, leftNode);
  const right = operand(scope, names, rightNode);
  const column = left.column ?? right.column;
  checkLiteral(right, left.column);
  checkLiteral(left, right.column);
  const read = (side: Operand): ((row: Row, variables: Variables) => ReturnType<typeof comparable>) => {
    if (side.literal !== undefined) {
      const value = literalComparable(side.literal, column);
      return () => value;
    }
    return (row, variables) => comparable(side.get(row, variables), side.column);
  };
  const [a, b] = [read(left), read(right)];
  const signs: Readonly<Record<string, (sign: number) => boolean>> = {
    gt: (sign) => sign > 0,
    ge: (sign) => sign >= 0,
    lt: (sign) => sign < 0,
    le: (sign) => sign <= 0,
  };
  // Two columns are compared as SQL compares them: nothing equals, or differs from, an empty one.
  const bothFilled = left.column && right.column;
  if (operator === 'eq' || operator === 'ne')
    return (row, variables) => {
      const [x, y] = [a(row, variables), b(row, variables)];
      if (bothFilled && (x === null || y === null)) return false;
      return (x === y) === (operator === 'eq');
    };
  const accepts = signs[operator];
  if (!accepts) throw badRequest(`The operator '${operator}' is not supported.`);
  return (row, variables) => {
    const [x, y] = [a(row, variables), b(row, variables)];
    return x !== null && y !== null && accepts(order(x, y));
  };
}

/** A literal that the column can never hold is a mistake of the caller, not an empty answer. Identifiers may stand in quotes. */
function checkLiteral(side: Operand, column: ColumnMetadata | undefined): void {
  const { literal } = side;
  if (!column || literal === undefined || literal === null || side.column) return;
  const expected = edmType(column);
  const given =
    typeof literal === 'boolean'
      ? 'Edm.Boolean'
      : typeof literal === 'number'
        ? 'Edm.Int32'
        : (side.literalType ?? 'Edm.String');
  const fits =
    given === expected ||
    (typeof literal === 'number' && numericTypes.has(expected)) ||
    (typeof literal === 'string' && (expected === 'Edm.String' || (expected === 'Edm.Guid' && isGuid(literal)))) ||
    (given !== 'Edm.String' && dateTypes.has(given) && dateTypes.has(expected));
  if (fits) return;
  throw badRequest(
    `A binary operator with incompatible types was detected. Found operand types '${expected}' and '${given}' for operator kind 'Equal'.`,
  );
}

const numericTypes = new Set(['Edm.Int32', 'Edm.Int64', 'Edm.Decimal', 'Edm.Double']);
const dateTypes = new Set(['Edm.Date', 'Edm.DateTimeOffset']);

const edmType = (column: ColumnMetadata): string => (isLookup(column) ? 'Edm.Guid' : scalarType(column));

function operand(scope: QueryScope, names: Names, node: Node): Operand {
  if (node.kind === 'literal')
    return { get: () => node.value, literal: node.value, literalType: literalTypes[node.type] };
  if (node.kind === 'call' && (node.name === 'tolower' || node.name === 'toupper') && node.args[0])
    return operand(scope, names, node.args[0]);
  if (node.kind !== 'path') throw badRequest('The expression is not supported as an operand.');
  const [first = '', ...rest] = node.segments;
  const variable = names.variables[first];
  if (variable) {
    const inner = accessor(scope, variable, rest);
    return {
      get: (_row, variables) => {
        const bound = variables[first];
        return bound ? inner.get(bound.row) : null;
      },
      column: inner.column,
    };
  }
  return accessor(scope, names.table, node.segments);
}

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

function textFunction(scope: QueryScope, names: Names, name: string, args: readonly Node[]): Test {
  const check = textFunctions[name];
  const [first, second] = args;
  if (!check || !first || !second) throw badRequest(`The '${name}' function is not supported.`);
  const [left, right] = [operand(scope, names, first), operand(scope, names, second)];
  if (typeof right.literal === 'string' && /[%_[]/.test(right.literal)) {
    const pattern = likePattern(wildcards[name]?.(right.literal) ?? right.literal);
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

const irregular: Readonly<Record<string, string>> = {
  EqualUserId: 'eq-userid',
  NotEqualUserId: 'ne-userid',
  EqualBusinessId: 'eq-businessid',
  NotEqualBusinessId: 'ne-businessid',
  EqualUserTeams: 'eq-userteams',
  EqualUserOrUserTeams: 'eq-useroruserteams',
  EqualUserLanguage: 'eq-userlanguage',
  DoesNotContainValues: 'not-contain-values',
  Last7Days: 'last-seven-days',
  Next7Days: 'next-seven-days',
  BeginsWith: 'begins-with',
  DoesNotBeginWith: 'not-begin-with',
  EndsWith: 'ends-with',
  DoesNotEndWith: 'not-end-with',
};

/** `Microsoft.Dynamics.CRM.LastXDays` means the FetchXML operator `last-x-days`. */
const operatorOf = (name: string): string =>
  irregular[name] ??
  name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/X(?=[A-Z])/g, 'X-')
    .toLowerCase()
    .replace(/^older-than-/, 'olderthan-');

function queryFunction(
  scope: QueryScope,
  names: Names,
  name: string,
  args: Readonly<Record<string, Literal | readonly Literal[]>>,
): Test {
  const property = args.PropertyName;
  if (typeof property !== 'string') throw badRequest(`Parameter 'PropertyName' is missing in '${name}'.`);
  const column = names.table.column.get(property);
  const { get, column: typed } = column
    ? { get: (row: Row): Value | undefined => row[column.logicalName], column }
    : accessor(scope, names.table, property.split('/'));
  const given = args.PropertyValues ?? args.PropertyValue;
  const values =
    given === undefined
      ? ([args.PropertyValue1, args.PropertyValue2].filter((value) => value !== undefined) as Literal[])
      : isList(given)
        ? given
        : [given];
  try {
    const test = conditionTest(operatorOf(name), typed, values, scope);
    return (row) => test(get(row));
  } catch (error) {
    if (!(error instanceof DataverseError)) throw error;
    throw badRequest(`Unknown function 'Microsoft.Dynamics.CRM.${name}'.`);
  }
}

const isList = (value: Literal | readonly Literal[]): value is readonly Literal[] => Array.isArray(value);

function lambda(scope: QueryScope, names: Names, node: Extract<Node, { kind: 'lambda' }>): Test {
  const [first = '', ...rest] = node.path;
  const bound = names.variables[first];
  const table = bound ?? names.table;
  const property = bound ? (rest[0] ?? '') : first;
  const navigation = table.collections.get(property);
  if (!navigation) throw noSuchProperty(property, table.logicalName);
  const target = scope.schema.table(navigation.table);
  requirePrivilege(scope.caller, 'Read', target);
  const body = node.body
    ? compile(scope, { table: target, variables: { ...names.variables, [node.variable]: target } }, node.body)
    : null;
  return (row, variables) => {
    const owner = bound ? variables[first]?.row : row;
    if (!owner) return false;
    const related = relatedRows(scope, table, navigation, owner).filter((each) =>
      may(scope.caller, 'Read', target, each),
    );
    if (!body) return related.length > 0;
    const test = (each: Row): boolean => body(each, { ...variables, [node.variable]: { table: target, row: each } });
    return node.quantifier === 'any' ? related.some(test) : related.every(test);
  };
}

/** Rows behind a collection-valued navigation property. */
export function relatedRows(
  scope: QueryScope,
  table: Table,
  navigation: CollectionNavigation,
  row: Row,
): readonly Row[] {
  const id = String(row[table.primaryId]);
  if (navigation.kind === 'one-to-many') {
    return scope.reader.pointingAt(navigation.table, navigation.column, id).filter((each) => {
      const reference = each[navigation.column];
      return typeof reference !== 'object' || reference === null || reference.table === table.logicalName;
    });
  }
  const related: Row[] = [];
  for (const link of scope.reader.pointingAt(navigation.intersect, navigation.own, id)) {
    const other = scope.reader.get(navigation.table, String(link[navigation.other]));
    if (other) related.push(other);
  }
  return related;
}
