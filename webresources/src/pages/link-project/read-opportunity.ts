import { textField } from '@crmjira/form-data';
import { isForbidden } from '../../commands/refused-by-dataverse';
import { type VariableRow, variableOf, variableQuery } from '../platform/environment-variable';

/** What the page knows of the record that it is to link. */
export interface LinkFacts {
  readonly name: string;
  readonly open: boolean;
  /** key of the project that it has; null while it has none */
  readonly projectKey: string | null;
  /** the environment lets people search the projects of Jira (`crmjira_ProjectPicker`) */
  readonly picker: boolean;
}

/** Open, of `statecode`. */
const OPEN = 0;
const PICKER = 'crmjira_ProjectPicker';

/** @throws what the client API throws when the record can not be read */
export async function readOpportunity(id: string): Promise<LinkFacts> {
  const [row, variables] = await Promise.all([
    Xrm.WebApi.retrieveRecord('opportunity', id, '?$select=name,statecode,crmjira_jira_project_key'),
    readVariable(),
  ]);
  const value = variableOf(variables, PICKER)?.toLowerCase() ?? '';
  return {
    name: textField(row, 'name') ?? '',
    open: row['statecode'] === OPEN,
    projectKey: textField(row, 'crmjira_jira_project_key'),
    picker: ['yes', 'true', '1', 'on'].includes(value),
  };
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
