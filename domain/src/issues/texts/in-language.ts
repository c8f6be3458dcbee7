import type { Language } from '../../text/language';

export interface InBoth {
  readonly en: string;
  readonly fr: string;
}

export const inLanguage = ({ en, fr }: InBoth, language: Language): string => (language === 3084 ? fr : en);

/** The form for one and the form for any other number; French counts zero as one. */
export const counted = (
  count: number,
  one: { readonly en: string; readonly fr: string },
  many: { readonly en: string; readonly fr: string },
): InBoth => ({ en: count === 1 ? one.en : many.en, fr: count < 2 ? one.fr : many.fr });
