import type { PersonState } from './facts';

interface PersonRow {
  readonly directoryId: string;
  readonly isNew: boolean;
  readonly person: PersonState;
}

interface Membership {
  readonly teamId: string;
  readonly userId: string;
}

/** One thing that a run does. Users are never created, disabled or deleted. */
export type DirectoryAction =
  | ({ readonly kind: 'see-person' } & PersonRow)
  /** The row that tells an administrator about somebody who can still sign in to Dynamics. */
  | ({ readonly kind: 'flag-person' } & PersonRow)
  | ({ readonly kind: 'add-member' } & Membership)
  | ({ readonly kind: 'remove-member' } & Membership);

/** What takes something away from somebody, or tells on them: it can wait for an administrator. */
export type DirectoryWish = Extract<DirectoryAction, { kind: 'flag-person' | 'remove-member' }>;
