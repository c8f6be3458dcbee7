import type { Language } from '@crmjira/domain';
import type { MessageView } from '@crmjira/form-data';
import { pageFailuresTexts } from '../../strings/generated/page-failures';
import type { PageFormat } from './page-format';
import type { Reading } from './reading';

/** A text in both languages; `{name}` marks a place to fill. */
export type Texts = Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Say<T extends Texts> = (key: keyof T, places?: Readonly<Record<string, string>>) => string;

export function sayIn<T extends Texts>(texts: T, language: Language): Say<T> {
  return (key, places = {}) =>
    (texts[key]?.[language] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => places[name] ?? whole);
}

/** Keys that have a form for one, `…One`, and another for all other numbers. */
type Counted<T extends Texts> = keyof T extends infer Key ? (Key extends `${infer Stem}One` ? Stem : never) : never;

/** A number of things in words. */
export function counted<T extends Texts>(
  say: Say<T>,
  key: Counted<T> & keyof T,
  n: number,
  format: PageFormat,
): string {
  return say(n === 1 ? `${String(key)}One` : key, { n: format.number(n) });
}

/** Says since when the page cannot read, and from when what it shows is; null while all is well. Pure. */
export function failureMessage(
  reading: Reading<unknown>,
  language: Language,
  format: PageFormat,
  now: string,
): MessageView | null {
  const { failure, readAt } = reading;
  if (failure === null) return null;
  const say = sayIn(pageFailuresTexts, language);
  if (failure.kind === 'forbidden')
    return { tone: 'warn', icon: 'Lock', strong: say('forbidden'), text: say('askAdministrator') };
  return {
    tone: 'warn',
    icon: 'PlugDisconnected',
    strong: say(failure.kind, { since: format.time(failure.since, now) }),
    text: readAt === null ? say('nothingYet') : say('lastGood', { read: format.time(readAt, now) }),
  };
}
