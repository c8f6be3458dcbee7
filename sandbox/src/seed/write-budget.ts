import { addMonths, BudgetSource, type BudgetStatus, JIRA_STATUS_LABEL } from '@crmjira/domain';
import type { ProjectRow } from '../jira/site/rows';
import { FIRST_BUDGET } from '../jira/tempo/budget-routes';
import { FIRST_TEMPO_PROJECT } from '../jira/tempo/cloud/tempo-cloud';
import type { SeededSource } from '../run/budget-source-of';
import type { Writing } from './writing';

/** The budget of a project where the budget source keeps it. */
export interface WrittenBudget {
  readonly id: string;
  /** what Jira's side says of the amount; null: the source keeps none */
  readonly amount: number | null;
}

export const budgetSourceOption: Readonly<Record<SeededSource, BudgetSource>> = {
  computed: BudgetSource.ComputedWorklogsRate,
  'budget-module': BudgetSource.BudgetModule,
  'tempo-cloud': BudgetSource.TempoCloud,
};

/** Writes the budget as the integration would have made it there. */
export function writeBudget(
  { site, opportunity, work, budgetSource }: Writing,
  project: ProjectRow,
  status: BudgetStatus,
): WrittenBudget {
  const [amount, name] = [opportunity.budget ?? 0, `Budget for ${opportunity.name}`];
  const [from, to] = [work.startDay, addMonths(work.startDay, 12)];
  const { currency } = opportunity;
  switch (budgetSource) {
    case 'computed':
      return { id: `COMPUTED-${project.id}`, amount: null };
    case 'budget-module': {
      const id = `BUD-${site.nextId('budget', FIRST_BUDGET)}`;
      const projectKey = project.key;
      const label = JIRA_STATUS_LABEL[status];
      site.budgets.put({ id, name, projectKey, amount, currency, from, to, budgetType: 'TOTAL_BUDGET', status: label });
      return { id, amount };
    }
    case 'tempo-cloud': {
      const id = site.nextId('tempo-project', FIRST_TEMPO_PROJECT);
      const scope = { type: 'JIRA_PROJECTS', reference: project.id };
      const timeframe = { startDate: from, endDate: to };
      const type = 'MONETARY_BASED';
      site.tempoProjects.put({ id, name, currency, type, scope, budget: amount, timeframe, expenses: [] });
      return { id, amount };
    }
  }
}
