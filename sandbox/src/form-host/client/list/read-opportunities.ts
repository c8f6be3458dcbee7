import { readRows } from '../web-api/web-api';
import { formattedOf, numberOf, textOf } from '../web-api/row-values';

export interface OpportunityLine {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly owner: string;
  readonly budget: number | null;
  readonly currency: string;
  readonly projectKey: string | null;
  readonly stage: string | null;
  readonly status: number | null;
  /** percent */
  readonly utilization: number | null;
  readonly isOpen: boolean;
}

/** Most rows that the page's one view shows. */
const most = 250;

/**
 * Opportunities that the person may see with their burn, newest change first.
 * @param filter OData; empty: all of them
 */
export async function readOpportunities(processSet: string, filter = ''): Promise<OpportunityLine[]> {
  const [opportunities, mappings, instances] = await Promise.all([
    readRows(
      `opportunities?$select=name,budgetamount,crmjira_jira_project_key,crmjira_budget_status,statecode,_customerid_value,_ownerid_value&$expand=transactioncurrencyid($select=isocurrencycode)&$orderby=modifiedon desc&$top=${most}${filter === '' ? '' : `&$filter=${filter}`}`,
    ),
    // Without read on mappings or processes the list still stands, without their columns.
    readRows(`crmjira_budget_mappings?$select=_crmjira_opportunity_id_value,crmjira_utilization&$top=${most}`).catch(
      () => ({ rows: [] }),
    ),
    readRows(`${processSet}?$select=_bpf_opportunityid_value,_activestageid_value&$top=${most}`).catch(() => ({
      rows: [],
    })),
  ]);
  const utilization = new Map(
    mappings.rows.map((row) => [textOf(row, '_crmjira_opportunity_id_value'), numberOf(row, 'crmjira_utilization')]),
  );
  const stages = new Map(
    instances.rows.map((row) => [textOf(row, '_bpf_opportunityid_value'), textOf(row, '_activestageid_value')]),
  );
  return opportunities.rows.map((row) => {
    const id = textOf(row, 'opportunityid') ?? '';
    const currency = row['transactioncurrencyid'];
    const code: unknown =
      typeof currency === 'object' && currency !== null ? Reflect.get(currency, 'isocurrencycode') : null;
    return {
      id,
      name: textOf(row, 'name') ?? '',
      account: formattedOf(row, '_customerid_value') ?? '',
      owner: formattedOf(row, '_ownerid_value') ?? '',
      budget: numberOf(row, 'budgetamount'),
      currency: typeof code === 'string' ? code : 'CAD',
      projectKey: textOf(row, 'crmjira_jira_project_key'),
      stage: stages.get(id) ?? null,
      status: numberOf(row, 'crmjira_budget_status'),
      utilization: utilization.get(id) ?? null,
      isOpen: numberOf(row, 'statecode') === 0,
    };
  });
}
