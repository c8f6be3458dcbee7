/** Jira's default working time, which its duration texts count in. */
const HOUR = 3600;
const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ['w', 5 * 8 * HOUR],
  ['d', 8 * HOUR],
  ['h', HOUR],
  ['m', 60],
];

/** `144000` → `1w`; less than a minute is shown as `0m`. */
export function durationText(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join(' ') || '0m';
}

/** Seconds of `3h 30m`, `1.5h` or a bare number of minutes; null when Jira would not read it. */
export function readDuration(text: unknown): number | null {
  if (typeof text === 'number') return text >= 0 ? Math.round(text * 60) : null;
  if (typeof text !== 'string' || text.trim() === '') return null;
  let total = 0;
  for (const part of text.trim().toLowerCase().split(/\s+/)) {
    const match = /^(\d+(?:\.\d+)?)([wdhm]?)$/.exec(part);
    if (!match) return null;
    const size = UNITS.find(([unit]) => unit === (match[2] || 'm'))?.[1] ?? 60;
    total += Number(match[1]) * size;
  }
  return Math.round(total);
}
