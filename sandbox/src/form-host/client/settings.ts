import * as React from 'react';
import type { Language } from './language';

export type ThemeName = 'light' | 'dark';

export interface Settings {
  readonly language: Language;
  readonly theme: ThemeName;
}

const key = 'crmjira-page';

function stored(): Settings {
  const prefersDark = window.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false;
  const fallback: Settings = { language: 1033, theme: prefersDark ? 'dark' : 'light' };
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return fallback;
    return {
      language: Reflect.get(value, 'language') === 3084 ? 3084 : 1033,
      theme: Reflect.get(value, 'theme') === 'dark' ? 'dark' : 'light',
    };
  } catch {
    // a value that another version of the page wrote
    return fallback;
  }
}

/** Language and theme of the person at this browser, kept between visits. */
export function useSettings(): readonly [Settings, (change: Partial<Settings>) => void] {
  const [settings, set] = React.useState(stored);
  React.useLayoutEffect(() => {
    document.documentElement.lang = settings.language === 3084 ? 'fr-CA' : 'en-CA';
    document.documentElement.dataset['theme'] = settings.theme;
    localStorage.setItem(key, JSON.stringify(settings));
  }, [settings]);
  return [settings, (change) => set((before) => ({ ...before, ...change }))];
}
