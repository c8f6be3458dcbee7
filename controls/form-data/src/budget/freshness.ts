import { type FailureCode, ProvisioningState } from '@crmjira/domain';
import type { Mapping } from './mapping';

/** How far the figures of a mapping can be trusted to be today's. */
export type Freshness =
  | { readonly kind: 'fresh' }
  /** the last sync failed: `since` is when that was noted; `reason` is null while Jira just does not answer */
  | {
      readonly kind: 'failing';
      readonly since: string;
      readonly figuresFrom: string;
      readonly reason: string | null;
    }
  /** no error, but the daily sync has been missed: neither this mapping nor its connection was synced since */
  | { readonly kind: 'old'; readonly figuresFrom: string };

/** A day and two hours: the daily sync with room for a slow one; milliseconds. */
const OLD_AFTER = 26 * 3_600_000;

/**
 * How the integration words a failure that may pass by itself (Jira down, slow or asking to wait); anything else is a reason of
 * its own that somebody has to act on, and is shown as it stands. So is a Tempo that is away: Jira, which is named otherwise, answers.
 */
const UNREACHABLE = /^(?!Tempo).*(tried again|retry automatically|unreachable)/i;

/** Whether a stored failure means that Jira does not answer, or asks to wait. */
export function isUnreachable(lastError: string | null): boolean {
  return UNREACHABLE.test(lastError ?? '');
}

/** Whether the project is held back until an administrator releases it (R-2305): the only failure that no run takes away. */
export function isHeld({ lastErrorCode }: Pick<Mapping, 'lastErrorCode'>): boolean {
  return lastErrorCode === ('provisioning-held' satisfies FailureCode);
}

/** What is looked at to tell; a row of a list knows no more. */
export type Synced = Pick<
  Mapping,
  'completedOn' | 'provisioning' | 'lastError' | 'since' | 'createdOn' | 'lastSyncOn' | 'ageIsKnown'
>;

/** @param now instant of the newest reading */
export function freshness(mapping: Synced, now: string): Freshness {
  const { completedOn, provisioning, lastError, lastSyncOn, createdOn } = mapping;
  if (completedOn || provisioning !== ProvisioningState.Linked) return { kind: 'fresh' };
  // Never synced: the figures are those of its creation.
  const figuresFrom = lastSyncOn ?? createdOn ?? now;
  if (lastError) {
    return {
      kind: 'failing',
      // Of a failure noted before its beginning was kept no more is known than that the figures were right before.
      since: mapping.since ?? figuresFrom,
      figuresFrom,
      reason: isUnreachable(lastError) ? null : lastError,
    };
  }
  return lastSyncOn && mapping.ageIsKnown && isLongAgo(lastSyncOn, now)
    ? { kind: 'old', figuresFrom }
    : { kind: 'fresh' };
}

/**
 * When a failed run is tried again by itself; null where none is due, and for one that is past: it was not told of anew, because the
 * wait for the next was too short to be written.
 */
export function nextTry({ nextRetryOn }: Pick<Mapping, 'nextRetryOn'>, now: string): string | null {
  return nextRetryOn && Date.parse(nextRetryOn) > Date.parse(now) ? nextRetryOn : null;
}

/** Whether a daily sync must have been missed since. */
export function isLongAgo(syncedOn: string, now: string): boolean {
  return Date.parse(now) - Date.parse(syncedOn) > OLD_AFTER;
}
