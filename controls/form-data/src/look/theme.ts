import { contrast } from './contrast';

/** How a control is coloured: the style sheet's light or dark palette, and what the host's theme puts in its place. */
export interface Look {
  readonly dark: boolean;
  /** custom properties of the style sheet, e.g. `--crmjira-brand` */
  readonly colours: Readonly<Record<string, string>>;
}

/** What the host may say about its theme; every part may be missing. */
export interface HostTheme {
  readonly isDarkTheme?: boolean;
  readonly tokenTheme?: Readonly<Record<string, unknown>>;
  readonly brand?: Readonly<Record<number, unknown>>;
}

/** Colours of controls.css that the host's are measured against: card, track of a bar. */
const OWN = { light: { card: '#ffffff', track: '#e1dfdd' }, dark: { card: '#292929', track: '#4a4847' } } as const;

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics. */
const TEXT = 4.5;
const MARK = 3;

/** Shades of Fluent's brand ramp to try for each role, best first; lighter ones have higher numbers. */
const RAMP = {
  light: { brand: [80, 70, 60, 50], link: [80, 70, 60], forecast: [70, 60, 50], tint: [160] },
  dark: { brand: [100, 110, 120, 130], link: [110, 120, 130], forecast: [150, 140, 130], tint: [20] },
} as const;

/**
 * Colours of the host's Fluent theme (`context.fluentDesignLanguage`): its surface, text and brand, as far as they reach the
 * contrast each role needs. For the rest the measured palette of controls.css stands. States keep their colours in every brand.
 */
export function lookOf(host: HostTheme | undefined): Look {
  const dark = host?.isDarkTheme === true;
  const own = OWN[dark ? 'dark' : 'light'];
  const ramp = RAMP[dark ? 'dark' : 'light'];
  const colours: Record<string, string> = {};
  const put = (role: string, wanted: readonly unknown[], on: readonly string[], ratio: number): string | undefined => {
    const found = wanted.find(
      (colour): colour is string => isHex(colour) && on.every((back) => contrast(colour, back) >= ratio),
    );
    if (found !== undefined) colours[`--crmjira-${role}`] = found;
    return found;
  };
  const token = (name: string): readonly unknown[] => [host?.tokenTheme?.[`colorNeutral${name}`]];
  const shades = (slots: readonly number[]): readonly unknown[] => slots.map((slot) => host?.brand?.[slot]);
  const card = put('card', token('Background1'), [], 1) ?? own.card;
  put('text', token('Foreground1'), [card], TEXT);
  put('sub', token('Foreground2'), [card], TEXT);
  put('divider', token('Stroke2'), [], 1);
  const brand = put('brand', shades(ramp.brand), [card, own.track], MARK);
  if (brand !== undefined) put('on-brand', ['#ffffff', '#0a2e4a', '#000000'], [brand], TEXT);
  put('tint', shades(ramp.tint), [], 1);
  put('link', shades(ramp.link), [card], TEXT);
  put('forecast', shades(ramp.forecast), [card, own.track], MARK);
  return { dark, colours };
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
