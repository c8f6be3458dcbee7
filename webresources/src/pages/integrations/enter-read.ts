import {
  type Direction,
  Direction as Directions,
  type EnteredIntegration,
  type EnteredMapping,
  type ProviderCode,
  RowState,
  providerCodes,
} from '@crmjira/domain';
import { type RawRow, dateField, flagField, numberField, textField } from '@crmjira/form-data';
import { WITH_PROVIDER, providerOf, readRows } from '../platform/read-rows';
import { valueIn } from '../platform/value-in';
import { newDirectory } from '../integration-directory/new-directory';
import { newRest } from '../integration-rest/rest-template';
import { newSoap } from '../integration-soap/soap-template';
import type { Start } from './enter-view';

const COLUMNS = [
  ...['crmjira_integrationid', 'crmjira_name', 'crmjira_config', 'crmjira_is_active', 'crmjira_secret_name'],
  ...['crmjira_base_url', 'crmjira_deployment', 'crmjira_username'],
  ...['crmjira_default_project_key', 'crmjira_default_issue_type', 'crmjira_issue_limit_per_project'],
  ...['crmjira_sync_interval_minutes', 'crmjira_batch_size', 'crmjira_tested_hash', 'crmjira_last_test_on'],
  'modifiedon',
];

/** An integration as its row and its mappings hold it; null: there is none. @throws what the client API throws */
export async function readIntegration(id: string): Promise<Start | null> {
  const [[row], mappings] = await Promise.all([
    readRows(
      'crmjira_integration',
      `?$select=${COLUMNS.join()}&${WITH_PROVIDER}&$filter=crmjira_integrationid eq ${id} and statecode eq ${RowState.Active}`,
    ),
    readRows(
      'crmjira_integration_mapping',
      '?$select=crmjira_direction,crmjira_source_table,crmjira_source_field,crmjira_target_object,' +
        'crmjira_target_field,crmjira_transform,crmjira_is_key' +
        `&$filter=_crmjira_integration_id_value eq ${id} and statecode eq ${RowState.Active}&$orderby=crmjira_sequence`,
    ),
  ]);
  return row === undefined ? null : startOf(id, row, mappings.map(mappingOf));
}

function startOf(id: string, row: RawRow, mappings: readonly EnteredMapping[]): Start {
  const provider = providerCodes.find((code) => code === providerOf(row)) ?? 'jira';
  const hash = textField(row, 'crmjira_tested_hash');
  const entered: EnteredIntegration = {
    provider,
    name: textField(row, 'crmjira_name') ?? '',
    settings: settingsOf(provider, row),
    everyMinutes: numberField(row, 'crmjira_sync_interval_minutes'),
    batchSize: numberField(row, 'crmjira_batch_size') ?? 100,
    mappings,
  };
  return {
    ...{ id, entered },
    isActive: flagField(row, 'crmjira_is_active'),
    hasSecrets: (textField(row, 'crmjira_secret_name') ?? '') !== '',
    savedOn: dateField(row, 'modifiedon'),
    testedOn: hash === null || hash === '' ? null : dateField(row, 'crmjira_last_test_on'),
  };
}

/** What a row of before does not say is as a new one has it. */
const USUAL: Readonly<Record<Exclude<ProviderCode, 'jira'>, EnteredIntegration['settings']>> = {
  ad: newDirectory.settings,
  rest: newRest.settings,
  soap: newSoap.settings,
  notification: {},
};

/** Settings of a Jira site are columns of their own, those of the others one document. */
function settingsOf(provider: ProviderCode, row: RawRow): EnteredIntegration['settings'] {
  if (provider !== 'jira') return { ...USUAL[provider], ...documentOf(textField(row, 'crmjira_config')) };
  return {
    url: textField(row, 'crmjira_base_url') ?? '',
    deployment: numberField(row, 'crmjira_deployment'),
    username: textField(row, 'crmjira_username') ?? '',
    projectKey: textField(row, 'crmjira_default_project_key') ?? '',
    issueType: textField(row, 'crmjira_default_issue_type') ?? '',
    issueLimit: numberField(row, 'crmjira_issue_limit_per_project'),
  };
}

function documentOf(text: string | null): EnteredIntegration['settings'] {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    // an object's keys are names; anything else holds no settings
    return typeof found === 'object' && found !== null ? (found as EnteredIntegration['settings']) : {};
  } catch (error) {
    console.error('The settings of an integration could not be read.', error instanceof SyntaxError);
    return {};
  }
}

const mappingOf = (row: RawRow): EnteredMapping => ({
  direction: valueIn<Direction>(Directions, numberField(row, 'crmjira_direction')) ?? Directions.Both,
  sourceTable: textField(row, 'crmjira_source_table') ?? '',
  sourceField: textField(row, 'crmjira_source_field') ?? '',
  targetObject: textField(row, 'crmjira_target_object') ?? '',
  targetField: textField(row, 'crmjira_target_field') ?? '',
  transform: textField(row, 'crmjira_transform') || null,
  isKey: flagField(row, 'crmjira_is_key'),
});
