import type { Labels } from '@crmjira/domain';
import { guidOf } from '../guid';
import type { DefinitionJson } from './definition-json';

/**
 * `Label` of the metadata: every language, and the user's own (en-US).
 *
 * @param isManaged whether a managed solution brought what it names
 */
export function labelJson(labels: Labels | undefined, isManaged: boolean): DefinitionJson {
  if (!labels) return { LocalizedLabels: [], UserLocalizedLabel: null };
  const one = (languageCode: 1033 | 3084): DefinitionJson => ({
    Label: labels[languageCode],
    LanguageCode: languageCode,
    IsManaged: isManaged,
    MetadataId: guidOf(`label:${languageCode}:${labels[languageCode]}`),
    HasChanged: null,
  });
  const localized = labels[3084] === labels[1033] ? [one(1033)] : [one(1033), one(3084)];
  return { LocalizedLabels: localized, UserLocalizedLabel: one(1033) };
}

/** `BooleanManagedProperty` */
export const managed = (value: boolean, name: string, canBeChanged = true): DefinitionJson => ({
  Value: value,
  CanBeChanged: canBeChanged,
  ManagedPropertyLogicalName: name,
});
