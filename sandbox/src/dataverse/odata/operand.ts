import { entryOf } from '@crmjira/domain';
import type { ColumnMetadata } from '@crmjira/domain';
import { edmType as scalarType } from '../crud/normalise-value';
import { badRequest } from '../errors';
import { isGuid } from '../guid';
import { isLookup, type Table } from '../metadata/schema';
import type { Row, Value } from '../store/row';
import type { Literal, LiteralKind, Node } from './ast';
import { accessor, type QueryScope } from './scope';

/** Rows bound to the variables of the lambdas around. */
export type Variables = Readonly<Record<string, { readonly table: Table; readonly row: Row }>>;

export type Test = (row: Row, variables: Variables) => boolean;

type Get = (row: Row, variables: Variables) => Value | undefined;

export interface Operand {
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

/** The table a name belongs to, and those that variables of lambdas stand for. */
export interface Names {
  readonly table: Table;
  readonly variables: Readonly<Record<string, Table>>;
}

/** A literal that the column can never hold is a mistake of the caller, not an empty answer. Identifiers may stand in quotes. */
export function checkLiteral(side: Operand, column: ColumnMetadata | undefined): void {
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

/** A property, variable or literal of an expression. @throws DataverseError 400 for anything else */
export function operand(scope: QueryScope, names: Names, node: Node): Operand {
  if (node.kind === 'literal')
    return { get: () => node.value, literal: node.value, literalType: literalTypes[node.type] };
  if (node.kind === 'call' && (node.name === 'tolower' || node.name === 'toupper') && node.args[0])
    return operand(scope, names, node.args[0]);
  if (node.kind !== 'path') throw badRequest('The expression is not supported as an operand.');
  const [first = '', ...rest] = node.segments;
  const variable = entryOf(names.variables, first);
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
