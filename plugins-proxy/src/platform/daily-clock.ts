/** When a day's work becomes due: a time of the wall clock somewhere. */
export interface DailyClock {
  /** 0…23 */
  readonly hour: number;
  /** 0…59 */
  readonly minute: number;
  /** IANA name */
  readonly zone: string;
}

/** 06:00 where the finance people are, summer and winter. */
export const financeClock: DailyClock = { hour: 6, minute: 0, zone: 'America/Toronto' };

const dayMs = 86_400_000;

const readers = new Map<string, Intl.DateTimeFormat>();

function readerOf(zone: string): Intl.DateTimeFormat {
  const reader =
    readers.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  readers.set(zone, reader);
  return reader;
}

/** What clocks of the zone show at an instant, as if it were UTC; milliseconds, whole seconds. */
function wallAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    readerOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/**
 * The instant at which clocks of the zone first show a time. A time that is skipped in spring comes as much later as the clocks were put
 * on; one that comes twice in autumn counts the first time.
 */
function firstInstantOf(wall: number, zone: string): number {
  const before = wall - (wallAt(wall - dayMs, zone) - (wall - dayMs));
  const after = wall - (wallAt(wall + dayMs, zone) - (wall + dayMs));
  const shown = [before, after].filter((instant) => wallAt(instant, zone) === wall);
  return shown.length === 0 ? before : Math.min(...shown);
}

/** The day that calendars of the zone show at an instant, `yyyy-MM-dd`. @param zone IANA name; of one that is not known the day is UTC's */
export function dayAt(instant: string, zone: string): string {
  const at = Date.parse(instant);
  try {
    return new Date(wallAt(at, zone)).toISOString().slice(0, 10);
  } catch (error) {
    if (error instanceof RangeError) return new Date(at).toISOString().slice(0, 10);
    throw error;
  }
}

/** The local day whose work is due by now: today from the time on, before it yesterday. Never goes back as time goes on. Pure. */
export function dueDay(now: Date, { hour, minute, zone }: DailyClock = financeClock): string {
  const today = Math.floor(wallAt(now.getTime(), zone) / dayMs) * dayMs;
  const due = firstInstantOf(today + (hour * 60 + minute) * 60_000, zone) <= now.getTime();
  return new Date(due ? today : today - dayMs).toISOString().slice(0, 10);
}
