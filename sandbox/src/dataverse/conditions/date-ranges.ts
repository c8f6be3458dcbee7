import { entryOf } from '@crmjira/domain';

/** Half-open: `from <= value < to`; in UTC, weeks begin on Sunday as in the organisation's defaults. */
export interface DateRange {
  readonly from?: Date;
  readonly to?: Date;
}

type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';

function startOf(unit: Unit | 'quarter', at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (unit) {
    case 'hour':
      return new Date(Date.UTC(year, month, day, at.getUTCHours()));
    case 'day':
      return new Date(Date.UTC(year, month, day));
    case 'week':
      return new Date(Date.UTC(year, month, day - at.getUTCDay()));
    case 'month':
      return new Date(Date.UTC(year, month, 1));
    case 'quarter':
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case 'year':
      return new Date(Date.UTC(year, 0, 1));
  }
}

function plus(unit: Unit | 'quarter' | 'minute', at: Date, count: number): Date {
  const date = new Date(at);
  if (unit === 'minute') date.setUTCMinutes(date.getUTCMinutes() + count);
  if (unit === 'hour') date.setUTCHours(date.getUTCHours() + count);
  if (unit === 'day') date.setUTCDate(date.getUTCDate() + count);
  if (unit === 'week') date.setUTCDate(date.getUTCDate() + 7 * count);
  if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + count);
  if (unit === 'quarter') date.setUTCMonth(date.getUTCMonth() + 3 * count);
  if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + count);
  return date;
}

const whole = (unit: Unit | 'quarter', at: Date, offset: number): DateRange => {
  const from = startOf(unit, plus(unit, startOf(unit, at), offset));
  return { from, to: plus(unit, from, 1) };
};

const parsed = (value: string | undefined): Date => new Date(value ?? Number.NaN);

const fixed: Readonly<Record<string, (now: Date) => DateRange>> = {
  today: (now) => whole('day', now, 0),
  yesterday: (now) => whole('day', now, -1),
  tomorrow: (now) => whole('day', now, 1),
  'last-seven-days': (now) => ({ from: startOf('day', plus('day', now, -7)), to: plus('minute', now, 1) }),
  'next-seven-days': (now) => ({ from: now, to: plus('day', startOf('day', now), 8) }),
  ...Object.fromEntries(
    (['week', 'month', 'year'] as const).flatMap((unit) => [
      [`this-${unit}`, (now: Date) => whole(unit, now, 0)],
      [`last-${unit}`, (now: Date) => whole(unit, now, -1)],
      [`next-${unit}`, (now: Date) => whole(unit, now, 1)],
    ]),
  ),
  // Fiscal years and periods of the organisation: calendar years and quarters.
  'this-fiscal-year': (now) => whole('year', now, 0),
  'last-fiscal-year': (now) => whole('year', now, -1),
  'next-fiscal-year': (now) => whole('year', now, 1),
  'this-fiscal-period': (now) => whole('quarter', now, 0),
  'last-fiscal-period': (now) => whole('quarter', now, -1),
  'next-fiscal-period': (now) => whole('quarter', now, 1),
};

const counted: Readonly<Record<string, Unit>> = {
  hours: 'hour',
  days: 'day',
  weeks: 'week',
  months: 'month',
  years: 'year',
};

/** The stretch of time a date operator means; undefined when it is no date operator. */
export function dateRange(operator: string, values: readonly string[], now: Date): DateRange | undefined {
  const known = entryOf(fixed, operator);
  if (known) return known(now);
  const value = values[0];
  switch (operator) {
    case 'on':
      return whole('day', parsed(value), 0);
    case 'on-or-before':
      return { to: whole('day', parsed(value), 0).to };
    case 'on-or-after':
      return { from: startOf('day', parsed(value)) };
    case 'in-fiscal-year':
      return { from: new Date(Date.UTC(Number(value), 0, 1)), to: new Date(Date.UTC(Number(value) + 1, 0, 1)) };
  }
  const match = /^(last|next|olderthan)-x-(minutes|hours|days|weeks|months|years)$/.exec(operator);
  if (!match) return undefined;
  const [, direction = '', plural = ''] = match;
  const count = Number(value);
  if (direction === 'olderthan') return { to: plus(entryOf(counted, plural) ?? 'minute', now, -count) };
  const unit = entryOf(counted, plural) ?? 'hour';
  const floor = unit === 'hour' ? 'hour' : 'day';
  if (direction === 'last') return { from: startOf(floor, plus(unit, now, -count)), to: plus('minute', now, 1) };
  return { from: now, to: plus(floor, startOf(floor, plus(unit, now, count)), 1) };
}
