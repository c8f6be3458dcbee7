import type { Language } from './language';
import { english } from './words/english';
import { french } from './words/french';

export type Word = keyof typeof english;

/** Text of the page in the user's language, with `{name}` places filled in. */
export function word(language: Language, key: Word, places: Readonly<Record<string, string | number>> = {}): string {
  const template = (language === 3084 ? french : english)[key];
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}
