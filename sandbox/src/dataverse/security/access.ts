import { DataverseError, errorCode } from '../errors';
import { guidOf } from '../guid';
import type { Table } from '../metadata/schema';
import { referenceId, referenceOf, type Row } from '../store/row';
import type { Caller } from './caller';
import { accessName, depthMask, privilegeName, type Right } from './privilege-names';

/** Tables of the platform's own book-keeping: readable by every member, written by administrators. */
const depthOf = (caller: Caller, right: Right, table: Table): number => {
  if (caller.isAdministrator) return depthMask.Global;
  const name = privilegeName(right, table);
  if (name === null) return right === 'Read' ? depthMask.Global : 0;
  return caller.privileges.get(name.toLowerCase()) ?? 0;
};

const covers = (caller: Caller, depth: number, table: Table, row: Row): boolean => {
  if (depth === depthMask.Global || table.ownership === 'OrganizationOwned' || table.ownership === 'None') return true;
  if (table.ownership === 'BusinessOwned') {
    const unit = table.logicalName === 'businessunit' ? String(row.businessunitid) : referenceId(row.businessunitid);
    if (row[table.primaryId] === caller.userId) return true;
    if (unit === null || depth === depthMask.Basic) return false;
    return unit === caller.businessUnitId || (depth === depthMask.Deep && caller.businessUnitTree.has(unit));
  }
  const owner = referenceOf(row, 'ownerid');
  if (owner && (owner.id === caller.userId || caller.teamIds.has(owner.id))) return true;
  const unit = referenceId(row.owningbusinessunit);
  if (unit === null || depth === depthMask.Basic) return false;
  return unit === caller.businessUnitId || (depth === depthMask.Deep && caller.businessUnitTree.has(unit));
};

/** True when the caller's roles give the right on this very row. */
export const may = (caller: Caller, right: Right, table: Table, row: Row): boolean => {
  const depth = depthOf(caller, right, table);
  return depth > 0 && covers(caller, depth, table, row);
};

/** @throws DataverseError 403 0x80040220 naming the privilege that no role of the caller has. */
export function requirePrivilege(caller: Caller, right: Right, table: Table): void {
  if (depthOf(caller, right, table) > 0) return;
  const name = privilegeName(right, table) ?? `prv${right}${table.schemaName}`;
  throw missingPrivilege(caller, name, table);
}

/** @throws DataverseError 403: the privilege is missing, or does not reach this row. */
export function requireAccess(caller: Caller, right: Right, table: Table, row: Row): void {
  requirePrivilege(caller, right, table);
  if (may(caller, right, table, row)) return;
  const owner = referenceOf(row, 'ownerid');
  throw new DataverseError(
    403,
    errorCode.privilegeDenied,
    `SecLib::AccessCheckEx failed. Returned hr = -2147187962, ObjectID: ${String(row[table.primaryId])}, OwnerId: ${owner?.id ?? ''},  OwnerIdType: ${owner?.table === 'team' ? 9 : 8} and CallingUser: ${caller.userId}. ObjectTypeCode: ${table.objectTypeCode}, objectBusinessUnitId: ${referenceId(row.owningbusinessunit) ?? ''}, AccessRights: ${accessName[right]} `,
  );
}

export const hasPrivilege = (caller: Caller, name: string): boolean =>
  caller.isAdministrator || caller.privileges.has(name.toLowerCase());

export const privilegeId = (name: string): string => guidOf(`privilege:${name.toLowerCase()}`);

export function missingPrivilege(caller: Caller, name: string, table?: Table): DataverseError {
  const onTable = table
    ? ` on OTC=${table.objectTypeCode} for entity '${table.logicalName}' (LocalizedName='${table.displayName[1033]}')`
    : '';
  return new DataverseError(
    403,
    errorCode.privilegeDenied,
    `Principal user (Id=${caller.userId}, type=8, roleCount=${caller.roleIds.length}, privilegeCount=${caller.privileges.size}, accessMode='0 Read-Write', AADObjectId='${caller.azureObjectId}', MetadataCachePrivilegesCount=${caller.privileges.size}, businessUnitId=${caller.businessUnitId}), is missing ${name} privilege (Id=${privilegeId(name)})${onTable}. context.Caller=${caller.userId}. Consider adding missed privilege to one of the principal (user/team) roles.`,
  );
}
