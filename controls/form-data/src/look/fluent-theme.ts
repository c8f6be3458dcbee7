import { type ITheme, createTheme } from '@fluentui/react';
import type { Look } from './theme';

/** The Fluent v8 theme for the platform's buttons, from the same colours as everything else in the control. */
export function fluentTheme({ colours, dark }: Look): ITheme {
  return createTheme({
    isInverted: dark,
    palette: {
      themePrimary: colours.brand,
      themeDarkAlt: colours.forecast,
      themeDark: colours.forecast,
      themeDarker: colours.forecast,
      white: colours.card,
      neutralLighter: colours.neutral,
      neutralLight: colours.neutral,
      neutralSecondary: colours.sub,
      neutralPrimary: colours.text,
      neutralDark: colours.text,
      neutralSecondaryAlt: colours.border,
      neutralTertiary: colours.sub,
      black: colours.text,
    },
    semanticColors: {
      primaryButtonText: colours.onBrand,
      primaryButtonTextHovered: colours.onBrand,
      primaryButtonTextPressed: colours.onBrand,
      buttonBorder: colours.border,
    },
  });
}
