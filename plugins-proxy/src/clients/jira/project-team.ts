import { z } from 'zod';
import { IntegrationError } from '../../platform/errors/integration-error';
import { path } from '../../platform/http-client/path';
import type { JiraSite } from './jira-site';
import { nothing, userAnswer } from './wire/answers';

/** Roles that a site is likely to have, the one that fits a member best first; the administrators' is never given. */
const memberRoles = ['member', 'members', 'developers', 'users', 'viewer'];
/** Role → address that ends in its id. */
const rolesAnswer = z.record(z.string(), z.string());
const actorsAnswer = z.object({
  actors: z
    .array(z.object({ actorUser: z.object({ accountId: z.string() }).optional(), name: z.string().optional() }))
    .default([]),
});

/** The one active person of an address: Cloud may hide the address, then a single match is taken for it. */
async function findUser(site: JiraSite, email: string): Promise<string | null> {
  const users = await site.http.call({
    method: 'GET',
    path: `${site.profile.api}/user/search`,
    query: { [site.profile.deployment === 'cloud' ? 'query' : 'username']: email },
    schema: userAnswer.array(),
  });
  const people = users.filter(({ active, accountType }) => active && (accountType ?? 'atlassian') === 'atlassian');
  const exact = people.filter(({ emailAddress }) => emailAddress?.toLowerCase() === email.toLowerCase());
  const hidden = people.filter(({ emailAddress }) => (emailAddress ?? '') === '');
  const [user, ...others] = exact.length > 0 ? exact : hidden;
  if (user === undefined || others.length > 0) return null;
  return (site.profile.deployment === 'cloud' ? user.accountId : user.name) ?? null;
}

async function rolePath(site: JiraSite, projectId: string): Promise<string | null> {
  const base = site.profile.api + path`/project/${projectId}/role`;
  const roles = await site.http.call({ method: 'GET', path: base, schema: rolesAnswer });
  const ids = new Map(Object.entries(roles).map(([name, url]) => [name.toLowerCase(), /\d+$/.exec(url)?.[0]]));
  const id = memberRoles.map((name) => ids.get(name)).find((found) => found !== undefined);
  return id === undefined ? null : base + path`/${id}`;
}

/** Answers that say that the account may not, or the site does not offer it: reported, not an error. */
const notOffered: ReadonlySet<number | undefined> = new Set([401, 403, 404]);

/**
 * Gives people a role in a project and takes it from others. A person who has the role already keeps it.
 * @returns addresses that Jira has no person for, or all when roles are not for us to give
 */
export async function assignTeam(
  site: JiraSite,
  projectId: string,
  { members, leaving }: { readonly members: readonly string[]; readonly leaving: readonly string[] },
): Promise<readonly string[]> {
  try {
    const role = await rolePath(site, projectId);
    if (role === null) return members;
    const found = await Promise.all(members.map(async (email) => ({ email, user: await findUser(site, email) })));
    const gone = await Promise.all(leaving.map((email) => findUser(site, email)));
    const { actors } = await site.http.call({ method: 'GET', path: role, schema: actorsAnswer });
    const present = new Set(actors.map((actor) => actor.actorUser?.accountId ?? actor.name));
    const wanted = new Set(found.flatMap(({ user }) => (user === null ? [] : [user])));
    const missing = [...wanted].filter((user) => !present.has(user));
    if (missing.length > 0) {
      // Added already is what we want: a second call has no second effect.
      await site.http.call({ method: 'POST', path: role, body: { user: missing }, schema: z.unknown() });
    }
    for (const user of gone.filter((one) => one !== null && present.has(one) && !wanted.has(one)))
      await site.http.call({ method: 'DELETE', path: role, query: { user: user ?? '' }, schema: nothing });
    return found.flatMap(({ email, user }) => (user === null ? [email] : []));
  } catch (error) {
    if (error instanceof IntegrationError && notOffered.has(error.status)) return members;
    throw error;
  }
}
