import { z } from 'zod';
import type { BudgetRow } from '../site/rows';
import type { Site } from '../site/site';

/** Worklog property that carries what an hour costs. */
export const BILLING_PROPERTY = 'crmjira.billing';
const billing = z.looseObject({ rate: z.number() });

/** Major units an hour: the worklog's own rate, else the site's. */
export function hourlyRate(site: Site, worklogId: string): number {
  const own = billing.safeParse(site.property(`worklog/${worklogId}`, BILLING_PROPERTY)?.value);
  return own.success ? own.data.rate : site.options.defaultHourlyRate;
}

/** Minor units and seconds of all work logged in a project. */
export function projectSpending(site: Site, projectKey: string): { minor: number; seconds: number; entries: number } {
  const project = site.findProject(projectKey);
  const worklogs = project
    ? site.issues.where('project', project.id).flatMap((issue) => site.worklogs.where('issue', issue.id))
    : [];
  return worklogs.reduce(
    (sum, worklog) => ({
      minor: sum.minor + Math.round((worklog.seconds * Math.round(hourlyRate(site, worklog.id) * 100)) / 3600),
      seconds: sum.seconds + worklog.seconds,
      entries: sum.entries + 1,
    }),
    { minor: 0, seconds: 0, entries: 0 },
  );
}

/** Budgets of a project, also under a key that it had before a rename. */
export function budgetsOf(site: Site, projectKey: string): BudgetRow[] {
  const project = site.findProject(projectKey);
  return site.budgets.all().filter((row) => project && site.findProject(row.projectKey)?.id === project.id);
}

/** A budget as the contract of the budget module writes it (E1, E2). */
export function budgetView(site: Site, budget: BudgetRow) {
  const { minor } = projectSpending(site, budget.projectKey);
  const remaining = Math.round(budget.amount * 100) - minor;
  return {
    id: budget.id,
    name: budget.name,
    projectKey: budget.projectKey,
    amount: budget.amount,
    spentAmount: minor / 100,
    remainingAmount: remaining / 100,
    currency: budget.currency,
    period: { from: budget.from, to: budget.to },
    budgetType: budget.budgetType,
    status: remaining < 0 && budget.status === 'Active' ? 'Overbudget' : budget.status,
  };
}

/** The budget of a project, for a webhook body; null when there is none. */
export function budgetFigures(site: Site, projectKey: string) {
  const budget = budgetsOf(site, projectKey)[0];
  return budget ? budgetView(site, budget) : null;
}
