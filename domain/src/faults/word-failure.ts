import { wordsOf } from '../text/quoted-words';

/** Texts that word a failure, wherever they are kept; null or empty for a code that has none. */
export interface FailureWording {
  readonly ofCode: (code: string) => string | null;
  /** how a sentence brings in what the other system said */
  readonly quoting: (words: string) => string;
}

/**
 * A stored failure in a person's language: by its code, with the words of the other system as it said them; else the stored text. Pure.
 * @param stored `crmjira_last_error` or `crmjira_error_message`
 */
export function wordFailure(code: string | null, stored: string, { ofCode, quoting }: FailureWording): string {
  const text = code && ofCode(code);
  if (!text) return stored;
  const words = wordsOf(stored);
  return words ? `${text} ${quoting(words)}` : text;
}
