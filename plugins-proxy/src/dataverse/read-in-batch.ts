import type { DynamicsWebApi } from 'dynamics-web-api';
import { classifyError } from '../errors/classify-error';
import { IntegrationError } from '../errors/integration-error';
import { classifyDataverseError } from './classify-dataverse-error';
import { type ReadRequest, sendRead } from './reader';

/** How one of several reads ended. */
export type ReadOutcome =
  { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly error: IntegrationError };

/** Makes a call, classified and repeated as the retry table says. */
type Call = <T>(run: () => Promise<T>) => Promise<T>;

async function send(api: DynamicsWebApi, reads: readonly ReadRequest[]): Promise<readonly unknown[]> {
  const batch = api.initializeInstance();
  batch.startBatch();
  for (const read of reads) await sendRead(batch, read);
  // Each read fails or succeeds by itself (Prefer: odata.continue-on-error).
  const answers: unknown[] = await batch.executeBatch({ continueOnError: true });
  if (answers.length === reads.length) return answers;
  throw new IntegrationError(`Dataverse answered ${answers.length} of the ${reads.length} reads of a batch.`, {
    code: 'dataverse-batch-cut',
    errorClass: 'transient',
  });
}

/**
 * Reads several things with one `$batch`. What it answers is judged read by read: a refusal is that read's own, and only those that
 * may succeed later are sent again.
 * @returns outcomes in the order of `reads`; it never rejects
 */
export async function readInBatch(
  api: DynamicsWebApi,
  call: Call,
  reads: readonly ReadRequest[],
): Promise<readonly ReadOutcome[]> {
  const outcomes = new Array<ReadOutcome | undefined>(reads.length).fill(undefined);
  const open = (): number[] => [...outcomes.keys()].filter((index) => outcomes[index] === undefined);
  const failure = await call(async () => {
    const sent = open();
    const answers = await send(
      api,
      reads.filter((_, index) => outcomes[index] === undefined),
    );
    let passing: Error | null = null;
    for (const [position, index] of sent.entries()) {
      const answer = answers[position];
      if (!(answer instanceof Error)) outcomes[index] = { ok: true, answer };
      else {
        const error = classifyDataverseError(answer, Date.now());
        if (error.errorClass === 'transient') passing = answer;
        else outcomes[index] = { ok: false, error };
      }
    }
    // As it came, with its headers: the caller classifies it and reads how long to wait.
    if (passing !== null) throw passing;
  }).catch(classifyError);
  return outcomes.map((outcome) => {
    if (outcome !== undefined) return outcome;
    return { ok: false, error: failure ?? classifyError(new Error('a read was not answered')) };
  });
}
