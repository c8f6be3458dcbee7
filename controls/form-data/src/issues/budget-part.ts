import type { BudgetMappingRow } from '@crmjira/domain';
import { type Values, columnsOf, readColumns, selectOf } from '../row/columns';
import { type RawRow, formattedField } from '../row/row-fields';
import type { Part } from '../store/part';
import { isForbidden } from '../store/read-failure';
import type { IssueLink } from './issue-link';
import { linkPart } from './link-part';

const { text, number } = columnsOf<BudgetMappingRow>();

const COLUMNS = {
  opportunityId: text('_crmjira_opportunity_id_value'),
  reference: text('crmjira_integration_reference'),
  status: number('crmjira_budget_status'),
  percent: number('crmjira_utilization'),
};

/** How the budget of a project stands in which linked issues are. */
export interface ProjectBudget extends Values<typeof COLUMNS> {
  /** name of the status in the person's language */
  readonly caption: string | null;
}

const SELECT = selectOf(COLUMNS);

/** On a case; none for those who may not read the mapping. */
export const budgetPart: Part<'budgets', readonly ProjectBudget[], { readonly links: readonly IssueLink[] }> = {
  name: 'budgets',
  select: SELECT,
  needs: [linkPart],
  apart: true,
  async read({ webApi, table }, { links }) {
    const ids = new Set(links.flatMap(({ issue }) => issue?.projectOf ?? []));
    if (table !== 'incident' || ids.size === 0) return [];
    const whose = [...ids].map((id) => `_crmjira_opportunity_id_value eq ${id}`).join(' or ');
    try {
      const answer = await webApi.retrieveMultipleRecords('crmjira_budget_mapping', `${SELECT}&$filter=${whose}`);
      return (answer.entities as readonly RawRow[]).map((row) => ({
        ...readColumns(row, COLUMNS),
        caption: formattedField(row, 'crmjira_budget_status'),
      }));
    } catch (error) {
      if (isForbidden(error)) return [];
      throw error;
    }
  },
};
