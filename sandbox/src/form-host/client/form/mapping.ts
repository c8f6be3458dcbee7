import { readRows } from '../web-api/web-api';
import { numberOf, textOf } from '../web-api/row-values';

/** What the command bar and the panels need of the opportunity's budget mapping. */
export interface MappingSummary {
  readonly id: string;
  readonly projectKey: string;
  readonly projectUrl: string | null;
  readonly provisioningState: number | null;
}

/** null when there is none, or none that this person may read */
export async function readMapping(opportunityId: string): Promise<MappingSummary | null> {
  const { rows } = await readRows(
    `crmjira_budget_mappings?$select=crmjira_budget_mappingid,crmjira_jira_project_key,crmjira_jira_project_url,crmjira_provisioning_state&$filter=_crmjira_opportunity_id_value eq ${opportunityId}&$top=1`,
  );
  const [row] = rows;
  if (!row) return null;
  return {
    id: textOf(row, 'crmjira_budget_mappingid') ?? '',
    projectKey: textOf(row, 'crmjira_jira_project_key') ?? '',
    projectUrl: textOf(row, 'crmjira_jira_project_url'),
    provisioningState: numberOf(row, 'crmjira_provisioning_state'),
  };
}
