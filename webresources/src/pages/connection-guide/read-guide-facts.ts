import { ProvisioningState } from '@crmjira/domain';
import { type RawRow, dateField, textField, isForbidden } from '@crmjira/form-data';
import { variableOf, variableQuery } from '../platform/environment-variable';
import type { GuideFacts } from './guide-steps';

/** Reads what the steps are judged by. @throws when Dataverse does not answer; a missing privilege is a finding, no failure */
export async function readGuideFacts(): Promise<GuideFacts> {
  const [connections, variables, linked] = await Promise.all([
    rowsOrNull(
      'crmjira_integration',
      '?$select=crmjira_base_url,crmjira_last_test_on,crmjira_last_test_ok&$filter=crmjira_is_active eq true' +
        '&$orderby=createdon&$top=1',
    ),
    rowsOrNull('environmentvariabledefinition', variableQuery('crmjira_JiraBaseUrl')),
    rowsOrNull(
      'crmjira_budget_mapping',
      `?$select=crmjira_budget_mappingid&$filter=crmjira_provisioning_state eq ${ProvisioningState.Linked}&$top=1`,
    ),
  ]);
  const [connection] = connections ?? [];
  return {
    mayReadIntegration: connections !== null,
    jiraBaseUrl: variableOf(variables ?? [], 'crmjira_JiraBaseUrl'),
    connection: connection
      ? {
          baseUrl: textField(connection, 'crmjira_base_url'),
          testedOn: dateField(connection, 'crmjira_last_test_on'),
          testOk: connection['crmjira_last_test_ok'] === true,
        }
      : null,
    linkedProjects: linked?.length ?? null,
  };
}

async function rowsOrNull(table: string, options: string): Promise<readonly RawRow[] | null> {
  try {
    return (await Xrm.WebApi.retrieveMultipleRecords(table, options)).entities;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}
