/** Read again each time, in minutes: Jira's search index lags behind by seconds, under load by minutes. */
const overlapMinutes = 5;

/**
 * Minutes to look back: since the last time, and the overlap. JQL counts them by Jira's own clock, so that it does not matter
 * whether ours agrees. Pure.
 */
export function minutesBack(cursor: number | null, now: number): number {
  const since = cursor === null ? 0 : Math.max(0, now - cursor);
  return Math.ceil(since / 60_000) + overlapMinutes;
}
