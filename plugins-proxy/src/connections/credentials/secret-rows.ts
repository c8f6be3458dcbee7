import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { quoted } from '../../clients/dataverse/filter';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import type { EncryptedText } from '../../platform/secrets/encrypt-at-rest';

/** A row of `crmjira_secret`. */
export interface SecretRow extends EncryptedText {
  readonly id: string;
  /** As `secret_name` of the connection has it: `row:<id>`. */
  readonly name: string;
  /** The connection that owns it. What it decrypts under is never taken from here where somebody asks for a secret. */
  readonly owner: string;
  readonly version: string;
}

/** What re-encryption and reading need of the table. */
export interface SecretRows {
  one(id: string): Promise<SecretRow | null>;
  /** Rows that another key than `keyId` has encrypted, by name, the first `limit` after the name `after`. */
  underOtherKeys(keyId: string, after: string, limit: number): Promise<readonly SecretRow[]>;
  /** Writes rows that have not changed since they were read; all or none. @throws IntegrationError `dataverse-precondition` */
  replace(rows: readonly SecretRow[]): Promise<void>;
  /** Key id → rows that it has encrypted. */
  countByKey(): Promise<ReadonlyMap<string, number>>;
}

export const secretTable = tables.crmjira_secret.entitySet;
const keyRow = z.object({ crmjira_key_id: z.string() });
const row = keyRow
  .extend({
    '@odata.etag': z.string(),
    crmjira_secretid: z.guid(),
    crmjira_name: z.string(),
    crmjira_nonce: optionalText,
    crmjira_ciphertext: optionalText,
    crmjira_context: optionalText,
  })
  .transform((read): SecretRow => ({
    id: read.crmjira_secretid,
    name: read.crmjira_name,
    // A row that lacks one of them decrypts as little as one in which it is wrong.
    owner: read.crmjira_context ?? '',
    keyId: read.crmjira_key_id,
    nonce: read.crmjira_nonce ?? '',
    ciphertext: read.crmjira_ciphertext ?? '',
    version: read['@odata.etag'],
  }));
const select = [
  'crmjira_secretid',
  'crmjira_name',
  'crmjira_key_id',
  'crmjira_nonce',
  'crmjira_ciphertext',
  'crmjira_context',
];

/** The columns of an encrypted secret. */
export const encryptedColumns = ({ keyId, nonce, ciphertext }: EncryptedText): PlainWrite['columns'] => ({
  crmjira_key_id: keyId,
  crmjira_nonce: nonce,
  crmjira_ciphertext: ciphertext,
});

/** The table in Dataverse. */
export function dataverseSecretRows(dataverse: Pick<DataverseClient, 'one' | 'many' | 'changeSet'>): SecretRows {
  return {
    one: (id) => dataverse.one(secretTable, id, select, row),
    underOtherKeys: (keyId, after, limit) =>
      dataverse.many(
        secretTable,
        {
          select,
          filter: `crmjira_key_id ne ${quoted(keyId)} and crmjira_name gt ${quoted(after)}`,
          orderBy: ['crmjira_name asc'],
          top: limit,
        },
        row,
      ),
    replace: (rows) =>
      dataverse.changeSet(
        rows.map((one) => ({
          op: 'update',
          collection: secretTable,
          id: one.id,
          columns: encryptedColumns(one),
          ifMatch: one.version,
        })),
      ),
    countByKey: async () => {
      const counts = new Map<string, number>();
      for (const { crmjira_key_id: id } of await dataverse.many(secretTable, { select: ['crmjira_key_id'] }, keyRow))
        counts.set(id, (counts.get(id) ?? 0) + 1);
      return counts;
    },
  };
}
