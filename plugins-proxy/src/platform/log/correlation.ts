import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Name of the header that carries the correlation id to Jira, and back to who called the relay. */
export const correlationHeader = 'x-correlation-id';

/** Does `work` under a correlation id: every call it makes, however deep, can be found by it (R-1101, R-1109). */
export function withCorrelation<T>(correlationId: string, work: () => T): T {
  return current.run(correlationId, work);
}

/** The correlation id of the work that is being done; undefined outside of any. */
export function currentCorrelation(): string | undefined {
  return current.getStore();
}
