import { judgeSealed, type SealedContext, type SealedRefusal, tables } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { type Opened, openSealed } from '../../platform/secrets/open-sealed';
import type { Keyring } from '../../platform/secrets/service-keys';
import type { Store } from '../../queue/store/store';

export interface UnsealContext {
  readonly dataverse: Pick<DataverseClient, 'changeSet'>;
  /** Remembers which commands' secrets have been read, for every replica and over restarts. */
  readonly store: Pick<Store, 'receive'>;
  readonly keyring: Keyring;
  readonly now: () => Date;
}

/** A command row as far as its secret is concerned. */
export interface SealedCommand {
  readonly createdOn: Date;
  /** Null where the column is empty: it has been read. */
  readonly sealed: string | null;
}

/**
 * Reads the sealed secret of a command, once: the column is emptied first and the reading is remembered before the secret is known, so
 * a run that is cut off has it entered again.
 * @param context as the service knows it: creator of the row, its id, the host of the connection; nothing that the row's author wrote
 */
export async function unsealSecret(
  { dataverse, store, keyring, now }: UnsealContext,
  { sealed: text, createdOn }: SealedCommand,
  context: SealedContext,
): Promise<Opened> {
  const refused = (refusal: SealedRefusal): Opened => ({ refusal });
  if (text === null || text === '') return refused('used');
  const { entitySet } = tables.crmjira_command;
  const { commandId } = context;
  await dataverse.changeSet([
    { op: 'update', collection: entitySet, id: commandId, columns: { crmjira_sealed: null } },
  ]);
  const judged = judgeSealed(text, createdOn, now());
  if (typeof judged === 'string') return refused(judged);
  const first = await store.receive({
    id: `sealed-secret.${commandId.toLowerCase()}`,
    source: 'dataverse',
    event: 'sealed-secret',
    keys: [],
    ignoredBecause: 'a sealed secret is read once',
    bodyHash: '',
    correlationId: commandId,
    receivedAt: now().getTime(),
  });
  return first === 'duplicate' ? refused('used') : openSealed(keyring, judged, context);
}
