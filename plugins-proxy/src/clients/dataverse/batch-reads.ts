import type { ReadOutcome } from './read-in-batch';
import type { ReadRequest } from './reader';

/**
 * Reads in one batch unless the settings say otherwise (R-1307): few enough that none waits long for the others, as a batch is worked
 * off one by one.
 */
export const defaultBatchSize = 50;
/** Batches under way at one time. Under load the rest waits for the next batch: the busier, the fewer requests a read. */
const lanes = 8;

type Settle = (outcome: ReadOutcome) => void;

/** Sends reads with one request; settles each as soon as it is answered, all of them before it resolves, and never rejects. */
export type SendReads = (
  reads: readonly ReadRequest[],
  settle: (index: number, outcome: ReadOutcome) => void,
) => Promise<void>;

/**
 * Lets the reads of one turn of the event loop leave together, and those that come while all lanes are busy with the next: whoever
 * reads asks for what it needs and knows nothing of the others. What needs an answer first is asked for in a later turn.
 * @param batchSize most reads in one batch; asked each time, as settings change
 */
export function batchReads(
  send: SendReads,
  batchSize: () => number = () => defaultBatchSize,
): (read: ReadRequest) => Promise<unknown> {
  const waiting: { readonly read: ReadRequest; readonly settle: Settle }[] = [];
  let underWay = 0;
  let scheduled = false;

  async function leave(): Promise<void> {
    const leaving = waiting.splice(0, batchSize());
    underWay += 1;
    await send(
      leaving.map(({ read }) => read),
      (index, outcome) => leaving[index]?.settle(outcome),
    );
    underWay -= 1;
    schedule();
  }

  function flush(): void {
    scheduled = false;
    while (waiting.length > 0 && underWay < lanes) void leave();
  }

  /** Once everything has been asked for that can be asked without an answer. */
  function schedule(): void {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  }

  return (read) =>
    new Promise((resolve, reject) => {
      waiting.push({ read, settle: (outcome) => (outcome.ok ? resolve(outcome.answer) : reject(outcome.error)) });
      schedule();
    });
}
