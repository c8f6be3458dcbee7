import { entryOf } from '@crmjira/domain';
import { badRequest, noSuchProperty } from '../errors';
import type { Table } from '../metadata/schema';
import { may, requirePrivilege } from '../security/access';
import { comparable, literalComparable, order } from '../conditions/compare';
import type { Row } from '../store/row';
import type { Node } from './ast';
import { checkLiteral, operand, type Names, type Operand, type Test, type Variables } from './operand';
import { queryFunction } from './query-functions';
import { relatedRows } from './related-rows';
import type { QueryScope } from './scope';
import { textFunction } from './text-functions';

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
  const accepts = entryOf(signs, operator);
  if (!accepts) throw badRequest(`The operator '${operator}' is not supported.`);
  return (row, variables) => {
    const [x, y] = [a(row, variables), b(row, variables)];
    return x !== null && y !== null && accepts(order(x, y));
  };
}

function lambda(scope: QueryScope, names: Names, node: Extract<Node, { kind: 'lambda' }>): Test {
  const [first = '', ...rest] = node.path;
  const bound = entryOf(names.variables, first);
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
