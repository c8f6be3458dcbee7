import { guidOf } from '../guid';
import type { InstalledSolution } from '../import/installed-solution';
import type { Schema } from '../metadata/schema';
import { securedColumns } from '../security/column-grants';
import { pointer, type SeedRow } from './seed-row';

/** The platform's own profile: every secured column, for System Administrators, who need no membership in it. */
const administratorsProfile = { id: '572329c1-a042-4e22-be47-367c6374ea45', name: 'System Administrator' } as const;

const granted = (isGranted: boolean): number => (isGranted ? 4 : 0);

/** Column security profiles with their permissions; who holds them is a matter of each environment. */
export function columnSecurityRows(schema: Schema, installed: readonly InstalledSolution[]): readonly SeedRow[] {
  const managed = new Set(
    installed
      .filter(({ isManaged }) => isManaged)
      .flatMap(({ metadata }) => metadata.columnSecurityProfiles.map(({ id }) => id)),
  );
  const everything = [...schema.tables.values()].flatMap((table) =>
    securedColumns(table).map((column) => ({
      table: table.logicalName,
      column,
      canRead: true,
      canCreate: true,
      canUpdate: true,
    })),
  );
  const profiles = [{ ...administratorsProfile, permissions: everything }, ...schema.solution.columnSecurityProfiles];
  return profiles.flatMap(({ id, name, permissions }) => [
    {
      table: 'fieldsecurityprofile',
      row: { fieldsecurityprofileid: id.toLowerCase(), name, ismanaged: managed.has(id) },
    },
    ...permissions.map(({ table, column, canRead, canCreate, canUpdate }) => ({
      table: 'fieldpermission',
      row: {
        fieldpermissionid: guidOf(`fieldpermission:${id}:${table}.${column}`),
        fieldsecurityprofileid: pointer('fieldsecurityprofile', id.toLowerCase()),
        entityname: table.toLowerCase(),
        attributelogicalname: column.toLowerCase(),
        canread: granted(canRead),
        cancreate: granted(canCreate),
        canupdate: granted(canUpdate),
      },
    })),
  ]);
}

/** That a user, or everybody in a team, holds a profile. */
export function profileMember(
  profileId: string,
  member: { readonly table: 'systemuser' | 'team'; readonly id: string },
): SeedRow {
  const intersect = `${member.table}profiles`;
  const own = `${member.table}id`;
  const link = [`${own}=${member.id}`, `fieldsecurityprofileid=${profileId}`].sort().join('&');
  return {
    table: intersect,
    row: {
      [`${member.table}profileid`]: guidOf(`link:${intersect}:${link}`),
      [own]: member.id,
      fieldsecurityprofileid: profileId,
    },
  };
}
