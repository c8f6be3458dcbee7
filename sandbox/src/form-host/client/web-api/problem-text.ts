import type { Language } from '../language';
import { word } from '../words';
import { WebApiError } from './web-api';

/**
 * Why something did not work, for the person at the page: what the network and the check of privileges say of themselves is not for
 * them (F-122). The code stays, for an administrator; what Dataverse refuses for another reason it words for people.
 */
export function problemText(error: unknown, language: Language): string {
  if (error instanceof WebApiError && error.status === 403) return word(language, 'notAllowed', { code: error.code });
  // What `fetch` rejects with, whatever the browser calls it.
  if (error instanceof TypeError) return word(language, 'notReached');
  return error instanceof Error ? error.message : String(error);
}
