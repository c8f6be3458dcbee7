import type { Store } from '../store/store';
import { numberOf, referenceId, textOf } from '../store/row';
import type { Caller } from './caller';
import { administratorRoleId } from '../metadata/platform-roles';
import { readColumnGrants } from './column-grants';

export const administratorRole = 'System Administrator';

/** Adds up roles and column security profiles of the user and of their teams. Memoised until something about security changes. */
export class Callers {
  private readonly known = new Map<string, Caller>();
  private revision = -1;

  constructor(private readonly store: Store) {}

  of(userId: string): Caller {
    if (this.revision !== this.store.securityRevision) {
      this.known.clear();
      this.revision = this.store.securityRevision;
    }
    const found = this.known.get(userId);
    if (found) return found;
    const caller = read(this.store, userId);
    this.known.set(userId, caller);
    return caller;
  }
}

function read(store: Store, userId: string): Caller {
  const user = store.get('systemuser', userId) ?? {};
  const teamIds = new Set(store.pointingAt('teammembership', 'systemuserid', userId).map((row) => String(row.teamid)));
  const roleIds = new Set<string>();
  for (const row of store.pointingAt('systemuserroles', 'systemuserid', userId)) roleIds.add(String(row.roleid));
  for (const team of teamIds)
    for (const row of store.pointingAt('teamroles', 'teamid', team)) roleIds.add(String(row.roleid));
  const privileges = new Map<string, number>();
  const roleNames: string[] = [];
  for (const roleId of roleIds) {
    const role = store.get('role', roleId);
    if (role) roleNames.push(textOf(role, 'name') ?? '');
    for (const grant of store.pointingAt('roleprivileges', 'roleid', roleId)) {
      const privilege = store.get('privilege', String(grant.privilegeid));
      const name = privilege ? textOf(privilege, 'name')?.toLowerCase() : undefined;
      if (!name) continue;
      privileges.set(name, Math.max(privileges.get(name) ?? 0, numberOf(grant, 'privilegedepthmask') ?? 0));
    }
  }
  const businessUnitId = referenceId(user.businessunitid) ?? '';
  return {
    userId,
    businessUnitId,
    azureObjectId: textOf(user, 'azureactivedirectoryobjectid') ?? '00000000-0000-0000-0000-000000000000',
    // By id: its name is another one in every language.
    isAdministrator: roleIds.has(administratorRoleId),
    roleNames,
    roleIds: [...roleIds],
    teamIds,
    privileges,
    columnGrants: readColumnGrants(store, userId, teamIds),
    businessUnitTree: below(store, businessUnitId),
    initiatingUserId: userId,
  };
}

function below(store: Store, root: string): ReadonlySet<string> {
  const tree = new Set([root]);
  const next = [root];
  for (let unit = next.pop(); unit !== undefined; unit = next.pop()) {
    for (const child of store.pointingAt('businessunit', 'parentbusinessunitid', unit)) {
      const id = String(child.businessunitid);
      if (!tree.has(id)) next.push(id);
      tree.add(id);
    }
  }
  return tree;
}
