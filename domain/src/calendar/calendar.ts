/** UTC calendar day of an instant: `yyyy-MM-dd`. */
export function dayOf(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The same day `months` later, or that month's last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** An instant whole days later, same time of day in UTC, without fractions of a second as Dataverse stores it. */
export function addDays(instant: string, days: number): string {
  const date = new Date(instant);
  date.setUTCDate(date.getUTCDate() + days);
  return wholeSecond(date.toISOString());
}

/** The Monday after an instant of a Saturday or Sunday (UTC), same time of day; any other is left as it is. */
export function afterWeekend(instant: string): string {
  const day = new Date(instant).getUTCDay();
  return day === 6 ? addDays(instant, 2) : day === 0 ? addDays(instant, 1) : instant;
}

/** `2025-01-20T17:30:15.123Z` → `2025-01-20T17:30:15Z`: Dataverse keeps whole seconds. */
export function wholeSecond(instant: string): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
