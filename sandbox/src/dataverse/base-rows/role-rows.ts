import { guidOf } from '../guid';
import { rootBusinessUnitId, systemUserId } from '../crud/references';
import { administratorRoleId, administratorTemplateId, platformRoles } from '../metadata/platform-roles';
import type { Schema } from '../metadata/schema';
import { privilegeId } from '../security/access';
import { accessBit, depthMask, miscellaneousPrivileges, privilegeName, rights } from '../security/privilege-names';
import { administratorRole } from '../security/read-caller';
import { pointer, type SeedRow } from './seed-row';

function allPrivileges(schema: Schema): readonly { readonly name: string; readonly bit: number }[] {
  const found = new Map<string, { name: string; bit: number }>();
  for (const table of schema.tables.values()) {
    for (const right of rights) {
      const name = privilegeName(right, table);
      if (name !== null) found.set(name.toLowerCase(), { name, bit: accessBit[right] });
    }
  }
  for (const name of miscellaneousPrivileges) found.set(name.toLowerCase(), { name, bit: 0 });
  for (const role of schema.solution.roles) {
    for (const { name } of role.privileges)
      if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, bit: 0 });
  }
  return [...found.values()];
}

export const privilegeRows = (schema: Schema): readonly SeedRow[] =>
  allPrivileges(schema).map(({ name, bit }) => ({
    table: 'privilege',
    row: {
      privilegeid: privilegeId(name),
      name,
      accessright: bit,
      canbebasic: true,
      canbelocal: true,
      canbedeep: true,
      canbeglobal: true,
    },
  }));

export function roleRows(schema: Schema): readonly SeedRow[] {
  const role = (id: string, name: string, templateId?: string): SeedRow => ({
    table: 'role',
    row: {
      roleid: id,
      name,
      businessunitid: pointer('businessunit', rootBusinessUnitId),
      ...(templateId === undefined ? {} : { roletemplateid: pointer('roletemplate', templateId) }),
    },
  });
  const template = (id: string, name: string): SeedRow => ({
    table: 'roletemplate',
    row: { roletemplateid: id, name },
  });
  const grant = (roleId: string, name: string, depth: keyof typeof depthMask): SeedRow => ({
    table: 'roleprivileges',
    row: {
      roleprivilegeid: guidOf(`grant:${roleId}:${name.toLowerCase()}`),
      roleid: roleId,
      privilegeid: privilegeId(name),
      privilegedepthmask: depthMask[depth],
    },
  });
  const rows: SeedRow[] = [
    template(administratorTemplateId, administratorRole),
    role(administratorRoleId, administratorRole, administratorTemplateId),
  ];
  for (const { name } of allPrivileges(schema)) rows.push(grant(administratorRoleId, name, 'Global'));
  for (const each of platformRoles) {
    rows.push(template(each.templateId, each.name), role(each.id, each.name, each.templateId));
    // The farthest-reaching grant of a privilege wins: later ones of the list are wider.
    for (const { tables, rights: granted, depth } of each.grants) {
      for (const table of tables) for (const right of granted) rows.push(grant(each.id, `prv${right}${table}`, depth));
    }
  }
  for (const each of schema.solution.roles) {
    const { table, row } = role(each.id, each.name);
    rows.push({ table, row: { ...row, ismanaged: schema.managed.role(each.id) } });
    for (const { name, depth } of each.privileges) rows.push(grant(each.id, name, depth));
  }
  rows.push(userRole(systemUserId, administratorRoleId));
  return withoutRepeats(rows);
}

/** Of two grants of one privilege the later, wider one stands. */
function withoutRepeats(rows: readonly SeedRow[]): readonly SeedRow[] {
  const byId = new Map(
    rows.map((each) => [
      String(each.row.roleprivilegeid ?? each.row.roleid ?? each.row.systemuserroleid ?? each.row.roletemplateid) +
        each.table,
      each,
    ]),
  );
  return [...byId.values()];
}

export const userRole = (userId: string, roleId: string): SeedRow => ({
  table: 'systemuserroles',
  row: {
    systemuserroleid: guidOf(`link:systemuserroles:${[`systemuserid=${userId}`, `roleid=${roleId}`].sort().join('&')}`),
    systemuserid: userId,
    roleid: roleId,
  },
});
