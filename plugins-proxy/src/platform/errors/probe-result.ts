import { hintOf } from './hints';
import type { IntegrationError } from './integration-error';

/** State of one thing the service depends on. */
export interface ProbeResult {
  readonly ok: boolean;
  /** A sentence when it isn't; never holds a secret. */
  readonly says?: string;
  /** Kind of what is wrong, as `failureTexts` has it. */
  readonly code?: string;
  /** What an administrator does about it, where that is known. */
  readonly remedy?: string;
  /** There was no answer at all within the time of a probe. */
  readonly timedOut?: boolean;
  readonly latencyMs?: number;
}

/** What is wrong, as health tells of it: what to do stands in the fault table (F-206). Pure. */
export function troubleOf({
  code,
  message,
  status,
  isOfRow = false,
}: Pick<IntegrationError, 'code' | 'message'> & Partial<Pick<IntegrationError, 'status' | 'isOfRow'>>): ProbeResult {
  const remedy = hintOf({ code, status, isOfRow });
  return { ok: false, says: message, code, ...(remedy === null ? {} : { remedy }) };
}
