import type { DirectoryAction, DirectoryWish } from './actions';
import { applyBrake } from './brake';
import type { DirectoryFacts, IncompleteReason, PersonState, StoredPerson } from './facts';
import { matchPeople, type Matches } from './match-people';
import { planTeams, type TeamOutcome } from './plan-teams';

/** What a run is to do, and what it shows. */
export interface DirectoryPlan {
  /** Why nothing is planned at all; null: the answer is whole. */
  readonly refused: IncompleteReason | null;
  readonly actions: readonly DirectoryAction[];
  /** Waits until an administrator has confirmed it: more than the brake lets through. */
  readonly held: readonly DirectoryWish[];
  /** How many removals and flags a run may do unasked. */
  readonly brake: number;
  readonly people: {
    readonly read: number;
    readonly matched: number;
    readonly ambiguous: number;
    /** Disabled in the directory, although the user may sign in to Dynamics. */
    readonly flagged: number;
    readonly disabledOnBothSides: number;
  };
  readonly teams: readonly TeamOutcome[];
}

const nothing = (refused: IncompleteReason): DirectoryPlan => ({
  refused,
  actions: [],
  held: [],
  brake: 0,
  people: { read: 0, matched: 0, ambiguous: 0, flagged: 0, disabledOnBothSides: 0 },
  teams: [],
});

const stateOf = ({ dn, upn, userId, state }: PersonState): PersonState => ({ dn, upn, userId, state });

const sameState = (one: PersonState, other: PersonState): boolean =>
  one.dn === other.dn && one.upn === other.upn && one.userId === other.userId && one.state === other.state;

type Whole = Extract<DirectoryFacts['answer'], { isWhole: true }>;

const isFlag = ({ state }: PersonState): boolean => state === 'disabled' || state === 'not-found';

/**
 * What is left to do for the people: a row each, written when it changes. Who is disabled in the directory, or no longer found
 * in it, is flagged where a user is known: an administrator decides what follows from it.
 */
function planPeople(
  { stored, users }: DirectoryFacts,
  people: Whole['people'],
  { userOf }: Matches,
): readonly DirectoryAction[] {
  const maySignIn = new Set(users.filter(({ isDisabled }) => !isDisabled).map(({ id }) => id));
  const left = new Map<string, StoredPerson>(stored.map((person) => [person.directoryId, person]));
  const actions: DirectoryAction[] = [];
  const write = (directoryId: string, before: StoredPerson | undefined, person: PersonState): void => {
    if (before !== undefined && sameState(before, person)) return;
    const isNews = isFlag(person) && before?.state !== person.state && maySignIn.has(person.userId ?? '');
    const kind = isNews ? 'flag-person' : 'see-person';
    actions.push({ kind, directoryId, isNew: before === undefined, person });
  };
  for (const { id, dn, upn, isDisabled } of people) {
    const userId = userOf.get(id)?.id ?? null;
    const state = userId === null ? 'without-user' : isDisabled ? 'disabled' : 'matched';
    write(id, left.get(id), { dn, upn, userId, state });
    left.delete(id);
  }
  for (const gone of left.values())
    if (gone.userId !== null) write(gone.directoryId, gone, { ...stateOf(gone), state: 'not-found' });
  return actions;
}

/**
 * What a run of a directory is to do (R-1605). Nothing at all is planned from an answer that is not whole: a missing page is
 * no reason to take somebody's access away. Pure.
 */
export function planDirectory(facts: DirectoryFacts): DirectoryPlan {
  const { answer, confirmed, brakePercent } = facts;
  if (!answer.isWhole) return nothing(answer.reason);
  if (answer.people.length === 0) return nothing('no-people');
  const matches = matchPeople(answer.people, facts.users);
  const people = planPeople(facts, answer.people, matches);
  const teams = planTeams(facts, answer, matches);
  const mapped = teams.outcomes.reduce((sum, { now }) => sum + now, 0);
  const { done, held, brake } = applyBrake([...people, ...teams.actions], { confirmed, brakePercent, mapped });
  const disabled = answer.people.filter(({ id, isDisabled }) => isDisabled && matches.userOf.has(id));
  const onBoth = disabled.filter(({ id }) => matches.userOf.get(id)?.isDisabled === true).length;
  return {
    refused: null,
    actions: done,
    held,
    brake,
    people: {
      read: answer.people.length,
      matched: matches.userOf.size,
      ambiguous: matches.ambiguous.size,
      flagged: disabled.length - onBoth,
      disabledOnBothSides: onBoth,
    },
    teams: teams.outcomes,
  };
}
