import { classifyError } from '../errors/classify-error';
import { inParallel } from '../outgoing/in-parallel';
import { startProgress } from './progress';
import type { Terminal } from './terminal';
import { saidOnce } from './words/said-once';

/** Error of one opportunity; the others go on. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}

export type Each<T> = { readonly opportunityId: string } & (
  { readonly result: T; readonly error: null } | { readonly result: null; readonly error: Trouble }
);

/**
 * Does the work for each opportunity, at most `limit` at a time. The failure of one is kept with it and stops no other.
 * @returns in the order of the ids
 */
export async function forEachOpportunity<T>(
  terminal: Terminal,
  ids: readonly string[],
  limit: number,
  work: (opportunityId: string) => Promise<T>,
): Promise<readonly Each<T>[]> {
  const progress = startProgress(terminal, ids.length);
  const outcomes = await inParallel(ids, limit, async (opportunityId): Promise<Each<T>> => {
    try {
      const result = await work(opportunityId);
      progress.step(false);
      return { opportunityId, result, error: null };
    } catch (thrown) {
      const { code, message } = classifyError(thrown);
      progress.step(true);
      return { opportunityId, result: null, error: { code, message: saidOnce(message) } };
    }
  });
  progress.end();
  return outcomes;
}
