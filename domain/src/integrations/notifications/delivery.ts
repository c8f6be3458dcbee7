import { repeatAfterMinutes } from '../schedule/due-run';

/** Notifications of one event that a target gets one by one in a minute; those beyond are told in one summary. */
export const mostInAMinute = 5;

const minuteMs = 60_000;

/**
 * How long a delivery waits that has failed of trouble that passes, in milliseconds: as runs do, and as long as the other side asks for.
 * null: it was tried often enough. Pure.
 * @param failures in a row, this one included
 */
export function deliveryPause(failures: number, retryAfterMs: number | undefined): number | null {
  const minutes = repeatAfterMinutes[failures - 1];
  return minutes === undefined ? null : Math.max(minutes * minuteMs, retryAfterMs ?? 0);
}
