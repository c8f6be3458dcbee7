import type { Labels } from '@crmjira/domain';

/** 1033 English, 3084 French (Canada): the two language packs of the sandbox. */
export type Language = 1033 | 3084;

export const languages: readonly { readonly code: Language; readonly locale: string; readonly name: string }[] = [
  { code: 1033, locale: 'en-CA', name: 'English' },
  { code: 3084, locale: 'fr-CA', name: 'Français (Canada)' },
];

export function localeOf(language: Language): string {
  return language === 3084 ? 'fr-CA' : 'en-CA';
}

export function labelIn(language: Language, labels: Labels | null | undefined): string {
  return labels?.[language] ?? '';
}
