import {
  type DirectoryFacts,
  type DirectoryUser,
  DirectoryState,
  type MappedTeam,
  type PersonState,
  type StoredPerson,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, optionalFlag, optionalGuid, optionalText, text } from '../../../../clients/dataverse/columns';
import { equalsId, equalsOneOf, quoted } from '../../../../clients/dataverse/filter';
import type { DataverseReader } from '../../../../clients/dataverse/reader';
import { administratorRole } from '../../../../connections/environment/read-people';
import { inParallel } from '../../../../platform/http-client/in-parallel';
import { pieces } from '../../../../platform/pieces';

/** So many ids stand in one filter: addresses are not of any length. */
const idsAtOnce = 25;

async function byIds<Row>(
  ids: readonly string[],
  read: (some: readonly string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const some of pieces(ids, idsAtOnce)) rows.push(...(await read(some)));
  return rows;
}

const userRow = z
  .object({
    systemuserid: guid,
    domainname: optionalText,
    internalemailaddress: optionalText,
    isdisabled: optionalFlag,
  })
  .transform((row): DirectoryUser => ({
    id: row.systemuserid,
    userName: row.domainname,
    mail: row.internalemailaddress,
    isDisabled: row.isdisabled,
  }));

/** Everybody who is a person: users of applications belong to no directory. */
export const readUsers = (dataverse: DataverseReader): Promise<readonly DirectoryUser[]> =>
  dataverse.many(
    tables.systemuser.entitySet,
    {
      select: ['systemuserid', 'domainname', 'internalemailaddress', 'isdisabled'],
      filter: 'applicationid eq null',
    },
    userRow,
  );

/** Names of users, for an administrator to read. */
export async function readUserNames(
  dataverse: DataverseReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const nameRow = z.object({ systemuserid: guid, fullname: optionalText });
  const rows = await byIds(ids, (some) =>
    dataverse.many(
      tables.systemuser.entitySet,
      { select: ['systemuserid', 'fullname'], filter: equalsOneOf('systemuserid', some) },
      nameRow,
    ),
  );
  return new Map(rows.map(({ systemuserid, fullname }) => [systemuserid, fullname ?? '']));
}

export const statesOfRows = {
  matched: DirectoryState.Matched,
  'without-user': DirectoryState.WithoutUser,
  disabled: DirectoryState.DisabledInDirectory,
  'not-found': DirectoryState.NotFoundInDirectory,
} as const satisfies Readonly<Record<PersonState['state'], DirectoryState>>;

const stateOfRow = new Map(
  Object.entries(statesOfRows).map(([state, value]) => [value, state as PersonState['state']]),
);

const personRow = z
  .object({
    crmjira_directory_id: text,
    crmjira_dn: optionalText,
    crmjira_upn: optionalText,
    _crmjira_user_value: optionalGuid,
    crmjira_state: choice(DirectoryState).nullish(),
  })
  .transform((row): StoredPerson => ({
    directoryId: row.crmjira_directory_id,
    dn: row.crmjira_dn ?? '',
    upn: row.crmjira_upn,
    userId: row._crmjira_user_value,
    state: stateOfRow.get(row.crmjira_state ?? DirectoryState.WithoutUser) ?? 'without-user',
  }));

/** People whom earlier runs saw. */
export const readStoredPeople = (dataverse: DataverseReader, integrationId: string): Promise<readonly StoredPerson[]> =>
  dataverse.many(
    tables.crmjira_directory_person.entitySet,
    {
      select: ['crmjira_directory_id', 'crmjira_dn', 'crmjira_upn', '_crmjira_user_value', 'crmjira_state'],
      filter: equalsId('_crmjira_integration_id_value', integrationId),
    },
    personRow,
  );

/** A team that is mapped, and what people call it. */
export interface NamedTeam extends MappedTeam {
  readonly name: string;
}

const teamTypes: Readonly<Record<number, MappedTeam['type']>> = {
  0: 'owner',
  1: 'access',
  2: 'entra-security',
  3: 'entra-office',
};
const teamRow = z.object({ teamid: guid, name: text, teamtype: z.number(), isdefault: optionalFlag });
const memberRow = z.object({ systemuserid: guid });
const roleRow = z.object({ roleid: guid, _parentrootroleid_value: optionalGuid, _roletemplateid_value: optionalGuid });
const roleColumns = Object.keys(roleRow.shape);

/** Roles of a team. Each business unit has a copy of a role; what it was made from stands at its root. */
async function readRoles(dataverse: DataverseReader, teamId: string): Promise<MappedTeam['roles']> {
  const rows = await dataverse.many(`teams(${teamId})/teamroles_association`, { select: roleColumns }, roleRow);
  const rootIds = [...new Set(rows.flatMap(({ _parentrootroleid_value: root }) => root ?? []))];
  const roots = await byIds(rootIds, (some) =>
    dataverse.many(tables.role.entitySet, { select: roleColumns, filter: equalsOneOf('roleid', some) }, roleRow),
  );
  const templateOf = new Map(roots.map((row) => [row.roleid, row._roletemplateid_value]));
  return rows.map(({ roleid, _parentrootroleid_value: root, _roletemplateid_value: template }) => ({
    rootId: root ?? roleid,
    templateId: template ?? templateOf.get(root ?? roleid) ?? null,
  }));
}

/** Teams with their roles and members; those that are gone are left out. */
export async function readTeams(dataverse: DataverseReader, ids: readonly string[]): Promise<readonly NamedTeam[]> {
  const teams = await byIds(ids, (some) =>
    dataverse.many(
      tables.team.entitySet,
      { select: Object.keys(teamRow.shape), filter: equalsOneOf('teamid', some) },
      teamRow,
    ),
  );
  return inParallel(teams, 4, async ({ teamid, name, teamtype, isdefault }) => {
    const members = `teams(${teamid})/teammembership_association`;
    const rows = await dataverse.many(members, { select: ['systemuserid'] }, memberRow);
    return {
      id: teamid,
      name,
      // A kind that is not known yet is not for a directory either.
      type: teamTypes[teamtype] ?? 'entra-security',
      isDefault: isdefault,
      roles: await readRoles(dataverse, teamid),
      members: rows.map(({ systemuserid }) => systemuserid),
    };
  });
}

const ownRoles = [administratorRole, 'CRM-JIRA Integration Service'];

/** Root ids of the roles of this product by which it is administered. */
export async function readAdministratorRoles(
  dataverse: DataverseReader,
): Promise<DirectoryFacts['administratorRoles']> {
  const filter = ownRoles.map((name) => `name eq ${quoted(name)}`).join(' or ');
  const rows = await dataverse.many(tables.role.entitySet, { select: roleColumns, filter }, roleRow);
  return new Set(rows.map(({ roleid, _parentrootroleid_value: root }) => root ?? roleid));
}
