import { classifyError } from '../errors/classify-error';
import type { ProbeResult } from './health-report';

/** A probe that takes longer counts as failed, in milliseconds. */
const deadlineMs = 5_000;

/** Whether `call` ends well in time; a sentence when it does not. */
export async function probe(call: () => Promise<unknown>, now: () => Date): Promise<ProbeResult> {
  const started = now().getTime();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    await Promise.race([call(), late]);
    return { ok: true, latencyMs: now().getTime() - started };
  } catch (error) {
    return { ok: false, says: classifyError(error).message, latencyMs: now().getTime() - started };
  } finally {
    clearTimeout(timer);
  }
}
