import { ErrorClass, SyncTrigger } from '../../schema/generated/options';

/** A run that has ended, as its row tells of it; dry runs are none. */
export interface PastRun {
  readonly startedOn: Date;
  readonly finishedOn: Date;
  readonly succeeded: boolean;
  readonly errorClass: ErrorClass | null;
}

/** A failed run is repeated after these, in minutes, then as the schedule says. */
export const repeatAfterMinutes = [5, 10, 20, 40] as const;
const minuteMs = 60_000;

/** Trouble that passes by itself; the rest waits for a person, or for the next run of the schedule. */
const passing: ReadonlySet<ErrorClass | null> = new Set([
  ErrorClass.Unreachable,
  ErrorClass.Timeout,
  ErrorClass.RateLimit,
  null,
]);

/**
 * Why a run is due now; null: none is. Pure: all replicas and every start of the service come to the same, as it asks only what rows say.
 * @param runs the newest first
 * @param everyMinutes null: not on a schedule
 */
export function dueRun(
  runs: readonly PastRun[],
  everyMinutes: number | null,
  now: Date,
): typeof SyncTrigger.Scheduled | typeof SyncTrigger.Retry | null {
  if (everyMinutes === null) return null;
  const [last] = runs;
  if (last === undefined) return SyncTrigger.Scheduled;
  const since = (at: Date): number => now.getTime() - at.getTime();
  const isOver = (at: Date, minutes: number): boolean => since(at) >= minutes * minuteMs || since(at) < -minuteMs;
  const firstSuccess = runs.findIndex(({ succeeded }) => succeeded);
  const failures = firstSuccess === -1 ? runs.length : firstSuccess;
  const pause = repeatAfterMinutes[failures - 1];
  if (failures > 0 && pause !== undefined && passing.has(last.errorClass) && isOver(last.finishedOn, pause))
    return SyncTrigger.Retry;
  return isOver(last.startedOn, everyMinutes) ? SyncTrigger.Scheduled : null;
}
