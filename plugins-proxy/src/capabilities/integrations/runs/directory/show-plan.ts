import {
  type DirectoryAction,
  type DirectoryAnswer,
  type DirectoryPlan,
  type DirectoryPreview,
  type DirectoryWish,
  mostShown,
} from '@crmjira/domain';
import type { NamedTeam } from './read-dynamics';
import { wishesText } from './wishes';

/** What a plan is shown with. */
export interface ShownParts {
  readonly plan: DirectoryPlan;
  readonly people: Extract<DirectoryAnswer, { isWhole: true }>['people'];
  readonly teams: readonly NamedTeam[];
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

type Of<Kind extends DirectoryAction['kind']> = Extract<DirectoryAction, { kind: Kind }>;
const only = <Kind extends DirectoryAction['kind']>(
  actions: readonly DirectoryAction[],
  kind: Kind,
): readonly Of<Kind>[] => actions.filter((action): action is Of<Kind> => action.kind === kind);

/** All of it is the answer to a command, which has an end. */
const short = (name = ''): string => name.slice(0, 60);

/** What an administrator reads of a dry run, and confirms (R-1605). */
export async function showPlan({ plan, people, teams, namesOf }: ShownParts): Promise<DirectoryPreview> {
  const all: readonly DirectoryAction[] = [...plan.actions, ...plan.held];
  const added = only(all, 'add-member');
  const removed = only(all, 'remove-member');
  const flagged = only(all, 'flag-person');
  const without = only(all, 'see-person').filter(({ person }) => person.state === 'without-user');
  const wishes: readonly DirectoryWish[] = [...removed, ...flagged];
  const shown = [...added.slice(0, mostShown), ...removed.slice(0, mostShown)];
  const flags = flagged.slice(0, mostShown);
  const ids = [...shown.map(({ userId }) => userId), ...flags.flatMap(({ person }) => person.userId ?? [])];
  const userNames = await namesOf([...new Set(ids)]);
  const teamNames = new Map(teams.map(({ id, name }) => [id, name]));
  const member = ({ teamId, userId }: Of<'add-member' | 'remove-member'>) => ({
    teamId,
    team: short(teamNames.get(teamId)),
    userId,
    user: short(userNames.get(userId)),
  });
  const person = ({ person: { dn, upn, userId } }: Of<'flag-person' | 'see-person'>) => ({
    dn: dn.slice(0, 150),
    upn: upn?.slice(0, 100) ?? null,
    user: userId === null ? null : short(userNames.get(userId)),
  });
  const { read, matched, ambiguous } = plan.people;
  return {
    people: { ...plan.people, withoutUser: Math.max(0, people.length - matched - ambiguous), read },
    counts: {
      added: added.length,
      removed: removed.length,
      flagged: flagged.length,
      losing: new Set(removed.map(({ userId }) => userId)).size,
    },
    added: added.slice(0, mostShown).map(member),
    removed: removed.slice(0, mostShown).map(member),
    flagged: flags.map(person),
    withoutUser: without.slice(0, mostShown).map(person),
    teams: plan.teams.slice(0, mostShown).map((team) => ({ ...team, name: short(teamNames.get(team.teamId)) })),
    brake: plan.brake,
    held: plan.held.length,
    wishes: wishesText(wishes),
  };
}
