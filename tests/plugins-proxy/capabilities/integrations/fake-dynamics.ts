import type { DataverseClient } from '../../../../plugins-proxy/src/clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../../plugins-proxy/src/clients/dataverse/plain-write';
import { guidOf } from '../../../../sandbox/src/dataverse/guid';

export const userId = (name: string): string => guidOf(`user ${name}`);
export const teamId = (name: string): string => guidOf(`team ${name}`);
export const integrationId = guidOf('integration directory');

type Row = Readonly<Record<string, unknown>>;
type Read = Pick<DataverseClient, 'many' | 'action' | 'changeSet'>;

/** Dynamics as far as runs of a directory see it: users, owner teams with members, rows of people. */
export interface FakeDynamics extends Read {
  readonly members: Map<string, Set<string>>;
  readonly people: Map<string, Row>;
  /** Each write, as it came. */
  readonly writes: string[];
}

export function fakeDynamics(
  users: readonly string[],
  teams: Readonly<Record<string, readonly string[]>>,
): FakeDynamics {
  const members = new Map(Object.entries(teams).map(([name, names]) => [teamId(name), new Set(names.map(userId))]));
  const nameOf = new Map(Object.keys(teams).map((name) => [teamId(name), name]));
  const people = new Map<string, Row>();
  const writes: string[] = [];
  const tables: Readonly<Record<string, () => readonly Row[]>> = {
    systemusers: () =>
      users.map((name) => ({
        systemuserid: userId(name),
        domainname: `${name}@company.com`,
        internalemailaddress: `${name}@company.com`,
        fullname: name,
        isdisabled: false,
      })),
    teams: () =>
      [...members.keys()].map((teamid) => ({ teamid, name: nameOf.get(teamid), teamtype: 0, isdefault: false })),
    roles: () => [],
    crmjira_directory_persons: () => [...people.values()],
  };
  const rowsOf = (collection: string): readonly Row[] => {
    const [, team, association] = /^teams\((.+)\)\/(\w+)$/.exec(collection) ?? [];
    if (team === undefined) return tables[collection]?.() ?? [];
    return association === 'teamroles_association'
      ? []
      : [...(members.get(team) ?? [])].map((systemuserid) => ({ systemuserid }));
  };
  const write = ({ columns, id }: PlainWrite): void => {
    const bound = /\((.+)\)$/.exec(String(columns['crmjira_user@odata.bind']))?.[1] ?? null;
    people.set(id, { ...columns, _crmjira_user_value: bound });
    writes.push(`person ${String(columns['crmjira_directory_id'])}`);
  };
  return {
    members,
    people,
    writes,
    many: (collection, _query, schema) => Promise.resolve(rowsOf(collection).map((row) => schema.parse(row))),
    action: (_collection, id, name, parameters) => {
      // What the run writes is in its own hand.
      const { Members: given } = parameters as { Members: readonly { systemuserid: string }[] };
      for (const { systemuserid } of given) {
        if (name === 'AddMembersTeam') members.get(id)?.add(systemuserid);
        else members.get(id)?.delete(systemuserid);
        writes.push(`${name} ${nameOf.get(id) ?? ''} ${systemuserid}`);
      }
      return Promise.resolve();
    },
    changeSet: (given) => {
      for (const one of given) write(one);
      return Promise.resolve();
    },
  };
}
