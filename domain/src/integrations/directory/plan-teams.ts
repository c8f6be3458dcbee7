import type { DirectoryAction } from './actions';
import type { DirectoryAnswer, DirectoryFacts, DirectoryUser, MappedTeam } from './facts';
import { type GroupMembers, membersOfGroups } from './group-members';
import type { Matches } from './match-people';
import { refuseTeam, type TeamRefusal } from './team-fitness';

/** Why nobody is taken out of a team, or nothing is done to it. */
export type TeamTrouble = TeamRefusal | 'no-team' | GroupTrouble;

/** Why a group does not tell everybody who is in it. */
type GroupTrouble = 'group-missing' | 'group-empty' | 'members-unreadable';

/** What a run does to one team. */
export interface TeamOutcome {
  readonly teamId: string;
  /** Users who are in its groups. */
  readonly wanted: number;
  /** Users who are in the team now. */
  readonly now: number;
  readonly added: number;
  readonly removed: number;
  /** Members that its groups name and the directory does not show. */
  readonly unreadable: number;
  readonly trouble: TeamTrouble | null;
}

type Membership = Extract<DirectoryAction, { kind: 'add-member' | 'remove-member' }>;

const untouched = (teamId: string, now: number, trouble: TeamTrouble): TeamOutcome => ({
  teamId,
  wanted: 0,
  now,
  added: 0,
  removed: 0,
  unreadable: 0,
  trouble,
});

function troubleOf(groups: readonly (GroupMembers | null)[]): GroupTrouble | null {
  if (groups.includes(null)) return 'group-missing';
  if (groups.some((group) => group?.isEmpty === true)) return 'group-empty';
  return groups.some((group) => (group?.unreadable ?? 0) > 0) ? 'members-unreadable' : null;
}

/**
 * Gives each mapped team the members of its groups. Taken out are only users whom the directory knows, or once knew, and whom
 * none of the groups names: whoever it has never heard of was put there for a reason that it cannot know. Where a group is
 * missing, or it or a group within it names nobody, or somebody whom the directory does not show, nobody is taken out: more may be
 * hidden.
 */
export function planTeams(
  { teams, mappings, stored, users, administratorRoles }: DirectoryFacts,
  answer: Extract<DirectoryAnswer, { isWhole: true }>,
  { userOf, claimed }: Matches,
): { readonly actions: readonly Membership[]; readonly outcomes: readonly TeamOutcome[] } {
  const membersOf = membersOfGroups([...answer.people, ...answer.others], answer.groups);
  const isEnabled = new Map<string, boolean>(users.map(({ id, isDisabled }: DirectoryUser) => [id, !isDisabled]));
  const peopleOf = new Map<string, string[]>();
  const belongs = (userId: string, person: string): void => {
    peopleOf.set(userId, [...(peopleOf.get(userId) ?? []), person]);
  };
  for (const [person, { id }] of userOf) belongs(id, person);
  for (const { userId, directoryId } of stored) if (userId !== null) belongs(userId, directoryId);
  const teamById = new Map(teams.map((team) => [team.id, team]));
  const actions: Membership[] = [];

  const fill = (team: MappedTeam, groupDns: readonly string[]): TeamOutcome => {
    const refusal = refuseTeam(team, administratorRoles);
    if (refusal !== null) return untouched(team.id, team.members.length, refusal);
    const groups = groupDns.map(membersOf);
    const trouble = troubleOf(groups);
    const named = new Set(groups.flatMap((group) => [...(group?.ids ?? [])]));
    const wanted = new Set([...named].flatMap((person) => userOf.get(person)?.id ?? []));
    const now = new Set(team.members);
    const mayRemove = (id: string): boolean => {
      const people = peopleOf.get(id) ?? [];
      return people.length > 0 && !people.some((person) => named.has(person)) && !claimed.has(id);
    };
    // Who is disabled in Dynamics cannot use what a team gives: they are left as they are.
    const enabled = (id: string): boolean => isEnabled.get(id) === true;
    const added = [...wanted].filter((id) => !now.has(id) && enabled(id));
    const removed = trouble === null ? [...now].filter((id) => !wanted.has(id) && enabled(id) && mayRemove(id)) : [];
    for (const userId of added) actions.push({ kind: 'add-member', teamId: team.id, userId });
    for (const userId of removed) actions.push({ kind: 'remove-member', teamId: team.id, userId });
    return {
      teamId: team.id,
      wanted: wanted.size,
      now: now.size,
      added: added.length,
      removed: removed.length,
      unreadable: groups.reduce((sum, group) => sum + (group?.unreadable ?? 0), 0),
      trouble,
    };
  };

  const groupsOf = new Map<string, string[]>();
  for (const { teamId, groupDn } of mappings) groupsOf.set(teamId, [...(groupsOf.get(teamId) ?? []), groupDn]);
  const outcomes = [...groupsOf].map(([teamId, groupDns]) => {
    const team = teamById.get(teamId);
    return team === undefined ? untouched(teamId, 0, 'no-team') : fill(team, groupDns);
  });
  return { actions, outcomes };
}
