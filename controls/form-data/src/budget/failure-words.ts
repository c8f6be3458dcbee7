import { type FailureCode, wordFailure } from '@crmjira/domain';
import type { Words } from '../format/words';
import type { Mapping } from './mapping';

/** Texts that every control which tells of failures has in its resx. */
export type FailureKey = `error.${FailureCode}` | 'error.words';

/** The stored failure of a mapping in the user's language, by the texts of the resx: see `wordFailure`. */
export function failureWords(
  { lastError, lastErrorCode }: Pick<Mapping, 'lastError' | 'lastErrorCode'>,
  say: Words<FailureKey>,
): string {
  return wordFailure(lastErrorCode, lastError ?? '', {
    ofCode: (code) => {
      // Any text may stand in the column: hosts tell of a key that the resx does not have by its name, or by nothing.
      const key = `error.${code}` as FailureKey;
      const text = say(key);
      return text.includes(key) ? null : text;
    },
    quoting: (words) => say('error.words', { words }),
  });
}
