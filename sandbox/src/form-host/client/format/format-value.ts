import { type Language, localeOf } from '../language';

/** Decimal places of money in the sandbox's currencies. */
const moneyDigits = 2;

/** `$250,000.00`, `250 000,00 $`; the sign of the currency without its country. */
export function formatMoney(value: number, currency: string, language: Language, digits = moneyDigits): string {
  return new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function formatNumber(value: number, language: Language, digits = 0): string {
  return new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** percent as stored: 18.4 → `18.4%`, `18,4 %` */
export function formatPercent(value: number, language: Language, digits = 1): string {
  return new Intl.NumberFormat(localeOf(language), {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value / 100);
}

/** A date-only value has no time zone: it is read and written in UTC. */
export function formatDay(value: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${value.slice(0, 10)}T00:00:00Z`),
  );
}

/** By the user's pattern of a time, which is `HH:mm` in both languages; what `Intl` writes in French is "21 h 50". */
export function formatClock(value: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(value);
}

export function formatInstant(value: string | Date, language: Language): string {
  const date = new Date(value);
  const day = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium' }).format(date);
  return `${day}, ${formatClock(date)}`;
}

const day = 86_400_000;

/**
 * How long ago, in the largest unit that says enough: `4 months`, `12 days`, `3 hours`; months only where wanted.
 * @returns null for less than a minute
 */
export function formatAge(since: string, now: Date, language: Language, inMonths = true): string | null {
  const elapsed = Math.max(0, now.getTime() - new Date(since).getTime());
  if (elapsed < 60_000) return null;
  const [value, unit] =
    inMonths && elapsed >= 60 * day
      ? [elapsed / (30 * day), 'month']
      : elapsed >= day
        ? [elapsed / day, 'day']
        : elapsed >= 3_600_000
          ? [elapsed / 3_600_000, 'hour']
          : [elapsed / 60_000, 'minute'];
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(value),
  );
}
