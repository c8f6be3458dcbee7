import { saidOnce } from '../words/said-once';
import { classifyError } from '../../platform/errors/classify-error';
import { hintOf } from '../../platform/errors/hints';

/** What a check found: all is well, works but deserves a look, does not work, or could not be asked. */
export type Finding =
  | { readonly status: 'ok' | 'skipped'; readonly says: string }
  | { readonly status: 'warning' | 'failed'; readonly says: string; readonly remedy: string };

/** One thing that doctor looks at. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** Checks that must not have failed for this one to mean anything. */
  readonly needs?: readonly string[];
  /** What to do when looking itself throws. */
  readonly remedy: string;
  readonly look: () => Promise<Finding>;
}

/** A check with what it found, as printed. */
export type CheckResult = Finding & { readonly id: string; readonly title: string };

export const ok = (says: string): Finding => ({ status: 'ok', says });
export const skipped = (says: string): Finding => ({ status: 'skipped', says });
export const warning = (says: string, remedy: string): Finding => ({ status: 'warning', says, remedy });
export const failed = (says: string, remedy: string): Finding => ({ status: 'failed', says, remedy });

/** Looks at one thing after the other; what rests on a failed check is skipped and says so. */
export async function runChecks(
  checks: readonly Check[],
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { id, title, needs = [], remedy, look } of checks) {
    const broken = needs.find((need) => results.some((result) => result.id === need && !isUsable(result)));
    const finding =
      broken === undefined
        ? await look().catch((thrown: unknown) => {
            const error = classifyError(thrown);
            // Chosen from what was observed, where that is known (F-206); the check's own is a guess.
            const isForeseen = error.code !== 'unexpected';
            return failed(saidOnce(error.message), (isForeseen ? hintOf(error) : null) ?? remedy);
          })
        : skipped(`not asked, as "${broken}" did not pass`);
    const result = { id, title, ...finding };
    results.push(result);
    onResult(result);
  }
  return results;
}

function isUsable(result: CheckResult): boolean {
  return result.status === 'ok' || result.status === 'warning';
}
