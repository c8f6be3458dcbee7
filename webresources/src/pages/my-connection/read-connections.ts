import { AuthType, RowState, hostOf, isConnectionProblem } from '@crmjira/domain';
import { type RawRow, flagField, numberField, textField } from '@crmjira/form-data';
import { readRows } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import type { Connection } from './connection-view';

const COLUMNS = [
  'crmjira_jira_connectionid',
  '_crmjira_integration_id_value',
  'crmjira_jira_url',
  'crmjira_auth_type',
  'crmjira_email',
  'crmjira_display_name',
  'crmjira_is_active',
  'crmjira_inbound',
  'crmjira_last_test_on',
  'crmjira_last_test_ok',
  'crmjira_last_test_ms',
  'crmjira_last_test_reason',
];

/** The person's own connections, the active one first. Who may read those of others does not see them here. */
export async function readConnections(): Promise<readonly Connection[]> {
  const rows = await readRows(
    'crmjira_jira_connection',
    `?$select=${COLUMNS.join()}&$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='crmjira_user')` +
      ` and statecode eq ${RowState.Active}&$orderby=crmjira_is_active desc,crmjira_jira_url`,
  );
  return rows.map(connectionOf);
}

function connectionOf(row: RawRow): Connection {
  const testedOn = textField(row, 'crmjira_last_test_on');
  const reason = textField(row, 'crmjira_last_test_reason');
  return {
    id: textField(row, 'crmjira_jira_connectionid') ?? '',
    host: hostIn(textField(row, 'crmjira_jira_url') ?? ''),
    integrationId: textField(row, '_crmjira_integration_id_value'),
    authType: valueIn(AuthType, numberField(row, 'crmjira_auth_type')),
    email: textField(row, 'crmjira_email'),
    displayName: textField(row, 'crmjira_display_name'),
    isActive: flagField(row, 'crmjira_is_active'),
    isInbound: flagField(row, 'crmjira_inbound'),
    lastTest:
      testedOn === null
        ? null
        : {
            on: testedOn,
            ok: flagField(row, 'crmjira_last_test_ok'),
            ms: numberField(row, 'crmjira_last_test_ms'),
            reason: isConnectionProblem(reason) ? reason : null,
          },
  };
}

/** Host of an address as people know it; one that cannot be read is shown as it is. */
export function hostIn(url: string): string {
  try {
    return hostOf(url);
  } catch {
    return url;
  }
}
