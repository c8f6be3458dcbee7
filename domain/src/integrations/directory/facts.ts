/** Why an answer is not planned from. */
export type IncompleteReason = 'time-out' | 'size-limit' | 'referral' | 'cut-off' | 'no-people';

/** A person of the directory: an account that may belong to a user of Dynamics. */
export interface DirectoryPerson {
  /** Never used again for somebody else: objectGUID or entryUUID. */
  readonly id: string;
  readonly dn: string;
  /** null: the directory has none. */
  readonly upn: string | null;
  readonly mail: string | null;
  /** Disabled or expired. */
  readonly isDisabled: boolean;
}

/** What a group names besides people and groups that were searched for: contacts, accounts that are left out or stand elsewhere. */
export interface DirectoryEntry {
  readonly id: string;
  readonly dn: string;
}

/** A group of the directory, found by the search or named by one that was. */
export interface DirectoryGroup {
  readonly id: string;
  readonly dn: string;
  /** Distinguished names of its direct members: people, groups and what else the directory holds. */
  readonly members: readonly string[];
}

/** What the directory answered. */
export type DirectoryAnswer =
  | {
      readonly isWhole: true;
      readonly people: readonly DirectoryPerson[];
      readonly groups: readonly DirectoryGroup[];
      readonly others: readonly DirectoryEntry[];
    }
  | { readonly isWhole: false; readonly reason: Exclude<IncompleteReason, 'no-people'> };

/** A user of Dynamics. */
export interface DirectoryUser {
  readonly id: string;
  /** User name, usually the UPN of Entra. */
  readonly userName: string | null;
  readonly mail: string | null;
  readonly isDisabled: boolean;
}

/** A security role as a team holds it. */
export interface TeamRole {
  /** The role of the root business unit that it is a copy of, or its own id. */
  readonly rootId: string;
  /** What Microsoft names its own roles by in every environment; null: not one of Microsoft's. */
  readonly templateId: string | null;
}

/** A team of Dynamics that a mapping names. */
export interface MappedTeam {
  readonly id: string;
  readonly type: 'owner' | 'access' | 'entra-security' | 'entra-office';
  /** The team that each business unit has by itself; its members cannot be chosen. */
  readonly isDefault: boolean;
  readonly roles: readonly TeamRole[];
  /** Ids of the users in it. */
  readonly members: readonly string[];
}

/** Whose members a team has. */
export interface GroupMapping {
  readonly groupDn: string;
  readonly teamId: string;
}

/** What a row tells of a person. */
export interface PersonState {
  readonly dn: string;
  readonly upn: string | null;
  /** The user matched; null: none. */
  readonly userId: string | null;
  readonly state: 'matched' | 'without-user' | 'disabled' | 'not-found';
}

/** The row of a person whom an earlier run saw. */
export interface StoredPerson extends PersonState {
  readonly directoryId: string;
}

/** Both sides of one directory, as they were read. */
export interface DirectoryFacts {
  readonly answer: DirectoryAnswer;
  readonly users: readonly DirectoryUser[];
  readonly teams: readonly MappedTeam[];
  readonly mappings: readonly GroupMapping[];
  readonly stored: readonly StoredPerson[];
  /** Keys of removals and flags that an administrator has confirmed (`wishKey`). */
  readonly confirmed: Pick<ReadonlySet<string>, 'has'>;
  /** Percent of the mapped memberships that one run may take away unasked. */
  readonly brakePercent: number;
  /** Root ids of the roles of this product that let people administer it. */
  readonly administratorRoles: ReadonlySet<string>;
}
