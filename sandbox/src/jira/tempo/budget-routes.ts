import { z } from 'zod';
import type { Api, Call } from '../api';
import { JiraError } from '../jira-error';
import type { BudgetRow } from '../site/rows';
import { isDay } from '../site/timestamps';
import { budgetView, budgetsOf, projectSpending } from './budget-figures';

const day = z.string().refine(isDay, 'must be yyyy-MM-dd');
const budgetInput = z.looseObject({
  name: z.string().optional(),
  projectKey: z.string().optional(),
  amount: z.number().nonnegative().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO currency code')
    .optional(),
  period: z.looseObject({ from: day.nullish(), to: day.nullish() }).optional(),
  budgetType: z.string().optional(),
  status: z.enum(['Draft', 'Approved', 'Active', 'Overbudget', 'Completed']).optional(),
});

/** the number that E1 starts from */
export const FIRST_BUDGET = 12345;

/**
 * The contract of the budget module (D-7.3): no public product has it. Spent is what the worklogs cost.
 */
export function registerBudgets(api: Api): void {
  const base = '/rest/tempo-budgets/1/budget';
  const find = (call: Call): BudgetRow => {
    call.user();
    const budget = call.site.budgets.get(call.path('budgetId'));
    if (!budget) throw JiraError.notFound(`Budget '${call.path('budgetId')}' does not exist.`);
    return budget;
  };
  const changed = (call: Call, budget: BudgetRow, event: 'updated' | 'approved' = 'updated') =>
    call.site.emit({
      on: call.site.now(),
      actorId: call.user().id,
      kind: 'budget',
      event,
      projectKey: budget.projectKey,
    });
  api.at('GET', base, (call) => {
    call.user();
    const key = call.query('projectKey');
    const budgets = key === undefined ? call.site.budgets.all() : budgetsOf(call.site, key);
    return budgets.map((budget) => budgetView(call.site, budget));
  });
  api.at('POST', base, (call) => {
    call.user();
    const input = call.body(budgetInput);
    const project = call.site.findProject(input.projectKey ?? '');
    if (!project)
      throw JiraError.field('projectKey', `No project could be found with key '${input.projectKey ?? ''}'.`);
    if (!input.name) throw JiraError.field('name', 'You must specify a budget name.');
    if (input.amount === undefined) throw JiraError.field('amount', 'You must specify an amount.');
    if (budgetsOf(call.site, project.key).length > 0)
      throw new JiraError(409, [`Project '${project.key}' has a budget already.`]);
    const budget = call.site.budgets.put<BudgetRow>({
      id: `BUD-${call.site.nextId('budget', FIRST_BUDGET)}`,
      name: input.name,
      projectKey: project.key,
      amount: input.amount,
      currency: input.currency ?? 'CAD',
      from: input.period?.from ?? null,
      to: input.period?.to ?? null,
      budgetType: input.budgetType ?? 'TOTAL_BUDGET',
      status: input.status ?? 'Draft',
    });
    changed(call, budget);
    call.reply.status(201);
    return budgetView(call.site, budget);
  });
  api.at('GET', `${base}/:budgetId`, (call) => budgetView(call.site, find(call)));
  api.at('PUT', `${base}/:budgetId`, (call) => {
    const old = find(call);
    const input = call.body(budgetInput);
    const budget = call.site.budgets.put<BudgetRow>({
      ...old,
      name: input.name ?? old.name,
      amount: input.amount ?? old.amount,
      currency: input.currency ?? old.currency,
      from: input.period?.from ?? old.from,
      to: input.period?.to ?? old.to,
      status: input.status ?? old.status,
    });
    changed(call, budget, old.status === 'Draft' && budget.status === 'Approved' ? 'approved' : 'updated');
    return budgetView(call.site, budget);
  });
  api.at('GET', `${base}/:budgetId/spending`, (call) => {
    const budget = find(call);
    const { minor, seconds, entries } = projectSpending(call.site, budget.projectKey);
    return {
      budgetId: budget.id,
      projectKey: budget.projectKey,
      totalSpent: minor / 100,
      currency: budget.currency,
      totalHours: Math.round(seconds / 36) / 100,
      entries,
    };
  });
}
