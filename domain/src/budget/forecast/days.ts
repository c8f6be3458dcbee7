const MILLISECONDS_A_DAY = 86_400_000;

/** Whole days since 1970-01-01 of a calendar day `yyyy-MM-dd`: days can then be counted and compared as numbers. */
export function dayNumber(day: string): number {
  // A date without a time is read as UTC.
  return Math.round(Date.parse(day) / MILLISECONDS_A_DAY);
}

/** The calendar day `yyyy-MM-dd` of a day number; fractions are cut off. */
export function dayFromNumber(number: number): string {
  return new Date(number * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}
