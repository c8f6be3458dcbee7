import type { Table } from '../metadata/schema';
import type { PlatformTable } from '../metadata/table';

export type Right = 'Create' | 'Read' | 'Write' | 'Delete' | 'Append' | 'AppendTo' | 'Assign' | 'Share';

export const rights: readonly Right[] = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'];

/** Bits of `AccessRights`, as RetrievePrincipalAccess and the privilege table use them. */
export const accessBit: Readonly<Record<Right, number>> = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Create: 32,
  Delete: 65536,
  Share: 262144,
  Assign: 524288,
};

/** Privileges that belong to no table. */
export const miscellaneousPrivileges = [
  'prvActOnBehalfOfAnotherUser',
  'prvSendAsUser',
  'prvAssignRole',
  'prvOverrideCreatedOnCreatedBy',
  'prvImportCustomization',
  'prvExportCustomization',
  'prvPublishCustomization',
  'prvReadRecordAuditHistory',
] as const;

export const privilegeName = (right: Right, table: Pick<PlatformTable, 'privilegeName'>): string | null =>
  table.privilegeName === null ? null : `prv${right}${table.privilegeName}`;

/** `PrivilegeDepthMask`. */
export const depthMask = { Basic: 1, Local: 2, Deep: 4, Global: 8 } as const;

export const accessName: Readonly<Record<Right, string>> = {
  Create: 'CreateAccess',
  Read: 'ReadAccess',
  Write: 'WriteAccess',
  Delete: 'DeleteAccess',
  Append: 'AppendAccess',
  AppendTo: 'AppendToAccess',
  Assign: 'AssignAccess',
  Share: 'ShareAccess',
};

export const hasOwner = (table: Table): boolean => table.ownership === 'UserOwned';
