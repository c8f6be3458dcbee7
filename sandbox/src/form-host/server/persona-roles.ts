import { request } from 'undici';
import { z } from 'zod';
import type { Persona } from '../contract';
import { personas } from './personas';

const rolesAnswer = z.object({ value: z.array(z.object({ roleid: z.string(), name: z.string() })) });

const depths = { Basic: 0, Local: 1, Deep: 2, Global: 3 } as const;
const privilegesAnswer = z.object({
  RolePrivileges: z.array(z.object({ PrivilegeName: z.string(), Depth: z.enum(['Basic', 'Local', 'Deep', 'Global']) })),
});

/**
 * The people with their security roles and privileges, read from Dataverse as the administrator sees them.
 * @throws Error naming the person when Dataverse does not say
 */
export async function readPersonas(dataverseUrl: string, adminToken: string): Promise<Persona[]> {
  const ask = async <T>(schema: z.ZodType<T>, path: string, name: string): Promise<T> => {
    const answer = await request(`${dataverseUrl}/api/data/v9.2/${path}`, {
      headers: { authorization: `Bearer ${adminToken}`, accept: 'application/json' },
    });
    const parsed = schema.safeParse(await answer.body.json());
    if (!parsed.success) throw new Error(`Dataverse did not name the roles of ${name} (${answer.statusCode}).`);
    return parsed.data;
  };
  return Promise.all(
    personas.map(async (persona) => {
      const user = `systemusers(${persona.userId})`;
      const [roles, given] = await Promise.all([
        ask(rolesAnswer, `${user}/systemuserroles_association?$select=roleid,name`, persona.name),
        ask(privilegesAnswer, `${user}/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`, persona.name),
      ]);
      return {
        ...persona,
        roles: roles.value.map(({ roleid, name }) => ({ id: roleid, name })),
        privileges: Object.fromEntries(
          given.RolePrivileges.map(({ PrivilegeName, Depth }) => [PrivilegeName.toLowerCase(), depths[Depth]]),
        ),
      };
    }),
  );
}
