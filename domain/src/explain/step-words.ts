import type { Language } from '../text/language';

/** Words of what a run would do, for a person who asks; one a kind of action. */
export type StepWords<Kind extends string> = Readonly<Record<Kind, Readonly<Record<Language, string>>>>;

export const inBoth = (english: string, french: string): Readonly<Record<Language, string>> => ({
  1033: english,
  3084: french,
});
