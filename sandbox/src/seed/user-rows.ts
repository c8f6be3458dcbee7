import { userRole } from '../dataverse/base-rows/base-rows';
import { applicationUsers, crmPeople } from './people';
import type { SeedRow } from './seed-row';

/** People and application users with their security roles. @param roleId id of a role by its name */
export function userRows(rootBusinessUnitId: string, roleId: (name: string) => string): SeedRow[] {
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
  return [...people, ...apps, ...assignments];
}
