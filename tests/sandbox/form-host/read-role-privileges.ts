import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attribute, children, parseXml } from '../../../sandbox/src/form-host/server/xml-node';

/** Role name → privilege name in lower case → depth, of the roles that the solution brings. */
export type RolePrivileges = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function readRolePrivileges(folder: string): RolePrivileges {
  const files = readdirSync(folder).filter((name) => name.endsWith('.xml'));
  return new Map(
    files.flatMap((file) =>
      children(parseXml(readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '')), 'Role').map((role) => {
        const privileges = children(role, 'RolePrivileges', 'RolePrivilege').map(
          (one) => [attribute(one, 'name').toLowerCase(), attribute(one, 'level')] as const,
        );
        return [attribute(role, 'name'), new Map(privileges)] as const;
      }),
    ),
  );
}
