import type { Snapshot } from '@crmjira/form-data';

/**
 * First day of the days in a row, up to the newest, on which more was spent than approved; null when the newest day is not over.
 * @param snapshots ascending by day
 */
export function overSince(snapshots: readonly Snapshot[]): string | null {
  let since: string | null = null;
  for (const { day, spent, approved } of snapshots) since = spent.minor > approved.minor ? (since ?? day) : null;
  return since;
}
