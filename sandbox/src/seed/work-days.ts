const DAY = 86_400_000;

/** `yyyy-MM-dd` of the day so many days from a moment, in UTC. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
}

/** Monday to Friday, from one day to another, both included. */
export function workDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY) {
    const weekday = new Date(time).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

/** ISO instant of a time of day (UTC) on a day, whole seconds as Dataverse keeps them. */
export function at(day: string, hour: number, minute = 0): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${day}T${pad(hour)}:${pad(minute)}:00Z`;
}
