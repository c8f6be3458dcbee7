import type { Language } from '@crmjira/domain';

/** Numbers and instants as the person at the page reads them. */
export interface PageFormat {
  readonly number: (value: number, digits?: number) => string;
  /** @param value of 100 */
  readonly percent: (value: number, digits: number) => string;
  /** `13:05` today, else with the day */
  readonly time: (instant: string, now: string) => string;
  /** `May 16`, of a UTC day `2025-05-16` */
  readonly day: (day: string) => string;
  /** `May 16, 2025 13:05:34` */
  readonly stamp: (instant: string) => string;
  /** `January 6 – May 9, 2025`, of UTC days */
  readonly period: (from: string, to: string) => string;
  /** day of an instant on the person's clock, as `2025-05-16` */
  readonly dayOf: (instant: string) => string;
  /** instant at which a day of the person's clock begins. @param later days after it */
  readonly startOf: (day: string, later?: number) => string;
}

/** @param offsetMinutes of the user's time zone from UTC at an instant, which need not be the browser's */
export function pageFormat(language: Language, offsetMinutes: (at: Date) => number): PageFormat {
  const locale = language === 3084 ? 'fr-CA' : 'en-CA';
  const shifted = (instant: string): Date => {
    const at = new Date(instant);
    return new Date(at.getTime() + offsetMinutes(at) * 60_000);
  };
  const clock = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const longDates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const longDays = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const clockOf = (at: Date): string => clock.format(at).replace(/\s?h\s?/, ':');
  return {
    number,
    percent: (value, digits) => `${number(value, digits)}${language === 3084 ? '\u00a0%' : '%'}`,
    time: (instant, now) => {
      const at = shifted(instant);
      const isToday = at.toISOString().slice(0, 10) === shifted(now).toISOString().slice(0, 10);
      return isToday ? clockOf(at) : `${days.format(at)} ${clockOf(at)}`;
    },
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    stamp: (instant) => {
      const at = shifted(instant);
      return `${dates.format(at)} ${at.toISOString().slice(11, 19)}`;
    },
    period: (from, to) => {
      const isOneYear = from.slice(0, 4) === to.slice(0, 4);
      return `${(isOneYear ? longDays : longDates).format(new Date(`${from}T00:00:00Z`))} – ${longDates.format(new Date(`${to}T00:00:00Z`))}`;
    },
    dayOf: (instant) => shifted(instant).toISOString().slice(0, 10),
    startOf: (day, later = 0) => {
      const midnight = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
      return new Date(midnight - offsetMinutes(new Date(midnight)) * 60_000).toISOString();
    },
  };
}
