import { profileMember, userRole } from '../dataverse/base-rows/base-rows';
import { guidOf } from '../dataverse/guid';
import { ADMINISTRATOR, applicationUsers, budgetUsers, columnProfiles, crmPeople } from './people';
import type { SeedRow } from './seed-row';

export interface UserOptions {
  readonly rootBusinessUnitId: string;
  /** id of a security role by its name */
  readonly roleId: (name: string) => string;
  /** id of a column security profile by its name */
  readonly profileId: (name: string) => string;
}

/** People and application users with their security roles and column security profiles. */
export function userRows({ rootBusinessUnitId, roleId, profileId }: UserOptions): SeedRow[] {
  const businessUnit = `/businessunits(${rootBusinessUnitId})`;
  const people = crmPeople.map((person) => ({
    table: 'systemuser',
    row: {
      systemuserid: person.id,
      firstname: person.firstName,
      lastname: person.lastName,
      fullname: `${person.firstName} ${person.lastName}`,
      domainname: person.upn,
      internalemailaddress: person.upn,
      title: person.title,
      azureactivedirectoryobjectid: person.id,
      'businessunitid@odata.bind': businessUnit,
    },
  }));
  const apps = applicationUsers.map((app) => ({
    table: 'systemuser',
    row: {
      systemuserid: app.id,
      firstname: '#',
      lastname: app.name,
      fullname: `# ${app.name}`,
      domainname: app.upn,
      internalemailaddress: app.upn,
      applicationid: app.clientId,
      azureactivedirectoryobjectid: app.clientId,
      accessmode: 4,
      'businessunitid@odata.bind': businessUnit,
    },
  }));
  const assignments = [...crmPeople, ...applicationUsers].flatMap((user) =>
    user.roles.map((role) => userRole(user.id, roleId(role))),
  );
  return [...people, ...apps, ...assignments, ...columnSecurity(businessUnit, profileId)];
}

/** Readers through a team, who keeps the columns by name: service and administrator. */
function columnSecurity(businessUnit: string, profileId: (name: string) => string): SeedRow[] {
  const keepers = [ADMINISTRATOR.id, ...applicationUsers.map(({ id }) => id)];
  return [
    {
      table: 'team',
      row: { teamid: budgetUsers.id, name: budgetUsers.name, 'businessunitid@odata.bind': businessUnit },
    },
    ...crmPeople.map(({ id }) => ({
      table: 'teammembership',
      row: {
        teammembershipid: guidOf(`link:teammembership:systemuserid=${id}&teamid=${budgetUsers.id}`),
        systemuserid: id,
        teamid: budgetUsers.id,
      },
    })),
    profileMember(profileId(columnProfiles.readers), { table: 'team', id: budgetUsers.id }),
    ...keepers.map((id) => profileMember(profileId(columnProfiles.service), { table: 'systemuser', id })),
  ];
}
