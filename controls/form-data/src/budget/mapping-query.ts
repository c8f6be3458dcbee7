/** Relationship from an opportunity to its mapping. */
export const MAPPINGS = 'crmjira_opportunity_budget_mapping';

/** What follows the columns in the query. @param opportunityId lower-case GUID */
export function mappingOf(opportunityId: string): string {
  return `&$filter=_crmjira_opportunity_id_value eq ${opportunityId}&$top=1`;
}
