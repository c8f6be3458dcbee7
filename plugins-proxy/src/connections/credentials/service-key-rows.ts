import { derivedId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { instant } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { Keyring } from '../../platform/secrets/service-keys';

const serviceKeyTable = tables.crmjira_service_key.entitySet;
const dayMs = 86_400_000;
/** A page encrypts to a key until then; published anew when half of it is over. */
const validMs = 90 * dayMs;
const published = z.object({ crmjira_valid_until: instant });
const rowId = (keyId: string): string => derivedId('service-key', keyId);

/**
 * Publishes the public half of the current key for pages, and lets them use no other one of ours. Nothing is written where all is so.
 */
export async function publishServiceKey(
  dataverse: Pick<DataverseClient, 'one' | 'changeSet'>,
  keyring: Keyring,
  now: Date,
): Promise<void> {
  const current = keyring.current();
  const writes: PlainWrite[] = [];
  for (const key of keyring.all()) {
    const id = rowId(key.id);
    const row = await dataverse.one(serviceKeyTable, id, Object.keys(published.shape), published);
    const leftMs = row === null ? 0 : Date.parse(row.crmjira_valid_until) - now.getTime();
    if (key.id === current.id && leftMs < validMs / 2)
      writes.push({
        op: 'upsert',
        collection: serviceKeyTable,
        id,
        columns: {
          crmjira_name: key.id,
          crmjira_key_id: key.id,
          crmjira_public_key: await key.publicKey(),
          crmjira_valid_until: new Date(now.getTime() + validMs).toISOString(),
        },
      });
    if (key.id !== current.id && leftMs > 0)
      writes.push({
        op: 'update',
        collection: serviceKeyTable,
        id,
        columns: { crmjira_valid_until: now.toISOString() },
      });
  }
  if (writes.length > 0) await dataverse.changeSet(writes);
}
