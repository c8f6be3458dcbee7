import type { ReadOutcome } from './read-in-batch';
import type { ReadRequest } from './reader';

/** Operations that Dataverse takes in one batch (learn.microsoft.com "Execute batch operations"). */
const batchLimit = 1_000;

interface Waiting {
  readonly read: ReadRequest;
  readonly settle: (outcome: ReadOutcome) => void;
}

/**
 * Lets the reads of one turn of the event loop leave together: whoever reads asks for what it needs and knows nothing of the others.
 * What needs an answer first is asked for in a later turn, and so in a later request.
 * @param batch gives outcomes in the order asked and never rejects
 */
export function gatherReads(
  batch: (reads: readonly ReadRequest[]) => Promise<readonly ReadOutcome[]>,
): (read: ReadRequest) => Promise<unknown> {
  let waiting: Waiting[] = [];

  async function leave(part: readonly Waiting[]): Promise<void> {
    const outcomes = await batch(part.map(({ read }) => read));
    for (const [index, outcome] of outcomes.entries()) part[index]?.settle(outcome);
  }

  function flush(): void {
    const leaving = waiting;
    waiting = [];
    for (let from = 0; from < leaving.length; from += batchLimit) void leave(leaving.slice(from, from + batchLimit));
  }

  return (read) =>
    new Promise((resolve, reject) => {
      // Once everything has been asked for that can be asked without an answer.
      if (waiting.length === 0) setImmediate(flush);
      const settle = (outcome: ReadOutcome): void => {
        if (outcome.ok) resolve(outcome.answer);
        else reject(outcome.error);
      };
      waiting.push({ read, settle });
    });
}
