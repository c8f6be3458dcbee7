import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { type ArrivalSearch, findArrivals } from './find-arrivals';
import { silentChangeFinder, type SilentSearch } from './find-silent-changes';

/** How often it is looked what Jira has told nobody of, in milliseconds: with the job that follows it is found within fifteen minutes. */
export const followWorklogsEveryMs = 10 * 60_000;

export type FollowWorklogsParts = ArrivalSearch &
  SilentSearch & { readonly logger: Pick<Logger, 'info'>; readonly wake: () => void };

/** Makes the look at the worklogs of a site; where one half has trouble the other is done all the same. */
export function followWorklogs(parts: FollowWorklogsParts, connection: JiraConnection): () => Promise<void> {
  const findSilentChanges = silentChangeFinder(parts, connection);
  return async () => {
    const correlationId = randomUUID();
    const [arrivals, silent] = await Promise.allSettled([
      findArrivals(parts, connection, correlationId),
      findSilentChanges(correlationId),
    ]);
    const count = (of: PromiseSettledResult<number>): number => (of.status === 'fulfilled' ? of.value : 0);
    if (count(arrivals) + count(silent) > 0) {
      const found = { arrivals: count(arrivals), changed: count(silent) };
      parts.logger.info(
        { connection: connection.id, ...found, correlationId },
        'worklogs found of which no event told',
      );
      parts.wake();
    }
    for (const one of [arrivals, silent]) if (one.status === 'rejected') throw one.reason;
  };
}
