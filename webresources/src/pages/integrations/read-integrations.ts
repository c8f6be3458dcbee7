import { Health, RowState } from '@crmjira/domain';
import { type RawRow, dateField, flagField, numberField, textField } from '@crmjira/form-data';
import { expandedRow, readRows } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import type { Integration } from './integration';

/** All that are connected, by name. @throws what the client API throws: without the administrator's role nothing can be read */
export async function readIntegrations(): Promise<readonly Integration[]> {
  const [rows, states] = await Promise.all([
    readRows(
      'crmjira_integration',
      '?$select=crmjira_integrationid,crmjira_name,crmjira_base_url,crmjira_is_active,crmjira_health,crmjira_tested_hash,' +
        'crmjira_last_test_on,crmjira_last_test_ok,crmjira_last_sync_on,crmjira_sync_interval_minutes' +
        '&$expand=crmjira_provider($select=crmjira_code,crmjira_name)' +
        `&$filter=statecode eq ${RowState.Active}&$orderby=crmjira_name`,
    ),
    readRows(
      'crmjira_integration_health',
      '?$select=_crmjira_integration_id_value,crmjira_dependency,crmjira_health,crmjira_since,crmjira_reason,' +
        'crmjira_reason_code,crmjira_response_ms,crmjira_limit_ms',
    ),
  ]);
  const stateOf = new Map(
    states.map((row) => [
      `${textField(row, '_crmjira_integration_id_value')} ${textField(row, 'crmjira_dependency')}`,
      row,
    ]),
  );
  return rows.map((row) => {
    const id = textField(row, 'crmjira_integrationid') ?? '';
    const provider = expandedRow(row, 'crmjira_provider');
    const code = ((provider && textField(provider, 'crmjira_code')) ?? '').trim().toLowerCase();
    return integrationOf(row, {
      ...{ id, provider: code, providerName: (provider && textField(provider, 'crmjira_name')) ?? '–' },
      // A side that is told of in a row of its own is named by its provider's code.
      state: stateOf.get(`${id} ${code}`) ?? {},
    });
  });
}

function integrationOf(
  row: RawRow,
  more: Pick<Integration, 'id' | 'provider' | 'providerName'> & { readonly state: RawRow },
): Integration {
  const { state, ...known } = more;
  return {
    ...known,
    name: textField(row, 'crmjira_name') ?? '',
    host: (textField(row, 'crmjira_base_url') ?? '').replace(/^\w+:\/\//, '').replace(/\/$/, ''),
    isActive: flagField(row, 'crmjira_is_active'),
    isTested: textField(row, 'crmjira_tested_hash') !== null,
    health:
      valueIn(Health, numberField(state, 'crmjira_health')) ??
      valueIn(Health, numberField(row, 'crmjira_health')) ??
      Health.Unknown,
    since: dateField(state, 'crmjira_since'),
    reason: textField(state, 'crmjira_reason'),
    code: textField(state, 'crmjira_reason_code'),
    responseMs: numberField(state, 'crmjira_response_ms'),
    limitMs: numberField(state, 'crmjira_limit_ms'),
    testedOn: dateField(row, 'crmjira_last_test_on'),
    testOk: flagField(row, 'crmjira_last_test_ok'),
    syncedOn: dateField(row, 'crmjira_last_sync_on'),
    intervalMinutes: numberField(row, 'crmjira_sync_interval_minutes'),
  };
}
