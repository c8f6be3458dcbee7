import { createTheme } from '@fluentui/react';

/** The Fluent v8 theme for the platform's buttons: the same custom properties as everything else in the control. */
export const fluentTheme = createTheme({
  palette: {
    themePrimary: 'var(--crmjira-brand)',
    themeDarkAlt: 'var(--crmjira-forecast)',
    themeDark: 'var(--crmjira-forecast)',
    white: 'var(--crmjira-card)',
    neutralLighter: 'var(--crmjira-neutral)',
    neutralLight: 'var(--crmjira-neutral)',
    neutralPrimary: 'var(--crmjira-text)',
    neutralDark: 'var(--crmjira-text)',
  },
  semanticColors: {
    primaryButtonText: 'var(--crmjira-on-brand)',
    primaryButtonTextHovered: 'var(--crmjira-on-brand)',
    primaryButtonTextPressed: 'var(--crmjira-on-brand)',
    buttonBorder: 'var(--crmjira-border)',
  },
});
