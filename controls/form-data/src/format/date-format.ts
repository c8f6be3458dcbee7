/** What a user's settings say about dates and times, as Dynamics sends them (.NET DateTimeFormatInfo). */
export interface DatePattern {
  /** twelve names, January first */
  readonly months: readonly string[];
  /** `MMMM d` or `d MMMM`: only the order counts */
  readonly monthDay: string;
  /** between a day and a time of day: a space, ` à ` in French */
  readonly joint: string;
  /** before the first and before the last of two days: nothing and a dash, `du ` and ` au ` */
  readonly fromTo: readonly [string, string];
  /** e.g. `HH:mm` or `h:mm tt` */
  readonly shortTime: string;
  readonly am: string;
  readonly pm: string;
  /** minutes to add to UTC for the user's clock at that instant; west is negative */
  readonly offsetMinutes: (at: Date) => number;
}

const MINUTE = 60_000;

/** Calendar day `yyyy-MM-dd` of an instant on the user's clock. */
export function userDay(instant: string, pattern: DatePattern): string {
  return onUserClock(instant, pattern).toISOString().slice(0, 10);
}

function onUserClock(instant: string, pattern: DatePattern): Date {
  const at = new Date(instant);
  return new Date(at.getTime() + pattern.offsetMinutes(at) * MINUTE);
}

/** Day of the month, 1…31, of `yyyy-MM-dd`. */
function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}

function monthFirst(pattern: DatePattern): boolean {
  return pattern.monthDay.indexOf('M') < pattern.monthDay.indexOf('d');
}

/** Month of a calendar day, short: Jun. */
export function formatMonth(day: string, pattern: DatePattern): string {
  return pattern.months[Number(day.slice(5, 7)) - 1] ?? '';
}

/** Day without its year: Jun 16, or 16 juin. */
export function formatDayShort(day: string, pattern: DatePattern): string {
  const written = [formatMonth(day, pattern), dayOfMonth(day)];
  return (monthFirst(pattern) ? written : written.reverse()).join('\u00a0');
}

/** Day with its year: Jun 16, 2025, or 16 juin 2025. */
export function formatDay(day: string, pattern: DatePattern): string {
  return formatDayShort(day, pattern) + (monthFirst(pattern) ? ', ' : '\u00a0') + day.slice(0, 4);
}

/** Two days without repeating what they share: Jun 9–19, 2025; May 20–Jun 13, 2025; du 9 au 19 juin 2025. */
export function formatDayRange(from: string, to: string, pattern: DatePattern): string {
  const last = formatDay(to, pattern);
  if (from === to) return last;
  const [before, dash] = pattern.fromTo;
  const range = (first: string): string => before + first + dash + last;
  if (from.slice(0, 4) !== to.slice(0, 4)) return range(formatDay(from, pattern));
  if (from.slice(0, 7) !== to.slice(0, 7)) return range(formatDayShort(from, pattern));
  const day = String(dayOfMonth(from));
  return monthFirst(pattern) ? last.replace(/(?=\d+, )/, day + dash) : range(day);
}

/** Time of day on the user's clock: 14:02, or 2:02 PM. */
export function formatTime(instant: string, pattern: DatePattern): string {
  const at = onUserClock(instant, pattern);
  const hour = at.getUTCHours();
  const half = hour < 12 ? pattern.am : pattern.pm;
  const parts: Readonly<Record<string, number>> = { H: hour, h: hour % 12 || 12, m: at.getUTCMinutes() };
  // 'text' between quotes stands as it is; t is the first letter of AM or PM, tt all of it.
  return pattern.shortTime.replace(/'([^']*)'|HH?|hh?|mm?|tt?/g, (token, quoted?: string) => {
    const part = parts[token.charAt(0)];
    if (part !== undefined) return String(part).padStart(token.length, '0');
    return quoted ?? (token === 'tt' ? half : half.charAt(0));
  });
}

/** The time of day; with its date when it is not today: 14:02, or May 14, 2025 14:02. */
export function formatMoment(instant: string, now: string, pattern: DatePattern): string {
  const time = formatTime(instant, pattern);
  const day = userDay(instant, pattern);
  return day === userDay(now, pattern) ? time : formatDay(day, pattern) + pattern.joint + time;
}

/** Date and time of day: May 16, 2025 13:00. */
export function formatDateTime(instant: string, pattern: DatePattern): string {
  return formatDay(userDay(instant, pattern), pattern) + pattern.joint + formatTime(instant, pattern);
}
