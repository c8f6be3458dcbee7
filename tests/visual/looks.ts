export interface Look {
  readonly name: string;
  readonly language: 1033 | 3084;
  readonly theme: 'light' | 'dark';
  readonly forcedColors: boolean;
}

/** Every way of looking with each language at least once; each is taken at every width. */
export const looks: readonly Look[] = [
  { name: 'light-en', language: 1033, theme: 'light', forcedColors: false },
  { name: 'dark-fr', language: 3084, theme: 'dark', forcedColors: false },
  { name: 'forced-fr', language: 3084, theme: 'light', forcedColors: true },
];

/** CSS pixels of the control itself: a column on a phone, half a form, a whole row (UX.md). */
export const widths = [300, 640, 1280] as const;
