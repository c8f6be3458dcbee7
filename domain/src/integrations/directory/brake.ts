import type { DirectoryAction, DirectoryWish } from './actions';

/** So many removals and flags are everyday, however small the teams are. */
const everyday = 10;

const isWish = (action: DirectoryAction): action is DirectoryWish =>
  action.kind === 'remove-member' || action.kind === 'flag-person';

/** What an administrator confirms: the same wish has the same key in every run. */
export const wishKey = (wish: DirectoryWish): string =>
  wish.kind === 'remove-member' ? `remove ${wish.teamId} ${wish.userId}` : `flag ${wish.directoryId}`;

/**
 * Holds back removals and flags where there are more than a run may do unasked: ten, or a share of the mapped memberships.
 * What an administrator has confirmed does not count, so that a run does what its dry run showed although a little has changed since.
 * Either all of the others are held or none: half of a mistake is a mistake too.
 */
export function applyBrake(
  actions: readonly DirectoryAction[],
  {
    confirmed,
    brakePercent,
    mapped,
  }: { confirmed: Pick<ReadonlySet<string>, 'has'>; brakePercent: number; mapped: number },
): { readonly done: readonly DirectoryAction[]; readonly held: readonly DirectoryWish[]; readonly brake: number } {
  const brake = Math.max(everyday, Math.floor((mapped * brakePercent) / 100));
  const unasked = actions.filter(isWish).filter((wish) => !confirmed.has(wishKey(wish)));
  if (unasked.length <= brake) return { done: actions, held: [], brake };
  const held = new Set<DirectoryAction>(unasked);
  return { done: actions.filter((action) => !held.has(action)), held: unasked, brake };
}
