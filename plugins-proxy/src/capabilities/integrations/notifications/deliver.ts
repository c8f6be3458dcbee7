import { randomUUID } from 'node:crypto';
import {
  connectionFault,
  deliveryPause,
  type NamedFault,
  type Notification,
  sayFault,
  SyncTrigger,
} from '@crmjira/domain';
import { writeOnce } from '../../../clients/dataverse/write-once';
import { storedSecrets } from '../../../connections/providers/saved-integration';
import { classifyError } from '../../../platform/errors/classify-error';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { Store } from '../../../queue/store/store';
import type { Job } from '../../../reconciler/job-handler';
import { type EndedRun, syncedWrite, syncLogRow } from '../../../reconciler/sync-log';
import { errorOfRun, faultOfIntegration } from '../fault-of-integration';
import type { IntegrationCommandParts } from '../integration-command';
import { sentPrefix } from './notification-keys';
import { type ActiveTarget, deliversTo } from './targets';

export interface DeliveryParts extends Pick<IntegrationCommandParts, 'dataverse' | 'secretOf' | 'now'> {
  readonly store: Pick<Store, 'readCursor' | 'writeCursor' | 'lease'>;
}

/** A message on its way. */
export interface Delivery {
  readonly target: ActiveTarget;
  readonly notification: Notification;
  /** Tells it from every other message to anybody; the same each time it is sent. */
  readonly id: string;
}

async function send({ secretOf }: DeliveryParts, { target, notification, id }: Delivery): Promise<void> {
  const { saved, settings } = target;
  const { provider } = saved;
  if (!deliversTo(provider)) throw new Error(`${provider.code} delivers no notifications`);
  const opened = provider.openTarget(settings, provider.secrets.parse(await storedSecrets(saved, secretOf)));
  try {
    await opened.send(notification, `msg_${id}`);
  } finally {
    await opened.close();
  }
}

/** The row by which the pages tell of a delivery, once it has ended. */
async function keepRow(
  { dataverse, now }: DeliveryParts,
  { target, id }: Delivery,
  { startedAt, fault }: { readonly startedAt: Date; readonly fault: NamedFault | null },
): Promise<void> {
  const { saved } = target;
  const run: EndedRun = {
    what: 'Notification',
    connection: { id: saved.id, name: saved.name },
    trigger: SyncTrigger.Webhook,
    isDryRun: false,
    actorId: null,
    // What is given up may be run again by hand, and given up again.
    correlationId: fault === null ? id : randomUUID(),
    startedAt,
    endedAt: now(),
    counts: { processed: 1, changed: 0, removed: 0, failed: fault === null ? 0 : 1 },
    cost: null,
    ...errorOfRun(fault),
  };
  const writes = fault === null ? [syncLogRow(run), syncedWrite(saved.id, now())] : [syncLogRow(run)];
  // A run that was cut off may have written it.
  await writeOnce(dataverse, ...writes);
}

/**
 * Sends a message once, as far as its target has answered: what was cut off before the answer is sent again under the same id. Trouble that
 * passes is tried again after 5, 10, 20 and 40 minutes, or when the target asks for it; what then still fails, and all other trouble, is
 * a dead letter, told in words on the integration's page.
 * @throws IntegrationError
 */
export async function deliver(parts: DeliveryParts, job: Job, delivery: Delivery): Promise<void> {
  const { store, now } = parts;
  const { target, id } = delivery;
  const { saved, settings } = target;
  const { attempts } = job.claim;
  const mark = `${sentPrefix}${id}`;
  const startedAt = now();
  if ((await store.readCursor(mark)) === null) {
    try {
      await send(parts, delivery);
    } catch (thrown) {
      const error = classifyError(thrown);
      // Its secrets could not be read: the job waits until Dynamics answers.
      if (error.code.startsWith('dataverse-')) throw thrown;
      const fault = faultOfIntegration(saved.provider, settings, thrown);
      const passes = connectionFault(fault.name).isTransient;
      const pause = passes ? deliveryPause(attempts + 1, error.retryAfterMs) : null;
      if (pause === null) await keepRow(parts, delivery, { startedAt, fault });
      throw new IntegrationError(`${saved.name}: ${sayFault(fault, 1033).says}`, {
        code: 'notification-undelivered',
        errorClass: 'transient',
        connectionId: saved.id,
        ...(pause === null ? { isFinal: true } : { retryAfterMs: pause }),
        cause: thrown,
      });
    }
    await store.writeCursor(mark, now().toISOString());
  }
  await keepRow(parts, delivery, { startedAt, fault: null });
}
