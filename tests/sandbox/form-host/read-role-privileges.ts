import { readFileSync } from 'node:fs';
import type { SolutionMetadata } from '@crmjira/domain';

/** Role name → privilege name in lower case → depth, of the roles that the solution brings. */
export type RolePrivileges = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function readRolePrivileges(metadataFile: string): RolePrivileges {
  // Written by our own generator, whose type this is.
  const { roles } = JSON.parse(readFileSync(metadataFile, 'utf8')) as SolutionMetadata;
  return new Map(
    roles.map(({ name, privileges }) => [
      name,
      new Map(privileges.map((privilege) => [privilege.name.toLowerCase(), privilege.depth])),
    ]),
  );
}
