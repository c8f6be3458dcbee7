import { contrast } from './contrast';

/** Colours by role (mockups "Colour roles"); each becomes a custom property that the style sheets use. */
export interface Colours {
  readonly text: string;
  readonly sub: string;
  readonly card: string;
  readonly divider: string;
  readonly border: string;
  readonly neutral: string;
  readonly brand: string;
  readonly onBrand: string;
  readonly tint: string;
  readonly link: string;
  readonly forecast: string;
  readonly track: string;
  readonly marker: string;
  readonly ok: string;
  readonly okBack: string;
  readonly warn: string;
  readonly warnBack: string;
  readonly over: string;
  readonly overBack: string;
}

export interface Look {
  readonly dark: boolean;
  readonly colours: Colours;
}

/** Contrasts measured in design/mockups: text ≥ 4.5, bars and marks ≥ 3 on card and track. */
const LIGHT: Colours = {
  text: '#323130',
  sub: '#605e5c',
  card: '#ffffff',
  divider: '#e1dfdd',
  border: '#8a8886',
  neutral: '#f3f2f1',
  brand: '#0f6cbd',
  onBrand: '#ffffff',
  tint: '#ebf3fc',
  link: '#0f6cbd',
  forecast: '#115ea3',
  track: '#e1dfdd',
  marker: '#201f1e',
  ok: '#107c10',
  okBack: '#dff6dd',
  warn: '#b8470c',
  warnBack: '#fff4ce',
  over: '#a4262c',
  overBack: '#fde7e9',
};

const DARK: Colours = {
  text: '#ffffff',
  sub: '#c8c6c4',
  card: '#292929',
  divider: '#454443',
  border: '#979593',
  neutral: '#3b3a39',
  brand: '#479ef5',
  onBrand: '#0a2e4a',
  tint: '#082338',
  link: '#62abf5',
  forecast: '#a9d3ff',
  track: '#4a4847',
  marker: '#ffffff',
  ok: '#6ccb5f',
  okBack: '#0f2a10',
  warn: '#f7a76c',
  warnBack: '#412b0a',
  over: '#ff99a4',
  overBack: '#442726',
};

/** What the host may say about its theme; every part may be missing. */
export interface HostTheme {
  readonly isDarkTheme?: boolean;
  readonly tokenTheme?: Readonly<Record<string, unknown>>;
  readonly brand?: Readonly<Record<number, unknown>>;
}

const HEX = /^#[0-9a-f]{6}$/i;

/** WCAG 2.2: 1.4.3 for text, 1.4.11 for graphics. */
const TEXT_RATIO = 4.5;
const MARK_RATIO = 3;

/**
 * Colours of the host's Fluent theme (`context.fluentDesignLanguage`): its surface, text and brand, as far as they reach the
 * contrast each role needs; our own measured palette stands in for the rest. States keep their colours in every brand.
 */
export function lookOf(host: HostTheme | undefined): Look {
  const dark = host?.isDarkTheme === true;
  const own = dark ? DARK : LIGHT;
  const token = (name: string): string | null => hex(host?.tokenTheme?.[name]);
  const shade = (slot: number): string | null => hex(host?.brand?.[slot]);
  const card = token('colorNeutralBackground1') ?? own.card;
  const first = (on: readonly string[], ratio: number, ...wanted: readonly (string | null)[]): string | null =>
    wanted.find((colour): colour is string => colour !== null && on.every((back) => contrast(colour, back) >= ratio)) ??
    null;
  const text = first([card], TEXT_RATIO, token('colorNeutralForeground1'), own.text) ?? own.text;
  const ramp = dark ? [100, 110, 120, 130] : [80, 70, 60, 50];
  const brand = first([card, own.track], MARK_RATIO, ...ramp.map(shade)) ?? own.brand;
  return {
    dark,
    colours: {
      ...own,
      card,
      text,
      sub: first([card], TEXT_RATIO, token('colorNeutralForeground2'), own.sub) ?? text,
      divider: token('colorNeutralStroke2') ?? own.divider,
      brand,
      onBrand: contrast('#ffffff', brand) >= TEXT_RATIO ? '#ffffff' : own === DARK ? own.onBrand : '#201f1e',
      tint: (dark ? shade(20) : shade(160)) ?? own.tint,
      link: first([card], TEXT_RATIO, ...(dark ? [110, 120, 130] : [80, 70, 60]).map(shade)) ?? own.link,
      forecast:
        first([card, own.track], MARK_RATIO, ...(dark ? [150, 140, 130] : [70, 60, 50]).map(shade)) ?? own.forecast,
    },
  };
}

function hex(value: unknown): string | null {
  return typeof value === 'string' && HEX.test(value) ? value : null;
}

/** Custom properties for the control's root: `--crmjira-text` and so on. */
export function cssVariables(colours: Colours): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(colours).map(([role, value]) => [
      `--crmjira-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      // Values come from the palettes above or passed the HEX pattern.
      value as string,
    ]),
  );
}
