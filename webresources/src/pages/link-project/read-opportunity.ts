import { OpportunityState, ProvisioningState } from '@crmjira/domain';
import { textField, isForbidden } from '@crmjira/form-data';
import { type VariableRow, flagOf, variableQuery } from '../platform/environment-variable';

/** What the page knows of the record that it is to link. */
export interface LinkFacts {
  readonly name: string;
  readonly open: boolean;
  /** key of the project that it has; null while it has none */
  readonly projectKey: string | null;
  /** it has a project whose key column security hides from this person */
  readonly hasHiddenProject: boolean;
  /** the environment lets people search the projects of Jira (`crmjira_ProjectPicker`) */
  readonly picker: boolean;
}

const PICKER = 'crmjira_ProjectPicker';

/** @throws what the client API throws when the record cannot be read */
export async function readOpportunity(id: string): Promise<LinkFacts> {
  const [row, variables] = await Promise.all([
    Xrm.WebApi.retrieveRecord('opportunity', id, '?$select=name,statecode,crmjira_jira_project_key'),
    readVariable(),
  ]);
  const projectKey = textField(row, 'crmjira_jira_project_key');
  return {
    name: textField(row, 'name') ?? '',
    open: row['statecode'] === OpportunityState.Open,
    projectKey,
    hasHiddenProject: projectKey === null && (await isLinked(id)),
    picker: flagOf(variables, PICKER),
  };
}

/**
 * Whether the opportunity's mapping has its project. A key that may not be read comes as null, as one that is not there; the mapping's
 * state is not secured. Who may not read mappings is answered by the service.
 */
async function isLinked(id: string): Promise<boolean> {
  const query = `?$select=crmjira_provisioning_state&$filter=_crmjira_opportunity_id_value eq ${id}&$top=1`;
  try {
    const { entities } = await Xrm.WebApi.retrieveMultipleRecords('crmjira_budget_mapping', query);
    return entities[0]?.['crmjira_provisioning_state'] === ProvisioningState.Linked;
  } catch (error) {
    if (isForbidden(error)) return false;
    throw error;
  }
}

/** People who may not read settings enter the key: the page works for them all the same. */
async function readVariable(): Promise<readonly VariableRow[]> {
  try {
    return (await Xrm.WebApi.retrieveMultipleRecords('environmentvariabledefinition', variableQuery(PICKER))).entities;
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}
