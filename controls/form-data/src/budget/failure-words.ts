import { type FailureCode, wordsOf } from '@crmjira/domain';
import type { Words } from '../format/words';
import type { Mapping } from './mapping';

/** Texts that every control which tells of failures has in its resx. */
export type FailureKey = `error.${FailureCode}` | 'error.words';

/**
 * The stored failure of a mapping in the user's language: by its code, with the words of the other system as it said them. The stored
 * text serves where the row has no code, or one that this control does not know yet.
 */
export function failureWords(
  { lastError, lastErrorCode }: Pick<Mapping, 'lastError' | 'lastErrorCode'>,
  say: Words<FailureKey>,
): string {
  const stored = lastError ?? '';
  const key = `error.${lastErrorCode}` as FailureKey;
  // Any text may stand in the column: hosts tell of a key that the resx does not have by its name, or by nothing.
  const text = lastErrorCode && say(key);
  if (!text || text.includes(key)) return stored;
  const words = wordsOf(stored);
  return words ? `${text} ${say('error.words', { words })}` : text;
}
