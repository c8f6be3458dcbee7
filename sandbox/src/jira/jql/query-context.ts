import type { IssueRow, UserRow } from '../site/rows';
import type { View } from '../views/view';

export type Test = (issue: IssueRow) => boolean;

export interface CompiledQuery {
  readonly matches: Test;
  readonly compare: (left: IssueRow, right: IssueRow) => number;
  /** has a search restriction; Cloud refuses to search without one */
  readonly bounded: boolean;
  /** the only project that it can find issues of; null = of any */
  readonly projectId: string | null;
}

export interface QueryContext {
  readonly view: View;
  readonly user: UserRow | null;
  readonly now: Date;
}
