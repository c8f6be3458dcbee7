import { request } from 'undici';
import { z } from 'zod';
import type { ColumnGrant, Persona } from '../contract';
import { personas } from './personas';

const rolesAnswer = z.object({ value: z.array(z.object({ roleid: z.string(), name: z.string() })) });

const depths = { Basic: 0, Local: 1, Deep: 2, Global: 3 } as const;
const privilegesAnswer = z.object({
  RolePrivileges: z.array(z.object({ PrivilegeName: z.string(), Depth: z.enum(['Basic', 'Local', 'Deep', 'Global']) })),
});

const idsAnswer = (id: string) => z.object({ value: z.array(z.object({ [id]: z.string() })) });
const permissionsAnswer = z.object({
  value: z.array(
    z.object({
      entityname: z.string(),
      attributelogicalname: z.string(),
      canread: z.number().nullable(),
      cancreate: z.number().nullable(),
      canupdate: z.number().nullable(),
      _fieldsecurityprofileid_value: z.string(),
    }),
  ),
});
type Permission = z.output<typeof permissionsAnswer>['value'][number];

const allowed = 4;

/** Profiles add up: what one gives, another does not take. */
function addUp(permissions: readonly Permission[]): Readonly<Record<string, ColumnGrant>> {
  const grants: Record<string, ColumnGrant> = {};
  for (const { entityname, attributelogicalname, canread, cancreate, canupdate } of permissions) {
    const name = `${entityname}.${attributelogicalname}`;
    grants[name] = {
      read: canread === allowed || grants[name]?.read === true,
      create: cancreate === allowed || grants[name]?.create === true,
      update: canupdate === allowed || grants[name]?.update === true,
    };
  }
  return grants;
}

/**
 * The people with their security roles, privileges and column security profiles, read from Dataverse as the administrator sees them.
 * @throws Error naming the person when Dataverse does not say
 */
export async function readPersonas(dataverseUrl: string, adminToken: string): Promise<Persona[]> {
  const ask = async <T>(schema: z.ZodType<T>, path: string, name: string): Promise<T> => {
    const answer = await request(`${dataverseUrl}/api/data/v9.2/${path}`, {
      headers: { authorization: `Bearer ${adminToken}`, accept: 'application/json' },
    });
    const parsed = schema.safeParse(await answer.body.json());
    if (!parsed.success) throw new Error(`Dataverse did not answer about ${name} (${answer.statusCode}).`);
    return parsed.data;
  };
  const column = 'entityname,attributelogicalname,canread,cancreate,canupdate,_fieldsecurityprofileid_value';
  const { value: permissions } = await ask(
    permissionsAnswer,
    `fieldpermissions?$select=${column}`,
    'the column security profiles',
  );
  const ids = async (path: string, id: string, name: string): Promise<string[]> =>
    (await ask(idsAnswer(id), `${path}?$select=${id}`, name)).value.flatMap((row) => row[id] ?? []);
  const profilesOf = async (user: string, name: string): Promise<ReadonlySet<string>> => {
    const profile = 'fieldsecurityprofileid';
    const teams = await ids(`${user}/teammembership_association`, 'teamid', name);
    const held = await Promise.all([
      ids(`${user}/systemuserprofiles_association`, profile, name),
      ...teams.map((team) => ids(`teams(${team})/teamprofiles_association`, profile, name)),
    ]);
    return new Set(held.flat());
  };
  return Promise.all(
    personas.map(async (persona) => {
      const user = `systemusers(${persona.userId})`;
      const [roles, given, profiles] = await Promise.all([
        ask(rolesAnswer, `${user}/systemuserroles_association?$select=roleid,name`, persona.name),
        ask(privilegesAnswer, `${user}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`, persona.name),
        profilesOf(user, persona.name),
      ]);
      return {
        ...persona,
        roles: roles.value.map(({ roleid, name }) => ({ id: roleid, name })),
        privileges: Object.fromEntries(
          given.RolePrivileges.map(({ PrivilegeName, Depth }) => [PrivilegeName.toLowerCase(), depths[Depth]]),
        ),
        columns: addUp(permissions.filter((each) => profiles.has(each._fieldsecurityprofileid_value))),
      };
    }),
  );
}
