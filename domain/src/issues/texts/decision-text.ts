import type { Language } from '../../text/language';
import { inLanguage } from './in-language';

/** Why a decision about a conflict was not carried out. */
export const decisionRefusedText = (language: Language): string =>
  inLanguage(
    {
      en: 'The values have changed since they were shown. Nothing was overwritten; decide again.',
      fr: 'Les valeurs ont changé depuis leur affichage. Rien n’a été écrasé; décidez de nouveau.',
    },
    language,
  );
