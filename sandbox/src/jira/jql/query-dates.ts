import { entryOf } from '@crmjira/domain';
/** How JQL writes moments: absolute, relative to now, or by function. The site's zone is UTC. */
const ABSOLUTE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/;
const PERIOD = /^([+-]?)((?:\d+[yMwdhm]\s*)+)$/;
const SECONDS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60 };

function shift(from: Date, sign: number, text: string): Date {
  const moved = new Date(from);
  for (const [, count, unit] of text.matchAll(/(\d+)([yMwdhm])/g)) {
    const amount = sign * Number(count);
    if (unit === 'y') moved.setUTCFullYear(moved.getUTCFullYear() + amount);
    else if (unit === 'M') moved.setUTCMonth(moved.getUTCMonth() + amount);
    else moved.setTime(moved.getTime() + amount * 1000 * (entryOf(SECONDS, unit ?? 'd') ?? 0));
  }
  return moved;
}

/** Moment a text stands for, null when JQL would not read it. A bare period lies ahead, `-7d` behind. */
export function readQueryDate(text: string, now: Date): Date | null {
  const absolute = ABSOLUTE.exec(text.trim());
  if (absolute) {
    const [, year, month, day, hour = '0', minute = '0'] = absolute;
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    return new Date(time).getUTCMonth() === Number(month) - 1 ? new Date(time) : null;
  }
  const period = PERIOD.exec(text.trim());
  if (period) return shift(now, period[1] === '-' ? -1 : 1, period[2] ?? '');
  return /^\d{9,}$/.test(text) ? new Date(Number(text)) : null;
}

type Unit = 'Day' | 'Week' | 'Month' | 'Year';

function startOf(unit: Unit, moment: Date): Date {
  const start = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
  if (unit === 'Week') start.setUTCDate(start.getUTCDate() - start.getUTCDay());
  if (unit === 'Month') start.setUTCDate(1);
  if (unit === 'Year') start.setUTCMonth(0, 1);
  return start;
}

function next(unit: Unit, start: Date, by: number): Date {
  const moved = new Date(start);
  if (unit === 'Day') moved.setUTCDate(moved.getUTCDate() + by);
  if (unit === 'Week') moved.setUTCDate(moved.getUTCDate() + 7 * by);
  if (unit === 'Month') moved.setUTCMonth(moved.getUTCMonth() + by);
  if (unit === 'Year') moved.setUTCFullYear(moved.getUTCFullYear() + by);
  return moved;
}

/** `now()`, `startOfMonth(-1)`, `endOfDay()` and their kin; null for any other function. */
export function dateFunction(name: string, args: readonly string[], now: Date): Date | null {
  if (/^now$/i.test(name)) return now;
  const match = /^(start|end)Of(Day|Week|Month|Year)$/i.exec(name);
  if (!match) return null;
  const unit =
    (['Day', 'Week', 'Month', 'Year'] as const).find((u) => u.toLowerCase() === match[2]?.toLowerCase()) ?? 'Day';
  const argument = args[0] ?? '0';
  const plain = /^[+-]?\d+$/.test(argument);
  const base = plain ? now : (readQueryDate(argument, now) ?? now);
  const start = next(unit, startOf(unit, base), plain ? Number(argument) : 0);
  return match[1]?.toLowerCase() === 'start' ? start : new Date(next(unit, start, 1).getTime() - 1);
}
