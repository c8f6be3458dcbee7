/** Days running on which an error must have been seen to be escalated (R-1508). */
export const escalationDays = 3;

/**
 * Errors that were seen on `today` and on each of the days before it, three in all (R-1508). Pure.
 * @param seen code of the error → UTC days on which it was seen
 */
export function errorsToEscalate(seen: ReadonlyMap<string, ReadonlySet<string>>, today: string): readonly string[] {
  const days = Array.from({ length: escalationDays }, (_, back) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10),
  );
  return [...seen].flatMap(([code, on]) => (days.every((day) => on.has(day)) ? [code] : [])).sort();
}

/** Rows of a month may exceed those of the month before by this many percent before scaling is proposed (R-1508). */
export const growthLimitPercent = 50;

/** Growth over the month before, in whole percent; null when there is nothing to compare with. Pure. */
export function growthPercent(now: number, before: number | null): number | null {
  return before === null || before === 0 ? null : Math.round((100 * (now - before)) / before);
}
