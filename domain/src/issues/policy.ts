import type { ValueMap } from './maps/value-map';

/** Who wins when both sides have changed a field; the other value stands in an entry either way. `merge`: labels, by element. */
export type ConflictPolicy = 'crm' | 'jira' | 'ask' | 'merge';

/** Settings of a connection. */
export interface IssuePolicy {
  readonly conflicts: Readonly<Record<'status' | 'priority' | 'summary' | 'label', ConflictPolicy>>;
  readonly statuses: ValueMap;
  readonly priorities: ValueMap;
  /** Characters that the record's title holds: what both sides can hold is compared. */
  readonly titleLength: number;
  /** Milliseconds after which no request of a run that was given up can reach Jira any more: lease and time-out. */
  readonly wireMs: number;
}

/** Status, priority and summary ask, labels merge. */
export const DEFAULT_CONFLICTS: IssuePolicy['conflicts'] = {
  status: 'ask',
  priority: 'ask',
  summary: 'ask',
  label: 'merge',
};
