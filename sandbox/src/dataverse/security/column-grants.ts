import type { Table } from '../metadata/schema';
import type { Store } from '../store/store';
import { referenceId, textOf, type Row } from '../store/row';
import type { Caller, ColumnGrants, ColumnRight } from './caller';

const rights: readonly ColumnRight[] = ['canread', 'cancreate', 'canupdate'];
const allowed = 4;

/**
 * Column security: what the profiles of a user and of their teams add up to, column by column.
 * Source: learn.microsoft.com "Column-level security by using code", FieldSecurityProfile and FieldPermission.
 */
export function readColumnGrants(store: Store, userId: string, teamIds: ReadonlySet<string>): ColumnGrants {
  const memberships = [
    ...store.pointingAt('systemuserprofiles', 'systemuserid', userId),
    ...[...teamIds].flatMap((team) => store.pointingAt('teamprofiles', 'teamid', team)),
  ];
  const profiles = new Set(memberships.map((row) => String(row.fieldsecurityprofileid)));
  const grants = new Map<string, Set<ColumnRight>>();
  for (const permission of store.all('fieldpermission')) {
    if (!profiles.has(referenceId(permission.fieldsecurityprofileid) ?? '')) continue;
    const name = `${textOf(permission, 'entityname')}.${textOf(permission, 'attributelogicalname')}`;
    const given = grants.get(name) ?? new Set();
    grants.set(name, given);
    for (const right of rights) if (permission[right] === allowed) given.add(right);
  }
  return grants;
}

/** Whether the caller has the right on a column; who is System Administrator has it on every one. */
export const mayOnColumn = (caller: Caller, right: ColumnRight, table: Table, column: string): boolean =>
  caller.isAdministrator ||
  table.column.get(column)?.isSecured !== true ||
  caller.columnGrants.get(`${table.logicalName}.${column}`)?.has(right) === true;

const secured = new WeakMap<Table, readonly string[]>();

/** Secured columns of a table. */
export function securedColumns(table: Table): readonly string[] {
  const found = secured.get(table) ?? table.columns.filter((each) => each.isSecured).map((each) => each.logicalName);
  secured.set(table, found);
  return found;
}

/** The row as the caller may see it: a secured column that they may not read is empty, without a word. */
export function maskedRow(caller: Caller, table: Table, row: Row): Row {
  const hidden = securedColumns(table).filter((column) => !mayOnColumn(caller, 'canread', table, column));
  return hidden.length === 0 ? row : { ...row, ...Object.fromEntries(hidden.map((column) => [column, null])) };
}
