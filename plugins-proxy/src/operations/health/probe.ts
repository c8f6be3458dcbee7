import type { FailureCode } from '@crmjira/domain';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import { isStoreDamaged, storeDamaged } from '../../queue/store/store-failure';
import { type ProbeResult, troubleOf } from '../../platform/errors/probe-result';

/** A probe that takes longer counts as failed, in milliseconds. */
const deadlineMs = 5_000;

/**
 * Whether `call` ends well in time; a sentence and its code when it does not.
 * @param silence code of a side that gives no answer
 */
export async function probe(
  call: () => Promise<unknown>,
  now: () => Date,
  silence: FailureCode = 'unexpected',
): Promise<ProbeResult> {
  const started = now().getTime();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new IntegrationError(`There was no answer in ${deadlineMs} ms.`, {
    code: silence,
    errorClass: 'transient',
  });
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate), deadlineMs);
  });
  try {
    await Promise.race([call(), late]);
    return { ok: true, latencyMs: now().getTime() - started };
  } catch (error) {
    const failure = isStoreDamaged(error) ? storeDamaged(null, error) : classifyError(error);
    const timedOut = error === tooLate ? { timedOut: true } : {};
    return { ...troubleOf(failure), ...timedOut, latencyMs: now().getTime() - started };
  } finally {
    clearTimeout(timer);
  }
}
