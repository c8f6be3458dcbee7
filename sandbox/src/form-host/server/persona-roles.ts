import { request } from 'undici';
import { z } from 'zod';
import type { Persona } from '../contract';
import { personas } from './personas';
import type { RolePrivileges } from './read-role-privileges';

const rolesAnswer = z.object({ value: z.array(z.object({ roleid: z.string(), name: z.string() })) });

/** The people with their security roles, read from Dataverse as the administrator sees them. */
export async function readPersonas(
  dataverseUrl: string,
  adminToken: string,
  rolePrivileges: RolePrivileges,
): Promise<Persona[]> {
  return Promise.all(
    personas.map(async (persona) => {
      const path = `/api/data/v9.2/systemusers(${persona.userId})/systemuserroles_association?$select=roleid,name`;
      const answer = await request(`${dataverseUrl}${path}`, {
        headers: { authorization: `Bearer ${adminToken}`, accept: 'application/json' },
      });
      const body: unknown = await answer.body.json();
      const parsed = rolesAnswer.safeParse(body);
      if (!parsed.success)
        throw new Error(`Dataverse did not name the roles of ${persona.name} (${answer.statusCode}).`);
      const roles = parsed.data.value.map(({ roleid, name }) => ({ id: roleid, name }));
      const granted = roles.flatMap(({ name }) => [...(rolePrivileges.get(name) ?? [])]);
      return { ...persona, roles, privileges: deepest(granted) };
    }),
  );
}

const depths = ['Basic', 'Local', 'Deep', 'Global'];

/** Roles add up: of several depths the deepest counts. */
function deepest(granted: readonly (readonly [name: string, depth: string])[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, depth] of granted)
    if (depths.indexOf(depth) > depths.indexOf(found[name] ?? '')) found[name] = depth;
  return found;
}
