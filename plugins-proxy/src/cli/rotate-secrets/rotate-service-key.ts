import { sealedLifetimeMs } from '@crmjira/domain';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { reencrypt } from '../../connections/credentials/reencrypt';
import { dataverseSecretRows } from '../../connections/credentials/secret-rows';
import { publishServiceKey } from '../../connections/credentials/service-key-rows';
import type { Config } from '../../platform/config/read-config';
import { IntegrationError } from '../../platform/errors/integration-error';
import type { SecretFacts } from '../../platform/secrets/collect-secrets';
import type { Vault } from '../../platform/secrets/key-vault';
import { fixedKeyring, type Keyring } from '../../platform/secrets/service-keys';
import { newSecret, storeSecret } from '../../platform/secrets/store-secret';

/** What an exchange of the service's key works with. */
export interface KeyRotationContext {
  readonly keys: Config['secretsKeys'];
  readonly dataverse: Pick<DataverseClient, 'one' | 'many' | 'changeSet'>;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly settleMs: number;
  readonly graceMs: number;
  readonly keepPrevious: boolean;
  readonly limitDays: number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly tell: (step: string) => void;
}

const secrets = (count: number): string => (count === 1 ? '1 stored secret' : `${count} stored secrets`);

/** @throws IntegrationError `secret-unreadable` where a row needs a key that is not there: then no key may end */
async function reencryptAll({ dataverse, tell }: KeyRotationContext, keyring: Keyring): Promise<number> {
  const { done, unreadable } = await reencrypt({
    rows: dataverseSecretRows(dataverse),
    keyring,
    onProgress: (progress) => tell(`${progress.done} of ${secrets(progress.total)} encrypted with the current key`),
  });
  if (unreadable.length === 0) return done;
  throw new IntegrationError(
    `${secrets(unreadable.length)} cannot be decrypted (${unreadable.slice(0, 3).join(', ')}); with the current key: ${done}. No key was taken away.`,
    { code: 'secret-unreadable', errorClass: 'configuration' },
  );
}

/** Finishes an exchange that a person began, or that was cut off: every row gets the current key. */
export async function finishKeyRotation(context: KeyRotationContext): Promise<string> {
  const keyring = fixedKeyring(context.keys);
  await publishServiceKey(context.dataverse, keyring, context.now());
  const done = await reencryptAll(context, keyring);
  return `${secrets(done)} encrypted with the current key; SECRETS_KEY_PREVIOUS can be removed in ten minutes`;
}

/**
 * Exchanges the key of stored secrets while the service runs. Every replica reads both keys before the former one ends: a replica that
 * meets the new one first looks for it. Cut off anywhere, it is run again: what it left is finished first.
 */
export async function rotateServiceKey(
  context: KeyRotationContext,
  current: SecretFacts,
  previous: SecretFacts,
): Promise<string> {
  const { keys, dataverse, vault, now, tell, limitDays } = context;
  await reencryptAll(context, fixedKeyring(keys));
  const former = keys[0] ?? '';
  const fresh = newSecret();
  tell('the new key is stored, the current one beside it');
  await storeSecret(previous, former, vault, now(), limitDays);
  await storeSecret(current, fresh, vault, now(), limitDays);
  const keyring = fixedKeyring([fresh, former]);
  tell('pages get the new key');
  await publishServiceKey(dataverse, keyring, now());
  tell('waiting until every replica has the new key');
  await context.sleep(context.settleMs);
  const done = await reencryptAll(context, keyring);
  if (context.keepPrevious) return `exchanged; ${secrets(done)} encrypted with the new one, the former is still read`;
  tell('waiting until nothing is on its way that was sealed with the former key');
  await context.sleep(Math.max(context.graceMs, sealedLifetimeMs));
  // What a replica stored that had the new key late.
  const late = await reencryptAll(context, keyring);
  await storeSecret(previous, null, vault, now(), limitDays);
  return `exchanged; ${secrets(done + late)} encrypted with the new one, the former has ended`;
}
