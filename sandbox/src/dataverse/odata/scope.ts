import type { ColumnMetadata } from '@crmjira/domain';
import { noSuchProperty } from '../errors';
import { isLookup, type Schema, type SingleNavigation, type Table } from '../metadata/schema';
import type { ConditionContext } from '../conditions/operators';
import { may, requirePrivilege } from '../security/access';
import type { Reader } from '../store/reader';
import { isReference, type Row, type Value } from '../store/row';

/** Everything a query is answered from. */
export interface QueryScope extends ConditionContext {
  readonly schema: Schema;
  readonly reader: Reader;
}

/** How to get at a value from a row, and as what column it is to be compared and formatted. */
export interface Accessor {
  readonly get: (row: Row) => Value | undefined;
  readonly column: ColumnMetadata | undefined;
}

const unreadable = new Set(['PartyList', 'Virtual']);

/** The column a property name stands for: `name`, or `_primarycontactid_value`; undefined when there is none. */
export function columnOfProperty(table: Table, property: string): ColumnMetadata | undefined {
  const lookup = /^_(.+)_value$/.exec(property)?.[1];
  const column = table.column.get(lookup ?? property);
  if (!column || isLookup(column) !== (lookup !== undefined) || unreadable.has(column.type) || !column.isValidForRead)
    return undefined;
  return column;
}

/** Follows a single-valued navigation property; null when it is empty or points at another table than the name says. */
export function follow(scope: QueryScope, navigation: SingleNavigation, row: Row): { table: Table; row: Row } | null {
  const reference = row[navigation.column];
  if (!isReference(reference) || !navigation.targets.includes(reference.table)) return null;
  const target = scope.reader.get(reference.table, reference.id);
  return target ? { table: scope.schema.table(reference.table), row: target } : null;
}

/**
 * `name`, `_x_value`, `primarycontactid/fullname`, `primarycontactid` (its identifier).
 * @throws DataverseError 400 for a name that the table has not.
 */
export function accessor(scope: QueryScope, table: Table, segments: readonly string[]): Accessor {
  const [name = '', ...rest] = segments;
  if (rest.length === 0) {
    const column = columnOfProperty(table, name);
    if (column) return { get: (row) => row[column.logicalName], column };
  }
  const navigation = table.single.get(name);
  if (!navigation) throw noSuchProperty(name, table.logicalName);
  if (rest.length === 0) {
    return {
      get: (row) => {
        const value = row[navigation.column];
        return isReference(value) && navigation.targets.includes(value.table) ? value : null;
      },
      column: table.column.get(navigation.column),
    };
  }
  const inner = new Map<string, Accessor>();
  let failure: unknown;
  for (const target of navigation.targets) {
    try {
      inner.set(target, accessor(scope, scope.schema.table(target), rest));
    } catch (error) {
      failure = error;
    }
  }
  // A navigation to several tables (ownerid) knows a column when one of them has it.
  const [first] = inner.values();
  if (!first) throw failure;
  for (const target of inner.keys()) requirePrivilege(scope.caller, 'Read', scope.schema.table(target));
  return {
    get: (row) => {
      const found = follow(scope, navigation, row);
      const readable = found && may(scope.caller, 'Read', found.table, found.row);
      return readable ? inner.get(found.table.logicalName)?.get(found.row) : null;
    },
    column: first.column,
  };
}
