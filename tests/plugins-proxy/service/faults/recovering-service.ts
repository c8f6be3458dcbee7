import { IntegrationError } from '../../../../plugins-proxy/src/platform/errors/integration-error';
import { createLogger } from '../../../../plugins-proxy/src/platform/log/create-logger';
import { retryDelay } from '../../../../plugins-proxy/src/queue/backoff';
import { createRecovery } from '../../../../plugins-proxy/src/reconciler/recover';
import type { Store } from '../../../../plugins-proxy/src/queue/store/store';
import { keepLines } from '../../log-lines';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** Time of the look after failed jobs, as the service repeats it. */
export const everyMs = 10 * second;

/**
 * A queue whose jobs end as `answer` says, with a clock that only this test moves: nothing is waited for. `probe` tells what a request
 * to a side ends with, where that is another thing.
 */
export function recoveringService(
  store: Store,
  answer: (key: string) => IntegrationError | null,
  probe = () => answer('probe') === null,
) {
  let now = 100 * hour;
  const ran: { readonly key: string; readonly at: number }[] = [];
  const started = () =>
    createRecovery({
      store,
      probe: {
        jira: async () => ({ ok: probe() }),
        dataverse: async () => ({ ok: true }),
        budgetSource: async () => ({ ok: true }),
      },
      wake: () => undefined,
      logger: createLogger('silent', [], keepLines().stream),
      now: () => new Date(now),
    });
  let recovery = started();
  async function runWhatIsDue(): Promise<void> {
    for (let claim = await store.claim(now, minute); claim !== null; claim = await store.claim(now, minute)) {
      ran.push({ key: claim.key, at: now });
      const error = answer(claim.key);
      if (error === null) {
        if (claim.failedWith !== null) await recovery.succeeded(claim.failedWith);
        await store.complete(claim, now);
        continue;
      }
      const delay = retryDelay(error, claim.attempts + 1, 0.5);
      const { code, message } = error;
      await store.fail(claim, { code, message, retryAt: delay === null ? null : now + delay }, now);
    }
  }
  return {
    now: () => now,
    ran,
    enqueue: (...keys: string[]) => store.enqueue(keys.map((key) => ({ key, at: now, correlationId: 'c' }))),
    restart: () => (recovery = started()),
    /** Lets time go by, with a look every ten seconds. */
    async pass(ms: number): Promise<void> {
      for (const until = now + ms; now < until; now += everyMs) {
        await runWhatIsDue();
        await recovery.look();
      }
      await runWhatIsDue();
    },
    doneOf: async (keys: readonly string[]) => (await store.jobs(keys)).filter(({ state }) => state === 'done').length,
  };
}

export const fault = (
  code: string,
  errorClass: 'transient' | 'configuration' | 'permanent' = 'transient',
): IntegrationError => new IntegrationError(code, { code, errorClass });
