import type { IntegrationError } from './integration-error';

/** What an error is about, as far as a first look goes. */
export type HintTopic = 'timeout' | 'authentication' | 'conflict' | 'slowness';

/** Where to look first, shown with the matching error (R-1411); the symptom's walk says more. */
export const hints: Readonly<Record<HintTopic, { readonly says: string; readonly symptom: string }>> = {
  timeout: { says: 'Look at the firewall and the connectivity to the other side.', symptom: 'connection-timeout' },
  authentication: { says: 'Look at the credentials and the permissions of the account.', symptom: 'authentication' },
  conflict: { says: 'Look at the field mappings and the data formats.', symptom: 'sync-conflict' },
  slowness: { says: 'Look at the frequency of syncs and the batch size.', symptom: 'slow' },
};

const byCode: readonly (readonly [RegExp, HintTopic])[] = [
  [/(^|-)(token|credentials|forbidden|sign-in)$/, 'authentication'],
  [/(^|-)(rate-limit|limit|too-late)$/, 'slowness'],
  [/^network$|(^|-)(unavailable|page)$/, 'timeout'],
  [/(^|-)(precondition|refused|conflict|field)$|^unexpected-answer$|^environment-variable$/, 'conflict'],
];

/** The topic of an error, or null when none fits: a wrong hint is worse than none. Pure. */
export function hintTopic(error: Pick<IntegrationError, 'code' | 'status'>): HintTopic | null {
  const known = byCode.find(([pattern]) => pattern.test(error.code));
  if (known !== undefined) return known[1];
  if (error.status === 401 || error.status === 403) return 'authentication';
  if (error.status === 408 || error.status === 504) return 'timeout';
  if (error.status === 409 || error.status === 412 || error.status === 400) return 'conflict';
  return error.status === 429 ? 'slowness' : null;
}

/** The hint as a sentence; null when none fits. Pure. */
export function hintOf(error: Pick<IntegrationError, 'code' | 'status'>): string | null {
  const topic = hintTopic(error);
  return topic === null ? null : hints[topic].says;
}
