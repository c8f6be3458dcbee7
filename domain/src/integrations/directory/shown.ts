import type { TeamOutcome } from './plan-teams';

/** So many groups a test lists, for a page to map. */
export const mostGroupsShown = 500;
/** So many people each list of a preview names; its counts are of all. */
export const mostShown = 30;

/** What a test finds of a directory: `found` of its answer, as far as it came. */
export interface DirectoryFound {
  /** Who signed the server's certificate, and until when it holds. */
  readonly issuer: string;
  readonly validTo: string;
  readonly flavour: 'active-directory' | 'ldap';
  /** How many people the search finds; counted to a bound. */
  readonly people: number;
  /** Whether there are more than were counted. */
  readonly morePeople: boolean;
  readonly groups: readonly { readonly dn: string; readonly name: string }[];
  /** Whether there are more than are listed. */
  readonly moreGroups: boolean;
}

/** Who would come into a team or leave it. */
export interface ShownMembership {
  readonly teamId: string;
  readonly team: string;
  readonly userId: string;
  readonly user: string;
}

/** Somebody of the directory. */
export interface ShownPerson {
  readonly dn: string;
  readonly upn: string | null;
  /** Name of the user; null: none. */
  readonly user: string | null;
}

/** What would be done to a team, and its name. */
export interface ShownTeam extends TeamOutcome {
  readonly name: string;
}

/** What a dry run of a directory shows: `preview` of its answer. Nothing has been changed. */
export interface DirectoryPreview {
  readonly people: {
    readonly read: number;
    readonly matched: number;
    readonly withoutUser: number;
    /** Of these nobody can say which user they are. */
    readonly ambiguous: number;
    /** Disabled in the directory, although the user may sign in to Dynamics. */
    readonly flagged: number;
    readonly disabledOnBothSides: number;
  };
  /** Of all, those that wait for *Confirm run* included. */
  readonly counts: {
    readonly added: number;
    readonly removed: number;
    readonly flagged: number;
    /** People who lose access. */
    readonly losing: number;
  };
  readonly added: readonly ShownMembership[];
  readonly removed: readonly ShownMembership[];
  readonly flagged: readonly ShownPerson[];
  readonly withoutUser: readonly ShownPerson[];
  readonly teams: readonly ShownTeam[];
  /** How many removals and flags a run may do unasked, and how many are beyond it. */
  readonly brake: number;
  readonly held: number;
  /** What *Confirm run* confirms: fingerprints of removals and flags, one after the other. */
  readonly wishes: string;
}
