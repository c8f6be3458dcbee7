import type { DynamicsWebApi } from 'dynamics-web-api';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { classifyDataverseError } from './classify-dataverse-error';
import { type ReadRequest, sendRead } from './reader';

/** How one of several reads ended. */
export type ReadOutcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly error: IntegrationError };

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
 * @param settle told of each read once, as soon as its outcome is known
 */
export async function readInBatch(
  api: DynamicsWebApi,
  call: Call,
  reads: readonly ReadRequest[],
  settle: (index: number, outcome: ReadOutcome) => void,
  redact: (text: string) => string,
): Promise<void> {
  let open = [...reads.entries()];
  try {
    await call(async () => {
      const answers = await send(
        api,
        open.map(([, read]) => read),
      );
      const again: typeof open = [];
      let passing: Error | null = null;
      for (const [position, entry] of open.entries()) {
        const answer = answers[position];
        const error = answer instanceof Error ? classifyDataverseError(answer, Date.now(), redact) : null;
        if (error?.errorClass === 'transient' && answer instanceof Error) {
          again.push(entry);
          passing = answer;
        } else settle(entry[0], error === null ? { ok: true, answer } : { ok: false, error });
      }
      open = again;
      // As it came, with its headers: the caller classifies it and reads how long to wait.
      if (passing !== null) throw passing;
    });
  } catch (thrown) {
    const error = classifyError(thrown);
    for (const [index] of open) settle(index, { ok: false, error });
  }
}
