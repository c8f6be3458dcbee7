import type { ColumnMetadata } from '@crmjira/domain';
import { DataverseError, errorCode } from '../errors';
import { isLookup, type Table } from '../metadata/schema';
import { requireAccess, requirePrivilege } from '../security/access';
import { mayOnColumn, securedColumns } from '../security/column-grants';
import type { Value } from '../store/row';
import { isReference, type Row } from '../store/row';
import { keyText } from '../store/table-data';
import type { Operation } from './operation';

/** @throws DataverseError 412 0x80060892 when another row has the same values in the columns of an alternate key. */
export function checkKeys(operation: Operation, table: Table, id: string, row: Row): void {
  for (const key of table.keys) {
    if (keyText(key, row) === null) continue;
    const other = operation.tx.byKey(table.logicalName, key.logicalName, row);
    if (other && other[table.primaryId] !== id) {
      const columns = key.columns.map((name) => table.column.get(name)?.displayName[1033] ?? name).join(', ');
      throw new DataverseError(
        412,
        errorCode.duplicateKey,
        `A record that has the attribute values ${columns} already exists. The entity key ${key.displayName[1033]} requires that this set of attributes contains unique values. Select unique values and try again.`,
      );
    }
  }
}

const binding = (column: ColumnMetadata, table: Table): boolean =>
  column.requiredLevel === 'SystemRequired' && column.isValidForCreate && column.logicalName !== table.primaryId;

const missing = (column: ColumnMetadata, table: Table): DataverseError =>
  new DataverseError(
    400,
    errorCode.invalidArgument,
    `The required field '${column.logicalName}' of the entity '${table.logicalName}' is missing.`,
  );

/** Only `SystemRequired` binds the Web API; "business required" is a matter of forms, on the platform as here. */
export function checkRequired(table: Table, row: Row): void {
  const empty = table.columns.find((column) => binding(column, table) && (row[column.logicalName] ?? null) === null);
  if (empty) throw missing(empty, table);
}

/** An update must not empty what the platform cannot do without. */
export function checkNotEmptied(table: Table, values: Readonly<Record<string, Value>>): void {
  const empty = table.columns.find((column) => binding(column, table) && values[column.logicalName] === null);
  if (empty) throw missing(empty, table);
}

const english = 1033;

/**
 * Column security: @throws DataverseError 403 for callers without the profile, 0x8004f502 on create and 0x8004f507 on update.
 * Sources: learn.microsoft.com "Web service error codes"; microsoft/PowerApps-Samples, column-level security.
 */
export function checkSecuredColumns(
  { asSystem, caller }: Operation,
  table: Table,
  values: Readonly<Record<string, Value>>,
  right: 'cancreate' | 'canupdate',
): void {
  if (asSystem) return;
  const refused = Object.keys(values).find((name) => !mayOnColumn(caller, right, table, name));
  if (refused === undefined) return;
  if (right === 'cancreate') {
    const secured = securedColumns(table);
    const held = secured.filter((column) => mayOnColumn(caller, right, table, column)).length;
    throw new DataverseError(
      403,
      '0x8004f502',
      `Caller user with Id ${caller.userId} does not have Create permissions for the ${refused} attribute in the ${table.logicalName} entity. Count secured attributes in entity ${secured.length}. user has ${held} secured attribute privileges.`,
    );
  }
  const shown = table.column.get(refused)?.displayName[english] ?? refused;
  throw new DataverseError(
    403,
    '0x8004f507',
    `Caller user with Id ${caller.userId} does not have update permissions to a ${shown} secured field on entity ${table.displayName[english]}. The requested operation could not be completed.`,
  );
}

/** Pointing at these needs no Append To. */
const unguarded = new Set([
  'systemuser',
  'team',
  'businessunit',
  'transactioncurrency',
  'organization',
  'workflow',
  'processstage',
  'sdkmessage',
  'sdkmessagefilter',
]);

/** Setting a lookup needs Append on the row and Append To on the row pointed at. */
export function checkAppend(operation: Operation, table: Table, values: Readonly<Record<string, Value>>): void {
  if (operation.asSystem || operation.caller.isAdministrator || table.privilegeName === null) return;
  for (const [name, value] of Object.entries(values)) {
    const column = table.column.get(name);
    if (!column || !isLookup(column) || !isReference(value) || unguarded.has(value.table)) continue;
    const target = operation.platform.schema.table(value.table);
    if (target.privilegeName === null || target.privilegeName === table.privilegeName) continue;
    requirePrivilege(operation.caller, 'Append', table);
    const pointed = operation.tx.get(value.table, value.id);
    if (pointed) requireAccess(operation.caller, 'AppendTo', target, pointed);
    else requirePrivilege(operation.caller, 'AppendTo', target);
  }
}
