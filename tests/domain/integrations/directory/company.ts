import type { DirectoryFacts, DirectoryGroup, DirectoryPerson, DirectoryUser, MappedTeam } from '@crmjira/domain';

export const personDn = (name: string): string => `CN=${name},OU=Users,DC=company,DC=com`;
export const groupDn = (name: string): string => `CN=${name},OU=Groups,DC=company,DC=com`;

export const person = (name: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: `guid-${name}`,
  dn: personDn(name),
  upn: `${name}@company.com`,
  mail: `${name}@company.com`,
  isDisabled: false,
  ...more,
});

export const user = (name: string, more: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: `user-${name}`,
  userName: `${name}@company.com`,
  mail: `${name}@company.com`,
  isDisabled: false,
  ...more,
});

export const group = (name: string, members: readonly string[]): DirectoryGroup => ({
  id: `guid-${name}`,
  dn: groupDn(name),
  members,
});

export const team = (name: string, members: readonly string[], more: Partial<MappedTeam> = {}): MappedTeam => ({
  id: `team-${name}`,
  type: 'owner',
  isDefault: false,
  roles: [],
  members: members.map((member) => `user-${member}`),
  ...more,
});

interface Company {
  readonly people: readonly DirectoryPerson[];
  readonly groups: readonly DirectoryGroup[];
}

/** Facts of a company whose team "sales" has the members of the group "sales". */
export const factsOf = ({ people, groups }: Company, more: Partial<DirectoryFacts> = {}): DirectoryFacts => ({
  answer: { isWhole: true, people, groups, others: [] },
  users: people.map(({ id }) => user(id.replace('guid-', ''))),
  teams: [],
  mappings: [{ groupDn: groupDn('sales'), teamId: 'team-sales' }],
  stored: [],
  confirmed: new Set(),
  brakePercent: 5,
  administratorRoles: new Set(['our-administrator']),
  ...more,
});
