import { addDays, dayOf } from '../calendar/calendar';

/** Time that a person has entered, as a week counts it. A running record is not counted: nobody knows its end. */
export interface TimeOfDay {
  /** `yyyy-MM-dd` on the person's calendar */
  readonly day: string;
  readonly seconds: number;
  /** part of it that Jira has */
  readonly inJira: number;
}

export interface DayTotal extends TimeOfDay {
  /** expected of this day, seconds; 0 on a weekend */
  readonly target: number;
  /** still to be entered; 0 for a day that is to come */
  readonly left: number;
}

export interface WeekTotal {
  /** seven, Monday first */
  readonly days: readonly DayTotal[];
  readonly seconds: number;
  readonly target: number;
  /** missing on the days until today; a long day offsets nothing */
  readonly left: number;
}

const WORKING_DAYS = 5;

/** Monday of the week that a day is in. */
export function mondayOf(day: string): string {
  // 1970 began on a Thursday; getUTCDay counts from Sunday.
  return dayOf(addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)));
}

/**
 * Hours of a week against what is expected of its working days (R-1831).
 * @param monday first day @param today on the person's calendar @param target of a working day, minutes (`crmjira_DailyTargetMinutes`)
 */
export function totalWeek(monday: string, today: string, target: number, times: readonly TimeOfDay[]): WeekTotal {
  const days = Array.from({ length: 7 }, (_, index): DayTotal => {
    const day = dayOf(addDays(monday, index));
    const own = times.filter((time) => time.day === day);
    const seconds = sum(own.map((time) => time.seconds));
    const wanted = index < WORKING_DAYS ? target * 60 : 0;
    return {
      day,
      seconds,
      inJira: sum(own.map(({ inJira }) => inJira)),
      target: wanted,
      left: day > today ? 0 : Math.max(0, wanted - seconds),
    };
  });
  const total = (of: (day: DayTotal) => number): number => sum(days.map(of));
  return {
    days,
    seconds: total(({ seconds }) => seconds),
    target: total((day) => day.target),
    left: total(({ left }) => left),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
