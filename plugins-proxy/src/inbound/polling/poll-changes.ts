import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Config } from '../../platform/config/read-config';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { classifyError } from '../../platform/errors/classify-error';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { SettledVersions } from '../../reconciler/settled-versions';
import type { Store, EnqueueRequest } from '../../queue/store/store';
import type { TrackedTable, Triggers } from '../../reconciler/triggers';

export interface PollContext {
  readonly dataverse: DataverseClient;
  readonly store: Store;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly wake: () => void;
  /** Whether webhook steps reach the service beside the poll. */
  readonly inbound: Config['inbound'];
  /** What names jobs now. */
  readonly triggers: () => Pick<Triggers, 'tracked'>;
  /** What runs of this process have seen already, their own writes above all. */
  readonly settled?: Pick<SettledVersions, 'covers'>;
}

const deletedRow = z.object({ id: z.guid().transform((id) => id.toLowerCase()), reason: z.string() });

const cursorOf = (table: TrackedTable): string => `delta.${table.name}`;

/** A link that Dataverse no longer serves (kept for a week): the table is read anew. */
function isExpired(error: unknown): boolean {
  return error instanceof IntegrationError && [400, 404, 410].includes(error.status ?? 0);
}

async function pollTable(context: PollContext, table: TrackedTable): Promise<number> {
  const link = await context.store.readCursor(cursorOf(table));
  const fresh = link === null || link === '';
  const changes = await context.dataverse
    .changes(table.collection, table.select, fresh ? null : link)
    .catch((error: unknown) => {
      if (fresh || !isExpired(error)) throw error;
      context.logger.warn({ table: table.name }, 'change token expired; reading the table anew');
      return context.dataverse.changes(table.collection, table.select, null);
    });
  const keys = new Set<string>();
  for (const row of changes.rows) {
    const deleted = deletedRow.safeParse(row);
    if (!deleted.success && context.settled !== undefined && table.isSettled?.(row, context.settled) === true) continue;
    const named = deleted.success
      ? table.keysOfDeleted(deleted.data.id)
      : fresh
        ? table.keysAtStart(row)
        : table.keysOf(row);
    for (const key of named) keys.add(key);
  }
  const at = context.now().getTime();
  const correlationId = randomUUID();
  // First the keys, then the cursor: cut off in between, the same changes are read again.
  const requests: EnqueueRequest[] = [...keys].map((key) => ({ key, at, correlationId }));
  if (requests.length > 0) await context.store.enqueue(requests);
  if (changes.deltaLink !== '') await context.store.writeCursor(cursorOf(table), changes.deltaLink);
  return requests.length;
}

/** Reads what changed in Dataverse since the last time and queues it; one table's trouble does not keep the others back. */
export async function pollChanges(context: PollContext): Promise<void> {
  let queued = 0;
  for (const table of context.triggers().tracked(context.inbound)) {
    try {
      queued += await pollTable(context, table);
    } catch (error) {
      if (table.isOptional === true && error instanceof IntegrationError && error.status === 404) continue;
      context.logger.warn({ table: table.name, reason: classifyError(error).message }, 'changes not read');
    }
  }
  if (queued === 0) return;
  context.logger.info({ queued }, 'changes read');
  context.wake();
}
