import type { ResourceStrings } from '../../contract';
import type { Language } from '../language';

/** Language of the organization, which stands in for what another language has not. */
const BASE: Language = 1033;

/**
 * `Xrm.Utility.getResourceString`: the text of a key in the user's language, else in the organization's, else null. Pure.
 * @param name of the RESX web resource, without language and ending
 * @throws Error when there is no such web resource in either language
 */
export function resourceString(
  resources: ResourceStrings,
  language: Language,
  name: string,
  key: string,
): string | null {
  // The host publishes web resources by the last part of their name, as it does scripts.
  const languages = resources[name.slice(name.lastIndexOf('/') + 1)] ?? {};
  const known = [languages[language], languages[BASE]].filter((texts) => texts !== undefined);
  if (known.length === 0) throw new Error(`${name} does not exist.`);
  return known.map((texts) => texts[key]).find((text) => text !== undefined) ?? null;
}
