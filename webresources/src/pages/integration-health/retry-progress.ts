import type { Say } from '../platform/page-words';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

/** How far a retry is; `waiting`: no answer for a minute, the request is kept. */
export interface RetryState {
  readonly kind: 'running' | 'waiting' | 'done' | 'refused';
  /** in words, the service's own once it has answered */
  readonly text: string;
}

/** Whether it has its answer, so that another may be asked for. */
export const isOver = ({ kind }: RetryState): boolean => kind === 'done' || kind === 'refused';

/** How far all of them are, then how many worked. Pure. */
export function progressOf(
  asked: readonly string[],
  states: ReadonlyMap<string, RetryState>,
  say: Say<typeof integrationHealthTexts>,
): string {
  const found = asked.flatMap((id) => states.get(id) ?? []);
  const over = found.filter(isOver).length;
  const of = String(asked.length);
  if (over < asked.length) return say('retryAllProgress', { n: String(over), of });
  const done = found.filter(({ kind }) => kind === 'done').length;
  return say('retryAllDone', { n: String(done), of });
}
