import { AuthType, type InboundPerson, tables } from '@crmjira/domain';
import { z } from 'zod';
import {
  choice,
  guid,
  instant,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalText,
} from '../../clients/dataverse/columns';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { DataverseReader } from '../../clients/dataverse/reader';
import { secretTable } from '../credentials/secret-rows';
import { equalsId, quoted } from '../../clients/dataverse/filter';
import { tokenOwner } from './personal-secret';

/** The table of personal connections. */
export const personalTable = tables.crmjira_jira_connection.entitySet;

const row = z.object({
  '@odata.etag': z.string(),
  crmjira_jira_connectionid: guid,
  _crmjira_user_value: optionalGuid,
  _ownerid_value: optionalGuid,
  _crmjira_integration_id_value: optionalGuid,
  crmjira_jira_url: optionalText,
  crmjira_auth_type: choice(AuthType).nullish(),
  crmjira_email: optionalText,
  crmjira_secret_name: optionalText,
  crmjira_is_active: optionalFlag,
  crmjira_inbound: optionalFlag,
  crmjira_account_id: optionalText,
  crmjira_display_name: optionalText,
  crmjira_expires_on: optionalInstant,
  crmjira_last_test_on: optionalInstant,
  crmjira_last_test_ok: optionalFlag,
  crmjira_last_test_reason: optionalText,
  createdon: instant,
  modifiedon: instant,
});
const columns = Object.keys(row.shape).filter((column) => !column.startsWith('@'));

/** A person's own connection to Jira, as its row says. Whoever may write rows may have written it: nothing of it is proof. */
export interface PersonalRow {
  readonly id: string;
  readonly version: string;
  /** Whose sign-in it is. */
  readonly userId: string | null;
  readonly ownerId: string | null;
  readonly integrationId: string | null;
  readonly url: string | null;
  readonly authType: AuthType | null;
  readonly email: string | null;
  readonly secretName: string | null;
  readonly isActive: boolean;
  readonly inbound: boolean;
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly expiresOn: string | null;
  readonly createdOn: string;
  readonly changedOn: string;
  readonly lastTest: { readonly on: string; readonly ok: boolean; readonly reason: string | null } | null;
}

function read(found: z.output<typeof row>): PersonalRow {
  return {
    id: found.crmjira_jira_connectionid,
    version: found['@odata.etag'],
    userId: found._crmjira_user_value,
    ownerId: found._ownerid_value,
    integrationId: found._crmjira_integration_id_value,
    url: found.crmjira_jira_url,
    authType: found.crmjira_auth_type ?? null,
    email: found.crmjira_email,
    secretName: found.crmjira_secret_name,
    isActive: found.crmjira_is_active === true,
    inbound: found.crmjira_inbound === true,
    accountId: found.crmjira_account_id,
    displayName: found.crmjira_display_name,
    expiresOn: found.crmjira_expires_on,
    createdOn: found.createdon,
    changedOn: found.modifiedon,
    lastTest:
      found.crmjira_last_test_on === null
        ? null
        : {
            on: found.crmjira_last_test_on,
            ok: found.crmjira_last_test_ok === true,
            reason: found.crmjira_last_test_reason,
          },
  };
}

export async function readPersonalRow(client: DataverseReader, id: string): Promise<PersonalRow | null> {
  const found = await client.one(personalTable, id, columns, row);
  return found === null ? null : read(found);
}

/** Connections of a person, the one that was changed last first. */
export async function readPersonalRows(client: DataverseReader, userId: string): Promise<readonly PersonalRow[]> {
  const filter = `_crmjira_user_value eq ${guid.parse(userId)} and statecode eq 0`;
  const found = await client.many(
    personalTable,
    { select: columns, filter, orderBy: ['modifiedon desc', 'crmjira_jira_connectionid asc'] },
    row,
  );
  return found.map(read);
}

const connectedRow = row.pick({ crmjira_jira_connectionid: true, _crmjira_user_value: true });

/** Connections that have a token, and whose they are. */
export async function readConnectedPeople(
  client: DataverseReader,
): Promise<readonly { readonly id: string; readonly userId: string | null }[]> {
  const found = await client.many(
    personalTable,
    { select: Object.keys(connectedRow.shape), filter: 'crmjira_secret_name ne null' },
    connectedRow,
  );
  return found.map((one) => ({ id: one.crmjira_jira_connectionid, userId: one._crmjira_user_value }));
}

const inboundRow = row.pick({ _crmjira_user_value: true, _ownerid_value: true, crmjira_account_id: true });

/**
 * People whose active connection to a site brings their worklogs to Dynamics. Their account in Jira is what a test with their own token
 * has found: only the service writes the row.
 * @param url address of the site
 */
export async function readInboundPeople(
  client: Pick<DataverseReader, 'many'>,
  integrationId: string,
  url: string,
): Promise<readonly InboundPerson[]> {
  const wanted = 'statecode eq 0 and crmjira_is_active eq true and crmjira_inbound eq true';
  const filter = `${wanted} and ${equalsId('_crmjira_integration_id_value', integrationId)} and crmjira_jira_url eq ${quoted(url)}`;
  const found = await client.many(personalTable, { select: Object.keys(inboundRow.shape), filter }, inboundRow);
  return found.flatMap(({ _crmjira_user_value: userId, _ownerid_value: ownerId, crmjira_account_id: accountId }) =>
    userId === null || userId !== ownerId || accountId === null ? [] : [{ userId, accountId }],
  );
}

/** Whose connection it is, where person and owner agree; null: nobody's, so that nobody is signed in by it. */
export const personOf = ({ userId, ownerId }: Pick<PersonalRow, 'userId' | 'ownerId'>): string | null =>
  userId !== null && userId === ownerId ? userId : null;

const secretRow = z.object({ crmjira_secretid: guid, crmjira_name: z.string() });

/**
 * Deletes the stored secrets of a connection: those that were encrypted for it, whatever its row names.
 * @param kept the name of one that stays
 */
export async function discardSecrets(
  dataverse: Pick<DataverseClient, 'many' | 'remove'>,
  connectionId: string,
  kept: string | null = null,
): Promise<void> {
  const stored = await dataverse.many(
    secretTable,
    { select: Object.keys(secretRow.shape), filter: `crmjira_context eq ${quoted(tokenOwner(connectionId))}` },
    secretRow,
  );
  for (const { crmjira_secretid: id, crmjira_name: name } of stored)
    if (name !== kept) await dataverse.remove(secretTable, id);
}
