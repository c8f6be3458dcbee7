/** Parts of a duration with their units, those that are 0 left out; the units are the same in both languages (R-1825). */
export function formatDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([value, unit]) => (value ? [`${value}\u00a0${unit}`] : [])).join('\u00a0') || '0\u00a0min';
}

/** Hours and minutes as a list shows them: 7:30. */
export const formatHours = (seconds: number): string =>
  `${Math.floor(seconds / 3_600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}`;
