import type { Language } from '../text/language';

/**
 * The body of a mail whose readers have several languages: each says the same. One alone stands as it is.
 * @param bodyIn HTML
 */
export function inEachLanguage(languages: readonly Language[], bodyIn: (language: Language) => string): string {
  if (languages.length === 1) return languages.map(bodyIn).join('');
  return languages
    .map((language) => `<div lang="${language === 3084 ? 'fr' : 'en'}">${bodyIn(language)}</div>`)
    .join('<hr>');
}
