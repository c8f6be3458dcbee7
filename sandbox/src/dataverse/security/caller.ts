export type ColumnRight = 'canread' | 'cancreate' | 'canupdate';

/** `table.column` of a secured column → what the caller's profiles give on it. Columns without a grant are closed. */
export type ColumnGrants = ReadonlyMap<string, ReadonlySet<ColumnRight>>;

/** Who asks, with the privileges that all their roles and teams add up to. */
export interface Caller {
  readonly userId: string;
  readonly businessUnitId: string;
  readonly azureObjectId: string;
  readonly isAdministrator: boolean;
  readonly roleNames: readonly string[];
  readonly roleIds: readonly string[];
  readonly teamIds: ReadonlySet<string>;
  /** Privilege name in lower case → highest depth mask (1, 2, 4, 8). */
  readonly privileges: ReadonlyMap<string, number>;
  /** What column security profiles give. */
  readonly columnGrants: ColumnGrants;
  /** Business units of the caller's own and below, for depth Deep. */
  readonly businessUnitTree: ReadonlySet<string>;
  /** The one who is impersonating, when a CallerObjectId or MSCRMCallerID header came; else the same as `userId`. */
  readonly initiatingUserId: string;
}
