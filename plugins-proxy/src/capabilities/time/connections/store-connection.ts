import { type AuthType, tables } from '@crmjira/domain';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import { discardSecrets, type PersonalRow, personalTable } from '../../../connections/personal/personal-rows';
import { tokenName, tokenToStore } from '../../../connections/personal/personal-secret';
import type { PersonTest } from '../../../connections/personal/test-person';
import { type ConnectionCommandParts, hostIn } from './connection-command';
import { activate } from './one-active';
import { testColumns } from './test-columns';

/** A connection that has passed its test. */
interface TestedConnection {
  readonly id: string;
  /** null: there is none yet */
  readonly row: PersonalRow | null;
  readonly userId: string;
  readonly site: JiraConnection;
  readonly authType: AuthType;
  readonly email: string | null;
  /** null or left out: as it was */
  readonly inbound?: boolean | null | undefined;
  /** null: the stored one is kept */
  readonly secret: string | null;
  readonly test: PersonTest;
  /** Not in use until the person says that it is theirs. */
  readonly isUnconfirmed?: boolean;
}

/**
 * Writes a connection and its secret together; the secret of another address that it had goes. Where the person has no active one, it
 * becomes that, unless it is not known to be theirs.
 */
export async function storeConnection(
  { dataverse, keyring, personal, now }: Pick<ConnectionCommandParts, 'dataverse' | 'keyring' | 'personal' | 'now'>,
  { id, row, userId, site, authType, email, inbound, secret, test, isUnconfirmed = false }: TestedConnection,
): Promise<void> {
  const { url } = site.site;
  const place = { connectionId: id, userId, url };
  const stored = secret === null ? null : tokenToStore(keyring.current(), place, secret);
  const person = `/${tables.systemuser.entitySet}(${userId})`;
  const columns = {
    crmjira_name: hostIn(url),
    crmjira_jira_url: url,
    crmjira_auth_type: authType,
    crmjira_email: email,
    crmjira_inbound: inbound ?? row?.inbound ?? false,
    crmjira_secret_name: tokenName(place),
    crmjira_expires_on: null,
    ...testColumns(test, now()),
    ...(isUnconfirmed ? { crmjira_is_active: false } : {}),
    'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${site.id})`,
  };
  await dataverse.changeSet([
    ...(stored === null ? [] : [stored.write]),
    row === null
      ? {
          op: 'create',
          collection: personalTable,
          id,
          columns: {
            ...columns,
            crmjira_is_active: false,
            'crmjira_user@odata.bind': person,
            'ownerid@odata.bind': person,
          },
        }
      : { op: 'update', collection: personalTable, id, columns, ifMatch: row.version },
  ]);
  await discardSecrets(dataverse, id, tokenName(place));
  personal.forget({ id, userId, url });
  if (!isUnconfirmed) await activate(dataverse, userId, id, 'if-none');
}
