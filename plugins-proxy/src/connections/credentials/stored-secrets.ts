import { derivedId } from '@crmjira/domain';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { IntegrationError } from '../../platform/errors/integration-error';
import { decryptAtRest, encryptAtRest } from '../../platform/secrets/encrypt-at-rest';
import type { Keyring, ServiceKey } from '../../platform/secrets/service-keys';
import { encryptedColumns, type SecretRows, secretTable } from './secret-rows';

/** What reads stored secrets. */
export interface StoredSecrets {
  readonly rows: Pick<SecretRows, 'one'>;
  readonly keyring: Keyring;
}

const namePattern = /^row:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;
const rowName = (id: string): string => `row:${id}`;

/** A secret that is to be stored. */
export interface SecretToStore {
  /** For the connection's `secret_name`. */
  readonly name: string;
  /** Belongs into the change set that writes the connection: one is never there without the other. */
  readonly write: PlainWrite;
}

/** What a connection's `secret_name` is for a secret of this purpose. */
export const storedSecretName = (connectionId: string, purpose: string): string =>
  rowName(derivedId(connectionId.toLowerCase(), 'secret', purpose));

/**
 * Encrypts a secret of a connection. The same connection and purpose give the same row, so that a repeat or a new value replaces it.
 * @param purpose what the connection needs it for, e.g. `token`
 */
export function secretToStore(key: ServiceKey, connectionId: string, purpose: string, secret: string): SecretToStore {
  const owner = connectionId.toLowerCase();
  const id = derivedId(owner, 'secret', purpose);
  const name = rowName(id);
  const columns = {
    crmjira_name: name,
    crmjira_context: owner,
    ...encryptedColumns(encryptAtRest(key, { owner, name }, secret)),
  };
  return { name, write: { op: 'upsert', collection: secretTable, id, columns } };
}

const unreadable = (says: string): IntegrationError =>
  new IntegrationError(says, { code: 'secret-unreadable', errorClass: 'configuration' });

/** A secret, and the version of the row that it was read from. */
export interface ReadSecret {
  readonly secret: string;
  readonly version: string;
}

/**
 * The secret that a connection names. It is decrypted under the id of the connection that asks: one that is another's, or was copied
 * from another row, does not decrypt, whatever its row says of its owner.
 * The logger learns of it by `connectionSecrets`, which is how connections ask.
 * @throws IntegrationError `secret-unreadable`
 */
export async function readStored(
  { rows, keyring }: StoredSecrets,
  connectionId: string,
  name: string,
): Promise<ReadSecret> {
  const [, id] = namePattern.exec(name) ?? [];
  // What stands there is not shown: somebody may have put the secret itself into the column.
  if (id === undefined) throw unreadable('The connection does not name a stored secret. Enter its secret again.');
  const row = await rows.one(id);
  if (row === null) throw unreadable(`The secret ${name} is not stored any more. Enter it again.`);
  const key = await keyring.find(row.keyId);
  if (key === null) throw unreadable(`The secret ${name} cannot be decrypted: ${missingKeyText(row.keyId)}`);
  const secret = decryptAtRest(key, { owner: connectionId.toLowerCase(), name }, row);
  if (secret !== null) return { secret, version: row.version };
  throw unreadable(`The secret ${name} does not belong to this connection, or its row was changed. Enter it again.`);
}

/** The same without the version. */
export const resolveSecret = async (stored: StoredSecrets, connectionId: string, name: string): Promise<string> =>
  (await readStored(stored, connectionId, name)).secret;

/** What to do about a key that is not configured. */
export const missingKeyText = (keyId: string): string =>
  `key ${keyId} is not configured. Give it in SECRETS_KEY or SECRETS_KEY_PREVIOUS, or enter the secret again.`;
