import type { WebApi } from './read-record';

const NEWEST = '$select=versionnumber;$orderby=versionnumber desc;$top=1';

/** Opportunity, mapping and requests: what the service or a colleague writes raises the version of one of them. */
const QUERY =
  `?$select=versionnumber&$expand=crmjira_opportunity_budget_mapping(${NEWEST})` +
  `,crmjira_opportunity_budget_approval(${NEWEST})`;

/**
 * One small request that tells whether rows of the opportunity have changed: other text, other rows. Empty for somebody who may not
 * read one of the tables: for them only time tells.
 */
export async function rowVersions(webApi: Pick<WebApi, 'retrieveRecord'>, opportunityId: string): Promise<string> {
  try {
    return JSON.stringify(await webApi.retrieveRecord('opportunity', opportunityId, QUERY));
  } catch {
    // The next reading says why, in words.
    return '';
  }
}
