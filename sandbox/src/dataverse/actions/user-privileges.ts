import { emptyGuid } from '../guid';
import type { Platform } from '../platform';
import { privilegeId } from '../security/access';
import { depthMask } from '../security/privilege-names';
import { textOf } from '../store/row';

interface RolePrivilege {
  readonly Depth: string;
  readonly PrivilegeId: string;
  readonly BusinessUnitId: string;
  readonly PrivilegeName: string;
  readonly RecordFilterId: string;
  readonly RecordFilterUniqueName: string;
}

const depthName = (mask: number): string =>
  Object.entries(depthMask).find(([, value]) => value === mask)?.[0] ?? 'Basic';

/** What the roles of a user and of their teams add up to. */
export function userPrivileges(platform: Platform, userId: string): readonly RolePrivilege[] {
  const caller = platform.callers.of(userId);
  const rows = [...platform.store.all('privilege')];
  return rows.flatMap((row) => {
    const name = textOf(row, 'name') ?? '';
    const mask = caller.isAdministrator ? depthMask.Global : caller.privileges.get(name.toLowerCase());
    if (mask === undefined) return [];
    return {
      Depth: depthName(mask),
      PrivilegeId: privilegeId(name),
      BusinessUnitId: caller.businessUnitId,
      PrivilegeName: name,
      RecordFilterId: emptyGuid,
      RecordFilterUniqueName: '',
    };
  });
}
