import { tables, wholeSecond } from '@crmjira/domain';
import type { Logger } from 'pino';
import { z } from 'zod';
import { guid, optionalInstant } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId } from '../../clients/dataverse/filter';
import { classifyError } from '../../platform/errors/classify-error';

/** Milliseconds between two notes about a webhook. */
const noteEveryMs = 60_000;

const row = z.object({ crmjira_integration_webhookid: guid, crmjira_last_received_on: optionalInstant });

export interface ReceiptParts {
  readonly dataverse: Pick<DataverseClient, 'many' | 'changeSet'>;
  readonly now: () => Date;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Notes in the rows of a connection's active webhooks that something verified has come, at most once a minute by all replicas together.
 * Nobody waits for it: whether a sender is answered does not depend on Dataverse.
 */
export function createReceiptNotes({ dataverse, now, logger }: ReceiptParts): (connectionId: string) => void {
  const lookedAt = new Map<string, number>();
  const note = async (connectionId: string, at: number): Promise<void> => {
    const { entitySet: collection } = tables.crmjira_integration_webhook;
    const filter = `${equalsId('_crmjira_integration_id_value', connectionId)} and crmjira_is_active eq true`;
    const rows = await dataverse.many(collection, { select: Object.keys(row.shape), filter }, row);
    const columns = { crmjira_last_received_on: wholeSecond(new Date(at).toISOString()) };
    const due = rows.filter(
      ({ crmjira_last_received_on: last }) => last === null || Math.abs(at - Date.parse(last)) >= noteEveryMs,
    );
    if (due.length > 0)
      await dataverse.changeSet(
        due.map(({ crmjira_integration_webhookid: id }) => ({ op: 'update', collection, id, columns })),
      );
  };
  return (connectionId) => {
    const at = now().getTime();
    const last = lookedAt.get(connectionId);
    // A clock that was put back keeps nothing from being told.
    if (last !== undefined && at >= last && at - last < noteEveryMs) return;
    lookedAt.set(connectionId, at);
    void note(connectionId, at).catch((thrown: unknown) => {
      logger.warn(
        { connection: connectionId, reason: classifyError(thrown).message },
        'receipt of a webhook not noted',
      );
    });
  };
}
