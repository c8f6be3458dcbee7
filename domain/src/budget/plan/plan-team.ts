import { ProvisioningState } from '../../schema/generated/options';
import type { Action } from './actions';
import { isLinked } from './plan-linking';
import type { CrmFacts, Guid, JiraFacts, OpportunityFacts } from './facts';

/** Owner and project manager; a team as owner has no place in a project role. */
function membersOf(opportunity: OpportunityFacts): readonly Guid[] {
  const { ownerType, ownerId, projectManagerId } = opportunity;
  const members = [...(ownerType === 'systemuser' ? [ownerId] : []), ...(projectManagerId ? [projectManagerId] : [])];
  return [...new Set(members)].sort();
}

/** The column keeps users, and behind a bar those that Jira knows no person for: reported, not an error. */
export function teamText(members: readonly Guid[], unmatched: readonly Guid[] = []): string {
  const users = members.join(',');
  return unmatched.length === 0 ? users : `${users}|${unmatched.join(',')}`;
}

/** Users of a team as kept. */
function usersOf(team: string): readonly Guid[] {
  return (team.split('|')[0] ?? '').split(',').filter(Boolean);
}

/**
 * Owner and project manager get a role in the Jira project, and who was replaced gives it back. What was done last stands
 * on the mapping, so that an unchanged team costs no call.
 */
export function planTeam(crm: CrmFacts, jira: JiraFacts): Action[] {
  const { mapping, opportunity } = crm;
  // Who works in a project that the integration did not create is its own administrators' affair (F-302).
  if (mapping && isLinked(mapping)) return [];
  if (!mapping || opportunity?.state !== 'open' || mapping.completedOn !== null) return [];
  if (mapping.provisioningState !== ProvisioningState.Linked || jira.state !== 'found' || jira.project.archived)
    return [];
  const members = membersOf(opportunity);
  const before = usersOf(mapping.team ?? '');
  if (mapping.team !== null && teamText(before) === teamText(members)) return [];
  return [
    {
      kind: 'jira.assign-team',
      projectId: jira.project.id,
      projectKey: jira.project.key,
      mappingId: mapping.id,
      mappingVersion: mapping.version,
      opportunityId: opportunity.id,
      members,
      leaving: before.filter((user) => !members.includes(user)),
    },
  ];
}
