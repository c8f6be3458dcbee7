import type { MappedTeam } from './facts';

/** Why the members of a team are not for a directory to decide. */
export type TeamRefusal = 'privileged' | 'entra-group' | 'default-team';

/** Microsoft's roles that may do everything, by the ids that they have in every environment. */
const privilegedTemplates: ReadonlySet<string> = new Set([
  // System Administrator
  '627090ff-40a3-4053-8790-584edc5be201',
  // System Customizer
  '119f245c-3cc8-4b62-b31c-d1a046ced15d',
]);

/** Why a team cannot be mapped; null: it can. Whoever writes to the directory must not become an administrator by it. */
export function refuseTeam(team: MappedTeam, administratorRoles: ReadonlySet<string>): TeamRefusal | null {
  if (team.type === 'entra-security' || team.type === 'entra-office') return 'entra-group';
  if (team.isDefault) return 'default-team';
  const isPrivileged = team.roles.some(
    ({ rootId, templateId }) =>
      administratorRoles.has(rootId) || (templateId !== null && privilegedTemplates.has(templateId)),
  );
  return isPrivileged ? 'privileged' : null;
}
