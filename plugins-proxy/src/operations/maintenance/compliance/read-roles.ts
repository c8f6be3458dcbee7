import { z } from 'zod';
import { guid, text } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';

const roleRow = z.object({ roleid: guid, name: text });
const userRow = z.object({ systemuserid: guid, applicationid: z.guid().nullish(), isdisabled: z.boolean().nullish() });
const teamRow = z.object({ teamid: guid });
const privilegeRow = z.object({ name: text });

/** One of our roles: who has it and what it may do. Persons are named by id only, so that the report can be passed on. */
export interface RoleReport {
  readonly role: string;
  readonly users: readonly string[];
  readonly applications: readonly string[];
  readonly disabledUsers: readonly string[];
  readonly teams: readonly string[];
  /** table → privileges, e.g. `crmjira_budget_mapping` → `Append, Create, Read` */
  readonly privileges: Readonly<Record<string, string>>;
}

const privilegeName = /^prv(AppendTo|Append|Assign|Create|Delete|Read|Share|Write)(.+)$/;

/** The role's privileges by table. Pure. */
export function privilegeMatrix(names: readonly string[]): Readonly<Record<string, string>> {
  const byTable = new Map<string, string[]>();
  for (const name of names) {
    const [, right, table] = privilegeName.exec(name) ?? [];
    const [key, what] = table === undefined ? ['other', name] : [table.toLowerCase(), right ?? ''];
    byTable.set(key, [...(byTable.get(key) ?? []), what]);
  }
  return Object.fromEntries(
    [...byTable].sort().map(([table, rights]) => [table, [...new Set(rights)].sort().join(', ')]),
  );
}

/** All roles of the solution with their members and privileges (R-1231). */
export async function readRoles(client: Pick<DataverseClient, 'many'>): Promise<readonly RoleReport[]> {
  const filter = "startswith(name,'CRM-JIRA')";
  const roles = await client.many(
    'roles',
    { select: Object.keys(roleRow.shape), filter, orderBy: ['name asc'] },
    roleRow,
  );
  return Promise.all(
    roles.map(async ({ roleid, name }): Promise<RoleReport> => {
      const at = `roles(${roleid})`;
      const [users, teams, privileges] = await Promise.all([
        client.many(`${at}/systemuserroles_association`, { select: Object.keys(userRow.shape) }, userRow),
        client.many(`${at}/teamroles_association`, { select: ['teamid'] }, teamRow),
        client.many(`${at}/roleprivileges_association`, { select: ['name'] }, privilegeRow),
      ]);
      const ids = (some: typeof users): string[] => some.map(({ systemuserid }) => systemuserid).sort();
      return {
        role: name,
        users: ids(users.filter((user) => user.applicationid == null && user.isdisabled !== true)),
        applications: ids(users.filter((user) => user.applicationid != null)),
        disabledUsers: ids(users.filter((user) => user.applicationid == null && user.isdisabled === true)),
        teams: teams.map(({ teamid }) => teamid).sort(),
        privileges: privilegeMatrix(privileges.map((privilege) => privilege.name)),
      };
    }),
  );
}
