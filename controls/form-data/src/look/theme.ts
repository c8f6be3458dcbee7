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

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics. */
const TEXT = 4.5;
const MARK = 3;

/** Role, least contrast, and the shades of Fluent's brand ramp to try for it, best first: light theme, dark theme. */
type Ramp = readonly (readonly [role: string, ratio: number, light: readonly number[], dark: readonly number[]])[];

const BRAND: Ramp = [['brand', MARK, [80, 60], [100, 120]]];

/** Of a control that has links. */
export const LINK_RAMP: Ramp = [...BRAND, ['link', TEXT, [80, 60], [110, 130]]];

/** Of a control that has links and draws a forecast. */
export const FORECAST_RAMP: Ramp = [...LINK_RAMP, ['forecast', MARK, [70, 50], [150, 130]]];

/**
 * Colours of the host's Fluent theme (`context.fluentDesignLanguage`): its surface, text and brand, as far as they reach the
 * contrast each role needs. For the rest the measured palette of controls.css stands. States keep their colours in every brand.
 * @param ramp roles in which the control draws the brand
 */
export function lookOf(host: HostTheme | undefined, ramp = BRAND): Look {
  const dark = host?.isDarkTheme === true;
  // Colours of controls.css that the host's are measured against.
  const [ownCard, track] = dark ? ['#292929', '#4a4847'] : ['#ffffff', '#e1dfdd'];
  const colours: Record<string, string> = {};
  const put = (role: string, wanted: readonly unknown[], on: readonly string[], ratio: number): string | undefined => {
    const found = wanted.find(
      (colour): colour is string => isHex(colour) && on.every((back) => contrast(colour, back) >= ratio),
    );
    if (found !== undefined) colours[`--crmjira-${role}`] = found;
    return found;
  };
  const tokens = host?.tokenTheme ?? {};
  const card = put('card', [tokens.colorNeutralBackground1], [], 1) ?? ownCard;
  put('text', [tokens.colorNeutralForeground1], [card], TEXT);
  put('sub', [tokens.colorNeutralForeground2], [card], TEXT);
  for (const [role, ratio, light, night] of ramp) {
    const shades = (dark ? night : light).map((slot) => host?.brand?.[slot]);
    const found = put(role, shades, [card, track], ratio);
    if (role === 'brand' && found !== undefined) put('on-brand', ['#ffffff', '#000000'], [found], TEXT);
  }
  return { dark, colours };
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
