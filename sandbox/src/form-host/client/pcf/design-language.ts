import { type Theme, createTheme } from '@fluentui/react';
import { type BrandVariants, createDarkTheme, createLightTheme } from '@fluentui/react-theme';
import type { ThemeName } from '../settings';

/** The product's blue in Fluent's sixteen steps; 80 is the brand colour of the light theme. */
const brand: BrandVariants = {
  10: '#061724',
  20: '#082338',
  30: '#0a2e4a',
  40: '#0c3b5e',
  50: '#0e4775',
  60: '#0f548c',
  70: '#115ea3',
  80: '#0f6cbd',
  90: '#2886de',
  100: '#479ef5',
  110: '#62abf5',
  120: '#77b7f7',
  130: '#96c6fa',
  140: '#b4d6fa',
  150: '#cfe4fa',
  160: '#ebf3fc',
};

export interface HostTheme {
  readonly name: ThemeName;
  /** `context.fluentDesignLanguage` */
  readonly design: {
    readonly brand: BrandVariants;
    readonly isDarkTheme: boolean;
    readonly tokenTheme: ReturnType<typeof createLightTheme>;
  };
}

/** What the host tells every control about its looks. */
export function hostTheme(name: ThemeName): HostTheme {
  const isDarkTheme = name === 'dark';
  return {
    name,
    design: { brand, isDarkTheme, tokenTheme: isDarkTheme ? createDarkTheme(brand) : createLightTheme(brand) },
  };
}

/** Fluent v8 theme of the page's own commands. Controls make theirs from the design language. */
export function pageTheme({ name }: HostTheme): Theme {
  if (name === 'light')
    return createTheme({ palette: { themePrimary: '#0f6cbd', themeDark: '#115ea3', themeDarkAlt: '#0f548c' } });
  return createTheme({
    isInverted: true,
    palette: {
      themePrimary: '#479ef5',
      themeDark: '#62abf5',
      themeDarkAlt: '#77b7f7',
      white: '#292929',
      neutralLighterAlt: '#1f1f1f',
      neutralLighter: '#333333',
      neutralLight: '#3b3a39',
      neutralQuaternary: '#454443',
      neutralTertiary: '#979593',
      neutralSecondary: '#c8c6c4',
      neutralPrimary: '#ffffff',
      neutralDark: '#ffffff',
      black: '#ffffff',
    },
  });
}
