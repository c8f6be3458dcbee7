import { BudgetStatus, JIRA_STATUS_LABEL, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import { equalsId, quoted } from '../../clients/dataverse/filter';
import { choice, optionalDay, optionalGuid, optionalNumber, optionalText, text } from '../../clients/dataverse/columns';
import type { Currencies } from '../../connections/environment/read-currencies';
import type { budget } from './describe/definitions';

const row = z.object({
  _transactioncurrencyid_value: optionalGuid,
  crmjira_jira_project_key: text,
  crmjira_jira_budget_id: optionalText,
  crmjira_approved_budget: z.number(),
  crmjira_spent_amount: z.number(),
  crmjira_remaining_budget: z.number(),
  crmjira_total_hours: optionalNumber,
  crmjira_budget_status: choice(BudgetStatus),
  crmjira_period_from: optionalDay,
  crmjira_period_to: optionalDay,
});

/** A budget of the connector with the hours behind it. */
export interface MappedBudget {
  readonly budget: z.output<typeof budget>;
  readonly totalHours: number | undefined;
}

/** Budgets as the mappings have them: with a computed source they stand nowhere else. */
export interface MappedBudgets {
  ofProject(key: string): Promise<readonly MappedBudget[]>;
  /** null when no mapping of this connection has a budget of that id */
  ofId(id: string): Promise<MappedBudget | null>;
}

/** Reads budgets from the mappings of one connection. */
export function createMappedBudgets(
  client: DataverseClient,
  connectionId: string,
  currencies: () => Promise<Currencies>,
): MappedBudgets {
  const read = async (filter: string): Promise<MappedBudget[]> => {
    const own = `${equalsId('_crmjira_integration_id_value', connectionId)} and ${filter}`;
    const select = Object.keys(row.shape);
    const rows = await client.many(tables.crmjira_budget_mapping.entitySet, { select, filter: own }, row);
    const known = await currencies();
    return rows.flatMap((one): MappedBudget[] => {
      const { crmjira_jira_budget_id: id, _transactioncurrencyid_value: currency } = one;
      // Provisioning has not come to the budget yet.
      if (id === null) return [];
      return [
        {
          budget: {
            id,
            projectKey: one.crmjira_jira_project_key,
            amount: one.crmjira_approved_budget,
            spentAmount: one.crmjira_spent_amount,
            remainingAmount: one.crmjira_remaining_budget,
            currency: currency === null ? known.base : known.codeOf(currency),
            status: JIRA_STATUS_LABEL[one.crmjira_budget_status],
            period: { from: one.crmjira_period_from ?? undefined, to: one.crmjira_period_to ?? undefined },
          },
          totalHours: one.crmjira_total_hours ?? undefined,
        },
      ];
    });
  };
  return {
    ofProject: (key) =>
      read(`(crmjira_jira_project_key eq ${quoted(key)} or crmjira_integration_reference eq ${quoted(key)})`),
    ofId: async (id) => (await read(`crmjira_jira_budget_id eq ${quoted(id)}`))[0] ?? null,
  };
}
