import { sha256 } from '@noble/hashes/sha2.js';
import { DomainError } from '../domain-error';
import { utf8 } from '../hash/utf8';
import { type KeyPattern, parseKeyPattern } from './key-pattern';

/** Ten letters at most and letters only: valid on Cloud and under Data Center's default pattern. */
export const DEFAULT_KEY_PATTERN = 'CRM[A-Z]{7}';
const defaultKeyPattern = parseKeyPattern(DEFAULT_KEY_PATTERN);
/** Candidates tried before provisioning gives up (D-6). */
export const JIRA_KEY_CANDIDATES = 20;

/**
 * Candidate `n` (0…19) of the Jira project key of an opportunity: `CRM` + 7 letters derived from the id, or what the pattern asks for,
 * so that a retry comes to the same key without remembering it (R-404, D-6).
 * @throws DomainError `jira-key.exhausted`
 */
export function jiraKey(opportunityId: string, n = 0, pattern: KeyPattern = defaultKeyPattern): string {
  if (n >= JIRA_KEY_CANDIDATES) {
    throw new DomainError(
      'jira-key.exhausted',
      `All ${JIRA_KEY_CANDIDATES} project keys for this opportunity are taken in Jira`,
    );
  }
  const digest = sha256(utf8(`${opportunityId.toLowerCase()}:${n}`));
  let v = digest.slice(0, 8).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let key = '';
  for (const alphabet of pattern) {
    // A fixed character leaves the number as it is.
    const size = BigInt(alphabet.length);
    key += alphabet.charAt(Number(v % size));
    v /= size;
  }
  return key;
}
