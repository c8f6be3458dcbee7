import type { Language } from '../../text/language';
import type { MapProblem } from '../maps/parse-value-map';
import { inLanguage, type InBoth } from './in-language';

/** Why a map was not saved. `value`: as people know it. */
export function mapProblemText({ code, row }: MapProblem, value: string, language: Language): string {
  const place = row === null ? { en: '', fr: '' } : { en: `Row ${row}: `, fr: `Ligne ${row}\u00a0: ` };
  const twice = {
    en: `${value} stands in two rows. Keep one.`,
    fr: `${value} figure dans deux lignes. Gardez-en une.`,
  };
  const unknown = {
    en: `${value} does not exist any more. Choose another value.`,
    fr: `${value} n’existe plus. Choisissez une autre valeur.`,
  };
  const texts: Readonly<Record<MapProblem['code'], InBoth>> = {
    'not-a-map': { en: 'The map cannot be read.', fr: 'La table est illisible.' },
    'empty-side': {
      en: 'Choose at least one value on each side.',
      fr: 'Choisissez au moins une valeur de chaque côté.',
    },
    'crm-twice': twice,
    'jira-twice': twice,
    'crm-unknown': unknown,
    'jira-unknown': unknown,
    'resolves-without-done': {
      en: 'No status of the category Done is chosen for a resolved case.',
      fr: 'Aucun état de la catégorie Terminé n’est choisi pour un incident résolu.',
    },
  };
  return `${inLanguage(place, language)}${inLanguage(texts[code], language)}`;
}
