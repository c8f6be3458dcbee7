import { classifyError } from '../platform/errors/classify-error';
import { inParallel } from '../platform/http-client/in-parallel';
import { startProgress } from './progress';
import type { Terminal } from './terminal';
import { saidOnce } from './words/said-once';

/** Error of one opportunity; the others go on. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}

export type Each<T> = { readonly opportunityId: string } & (
  | { readonly result: T; readonly error: null }
  | { readonly result: null; readonly error: Trouble }
);

/** Of those that Ctrl+C came before; nothing was read or written for them. */
const interrupted: Trouble = { code: 'interrupted', message: 'not reached before Ctrl+C' };

/**
 * Does the work for each opportunity, at most `limit` at a time. The failure of one is kept with it and does not stop the others. After the first
 * Ctrl+C what is under way is ended and nothing is begun, so that what was done is told; the second one ends the process.
 * @param told lines to print as soon as one is done; left out: all is told at the end
 * @returns in the order of the ids
 */
export async function forEachOpportunity<T>(
  terminal: Terminal,
  ids: readonly string[],
  limit: number,
  work: (opportunityId: string) => Promise<T>,
  told: (each: Each<T>) => readonly string[] = () => [],
): Promise<readonly Each<T>[]> {
  const progress = startProgress(terminal, ids.length);
  let stopped = false;
  const deaf = terminal.onInterrupt?.(() => {
    stopped = true;
    terminal.err('Stopping: what is under way is ended first. Ctrl+C again ends at once.');
  });
  const outcomes = await inParallel(ids, limit, async (opportunityId): Promise<Each<T>> => {
    if (stopped) return { opportunityId, result: null, error: interrupted };
    const each = await work(opportunityId).then(
      (result): Each<T> => ({ opportunityId, result, error: null }),
      (thrown: unknown): Each<T> => {
        const { code, message } = classifyError(thrown);
        return { opportunityId, result: null, error: { code, message: saidOnce(message) } };
      },
    );
    const lines = told(each);
    if (lines.length > 0) terminal.status?.('');
    lines.forEach(terminal.out);
    progress.step(each.error !== null);
    return each;
  }).finally(deaf);
  progress.end();
  return outcomes;
}
