/** Units with their length in seconds, and the seconds from which the next larger one is used. */
const UNITS = [
  ['second', 1, 60],
  ['minute', 60, 3_600],
  ['hour', 3_600, 172_800],
  ['day', 86_400, Infinity],
] as const;

function elapsed(from: string, to: string): readonly [unit: (typeof UNITS)[number][0], value: number] {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  const [unit, length] = UNITS.find(([, , below]) => seconds < below) ?? UNITS[0];
  return [unit, Math.floor(seconds / length)];
}

/** How long something took, in the largest fitting unit: 2 minutes, 20 seconds. */
export function formatElapsed(from: string, to: string, locale: string): string {
  const [unit, value] = elapsed(from, to);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** By locale: to make one takes as long as to write a hundred ages. */
const AGES: Record<string, Intl.RelativeTimeFormat> = {};

/** How long ago something was: 2 minutes ago, il y a 2 minutes. */
export function formatAgo(from: string, to: string, locale: string): string {
  const [unit, value] = elapsed(from, to);
  return (AGES[locale] ??= new Intl.RelativeTimeFormat(locale)).format(-value, unit);
}
