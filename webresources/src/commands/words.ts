import { userLanguage } from '../opportunity-form/words';
import { commandsTexts } from '../strings/generated/commands';

export type WordKey = keyof typeof commandsTexts;

/** Text in the language of the person at the form, with `{name}` places filled in. */
export function words(key: WordKey, places: Readonly<Record<string, string>> = {}): string {
  return commandsTexts[key][userLanguage()].replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}
