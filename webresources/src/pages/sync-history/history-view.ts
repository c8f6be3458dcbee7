import type { OwnConnection, TimeState } from '@crmjira/form-data';
import type { IssueCopy } from '../time-sync/read-copies';

/** Rows of a page of the list. */
export const PER_PAGE = 25;

/** Rows that are read at most (R-1812). */
export const LIMITS = [50, 100, 200, 500] as const;

export interface Filter {
  /** days on the person's clock, as 2025-05-16; empty: no bound */
  readonly from: string;
  readonly to: string;
  readonly status: 'all' | 'success' | 'failed';
  readonly most: (typeof LIMITS)[number];
}

/** One attempt to bring a time record and its worklog into agreement. */
export interface Attempt {
  readonly id: string;
  readonly at: string;
  readonly issueKey: string;
  readonly isFailed: boolean;
  /** it was to take the worklog from Jira */
  readonly isRemoval: boolean;
  readonly worklogId: string | null;
  /** in whole sentences, the first of which says it all; of a success what is to be known although it worked */
  readonly remark: string;
  /** null: it is gone, or not to be read */
  readonly record: {
    readonly id: string;
    readonly subject: string;
    readonly state: TimeState;
    readonly isOwn: boolean;
  } | null;
}

export interface History {
  /** newest first */
  readonly attempts: readonly Attempt[];
  /** of the period, whatever the status that is shown and the limit */
  readonly successes: number;
  readonly failures: number;
  readonly copies: ReadonlyMap<string, IssueCopy>;
  readonly connection: OwnConnection | null;
}

/** Rows that the filter names, of which the limit may leave some out. Pure. */
export const fitting = ({ successes, failures }: History, { status }: Filter): number =>
  status === 'success' ? successes : status === 'failed' ? failures : successes + failures;

/**
 * The attempts that can be tried again: the newest of each of the person's own records, while it is not in Jira (R-1832). One that is
 * being tried already is told apart. Pure.
 * @param attempts newest first @param asked records that are being tried from this page
 */
export function retries(
  attempts: readonly Attempt[],
  asked: ReadonlySet<string>,
): ReadonlyMap<string, 'offered' | 'running'> {
  const found = new Map<string, 'offered' | 'running'>();
  const seen = new Set<string>();
  for (const { id, isFailed, isRemoval, record } of attempts) {
    if (record === null || seen.has(record.id)) continue;
    seen.add(record.id);
    if (!isFailed || isRemoval || !record.isOwn) continue;
    if (asked.has(record.id) || record.state === 'syncing') found.set(id, 'running');
    else if (record.state === 'failed' || record.state === 'waiting') found.set(id, 'offered');
  }
  return found;
}

export type SortKey = 'at' | 'issue' | 'record' | 'status' | 'worklog' | 'error';
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

const SORTED_BY: Readonly<Record<SortKey, (attempt: Attempt) => string>> = {
  at: ({ at }) => at,
  issue: ({ issueKey }) => issueKey,
  record: ({ record }) => record?.subject ?? '',
  status: ({ isFailed }) => (isFailed ? '1' : '0'),
  worklog: ({ worklogId }) => worklogId ?? '',
  error: ({ remark }) => remark,
};

/** Equal ones stay in the order of their time. Pure. */
export function sorted(attempts: readonly Attempt[], { key, descending }: Sort): readonly Attempt[] {
  const of = SORTED_BY[key];
  const sign = descending ? -1 : 1;
  return [...attempts].sort((a, b) => sign * of(a).localeCompare(of(b), undefined, { numeric: key !== 'at' }));
}
