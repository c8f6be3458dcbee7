type Unit = 'second' | 'minute' | 'hour' | 'day';

const UNITS: readonly { readonly unit: Unit; readonly seconds: number; readonly below: number }[] = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3_600 },
  { unit: 'hour', seconds: 3_600, below: 172_800 },
  { unit: 'day', seconds: 86_400, below: Infinity },
];

function elapsed(from: string, to: string): { readonly unit: Unit; readonly value: number } {
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
  const step = UNITS.find((unit) => seconds < unit.below) ?? UNITS[0];
  return step ? { unit: step.unit, value: Math.floor(seconds / step.seconds) } : { unit: 'second', value: 0 };
}

/** How long something took, in the largest fitting unit: 2 minutes, 20 seconds. */
export function formatElapsed(from: string, to: string, locale: string): string {
  const { unit, value } = elapsed(from, to);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** How long ago something was: 2 minutes ago, il y a 2 minutes. */
export function formatAgo(from: string, to: string, locale: string): string {
  const { unit, value } = elapsed(from, to);
  return new Intl.RelativeTimeFormat(locale).format(-value, unit);
}
