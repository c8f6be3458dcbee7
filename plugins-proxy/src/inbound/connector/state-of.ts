import type { QueuedJob } from '../../queue/store/store';
import type { OperationState, StoredOperation } from './stored-operation';

type Progress = Pick<OperationState, 'state' | 'message' | 'total' | 'finished'>;

/** Where an operation stands, from the jobs it waits for. Pure. */
export function stateOf(operation: StoredOperation, jobs: readonly QueuedJob[]): Progress {
  const waits = operation.waitsFor.map(([key, seq]) => ({ seq, job: jobs.find((one) => one.key === key) }));
  const done = waits.filter(({ job, seq }) => job !== undefined && job.doneSeq >= seq);
  const open = waits.filter((one) => !done.includes(one));
  const dead = open.filter(({ job }) => job?.state === 'dead');
  const failing = open.find(({ job }) => (job?.attempts ?? 0) > 0);
  const many = operation.kind === 'reconcile-all';
  // The first is the job that queues the others.
  const counts = many ? { total: waits.length - 1, finished: done.length - (done.includes(waits[0]!) ? 1 : 0) } : {};
  if (open.length === 0) return { state: 'done', message: 'Both sides agree.', ...counts };
  if (dead.length === open.length) {
    const words = dead[0]?.job?.error ?? 'It was given up.';
    return {
      state: 'failed',
      message: many ? `${dead.length} of ${waits.length - 1} failed: ${words}` : words,
      ...counts,
    };
  }
  if (failing?.job?.error != null) {
    const message = `Not done yet, it is tried again: ${failing.job.error}`;
    return { state: 'running', message, ...counts };
  }
  const running = done.length > 0 || open.some(({ job }) => job?.running === true);
  return running
    ? { state: 'running', message: 'It is being worked on.', ...counts }
    : { state: 'pending', message: 'It waits for its turn.', ...counts };
}
