import type { Language } from '@crmjira/domain';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';

/** Language of a record's timeline: its owner's; of one that a team or nobody owns, the organization's, which the service has. */
export async function timelineLanguage(
  environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>,
  ownerUserId: string | null,
): Promise<Language> {
  return environmentSettings.languageOf(ownerUserId ?? (await environmentSettings.whoAmI()).userId);
}
