import { toDecimal } from '@crmjira/domain';
import { z } from 'zod';
import { path } from '../../../../platform/http-client/path';
import type { JiraSite } from '../../../../clients/jira/jira-site';
import type { BudgetSource } from '../budget-source';
import { estimateWork } from '../computed/estimate-work';
import { toldNumber } from '../told-value';
import { budgetPath } from './budget-path';
import { searchBudgets } from './search-budgets';
import { takeFigures } from './take-figures';

const budgetAnswer = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  projectKey: z.string(),
  amount: toldNumber,
  currency: z.string().optional(),
});
/** The contract names no envelope for a search: a list, a page or one budget are all taken. */
const budgetsAnswer = z.union([
  budgetAnswer.array(),
  z.object({ budgets: budgetAnswer.array() }).transform((page) => page.budgets),
  z.object({ values: budgetAnswer.array() }).transform((page) => page.values),
  budgetAnswer.transform((one) => [one]),
]);
const spendingAnswer = z.object({
  totalSpent: toldNumber,
  totalHours: toldNumber.optional(),
});

/** The budget module's contract (D-7.3): not a public product API, therefore an adapter (R-513 a). */
export function createBudgetModuleSource(site: JiraSite, budgetApiUrl: () => string | null = () => null): BudgetSource {
  const base = (): string => budgetPath(site.url, budgetApiUrl());
  const search = async <Schema extends z.ZodType>(
    projectKey: string,
    schema: Schema,
  ): Promise<z.output<Schema> | null> => searchBudgets(site.http, base(), projectKey, schema);
  /** A budget keeps the key that its project had when it was made: after a rename only its own id leads to it. */
  const known = (budgetId: string): Promise<z.output<typeof budgetAnswer> | null> =>
    site.http.find({ method: 'GET', path: base() + path`/budget/${budgetId}`, schema: budgetAnswer });
  const find = async (projectKey: string): Promise<z.output<typeof budgetAnswer> | null> =>
    (await search(projectKey, budgetsAnswer))?.find((one) => one.projectKey === projectKey) ?? null;
  return {
    kind: 'budget-module',
    // Of a key that no project has, the module's list is empty, or it says that there is no such project.
    probe: () => search('NONE', z.unknown()),
    read: async (request) => {
      const { budgetId = null } = request;
      const budget = (await find(request.projectKey)) ?? (budgetId === null ? null : await known(budgetId));
      if (budget === null) return null;
      const spending = await site.http.call({
        method: 'GET',
        path: base() + path`/budget/${budget.id}/spending`,
        schema: spendingAnswer,
      });
      const estimates = estimateWork(request.issues);
      const figures = takeFigures({ ...budget, ...spending }, request);
      return {
        id: budget.id,
        ...estimates,
        ...figures,
        history: [],
        unusable: [...figures.unusable, ...estimates.unusable],
      };
    },
    create: async (action) => {
      await site.http.call({
        method: 'POST',
        path: `${base()}/budget`,
        body: {
          name: action.name,
          projectKey: action.projectKey,
          amount: toDecimal(action.amount),
          currency: action.amount.currency,
          period: { from: action.from, to: action.to },
          budgetType: 'TOTAL_BUDGET',
        },
        schema: budgetAnswer,
        effect: async () => {
          const budget = await find(action.projectKey);
          return budget === null ? { state: 'none' } : { state: 'there', value: budget };
        },
      });
    },
    setAmount: async (action) => {
      await site.http.call({
        method: 'PUT',
        path: base() + path`/budget/${action.budgetId}`,
        body: { amount: toDecimal(action.amount), currency: action.amount.currency },
        schema: z.unknown(),
      });
    },
  };
}
