import { z } from 'zod';
import { searchBudgets } from '../../../capabilities/budget/source/budget-module/search-budgets';
import { IntegrationError } from '../../../platform/errors/integration-error';
import { path } from '../../../platform/http-client/path';
import { budget, budgetCreate, budgetResponse, budgetSpending, budgetUpdate } from '../describe/definitions';
import { type ConnectorContext, jiraOperation } from '../describe/operation';
import type { MappedBudget } from '../mapped-budgets';
import { budgetId, none } from './parameters';

/** The contract names no envelope: a list, a page and a single budget are all taken. */
const budgets = z.union([
  budget.array(),
  z.object({ budgets: budget.array() }).transform((page) => page.budgets),
  z.object({ values: budget.array() }).transform((page) => page.values),
  budget.transform((one) => [one]),
]);

/** Path of the module; amounts that stand in Dynamics are changed there, by approval. */
async function requireModule(context: ConnectorContext): Promise<string> {
  const base = await context.budgetModule();
  if (base !== null) return base;
  throw new IntegrationError(
    'Budgets stand in Dynamics with this budget source. A project gets its budget by StartOperation, an amount changes by approval.',
    { code: 'budget-in-dynamics', errorClass: 'permanent', status: 409 },
  );
}

async function mapped(context: ConnectorContext, id: string): Promise<MappedBudget> {
  const found = await context.mappedBudgets.ofId(id);
  if (found !== null) return found;
  throw new IntegrationError(`No budget mapping has the budget ${id}.`, {
    code: 'budget-not-found',
    errorClass: 'permanent',
    status: 404,
  });
}

/** Budgets through the connector. */
export const budgetOperations = [
  jiraOperation({
    operationId: 'GetBudgets',
    method: 'GET',
    path: '/tempo-budgets/1/budget',
    summary: 'Get Project Budgets',
    description: 'Lists the budgets of a project.',
    params: none,
    query: z.object({ projectKey: z.string().min(1).max(100).describe('Key of the project') }),
    body: null,
    answer: { status: 200, says: 'Budgets of the project', schema: budgetResponse },
    handle: async (context, { query }) => {
      const base = await context.budgetModule();
      if (base === null) {
        const all = await context.mappedBudgets.ofProject(query.projectKey);
        return { body: { budgets: all.map((one) => one.budget) } };
      }
      const found = await searchBudgets(context.site.http, base, query.projectKey, budgets);
      return { body: { budgets: found ?? [] } };
    },
  }),
  jiraOperation({
    operationId: 'CreateBudget',
    method: 'POST',
    path: '/tempo-budgets/1/budget',
    summary: 'Create Project Budget',
    description: 'Creates the budget of a project.',
    params: none,
    query: none,
    body: { name: 'budget', schema: budgetCreate },
    answer: { status: 201, says: 'Budget created', schema: budget },
    handle: async (context, { body }) => {
      const base = await requireModule(context);
      return {
        body: await context.site.http.call({
          method: 'POST',
          path: `${base}/budget`,
          body: { budgetType: 'TOTAL_BUDGET', ...body },
          schema: budget,
        }),
      };
    },
  }),
  jiraOperation({
    operationId: 'GetBudget',
    method: 'GET',
    path: '/tempo-budgets/1/budget/{budgetId}',
    summary: 'Get Budget',
    description: 'Reads one budget.',
    params: budgetId,
    query: none,
    body: null,
    answer: { status: 200, says: 'The budget', schema: budget },
    handle: async (context, { params }) => {
      const base = await context.budgetModule();
      if (base === null) return { body: (await mapped(context, params.budgetId)).budget };
      const address = base + path`/budget/${params.budgetId}`;
      return { body: await context.site.http.call({ method: 'GET', path: address, schema: budget }) };
    },
  }),
  jiraOperation({
    operationId: 'UpdateBudget',
    method: 'PUT',
    path: '/tempo-budgets/1/budget/{budgetId}',
    summary: 'Update Budget',
    description: 'Changes what is given of a budget.',
    params: budgetId,
    query: none,
    body: { name: 'budget', schema: budgetUpdate },
    answer: { status: 200, says: 'The budget as it is now', schema: budget },
    handle: async (context, { params, body }) => {
      const base = await requireModule(context);
      const address = base + path`/budget/${params.budgetId}`;
      return { body: await context.site.http.call({ method: 'PUT', path: address, body, schema: budget }) };
    },
  }),
  jiraOperation({
    operationId: 'GetBudgetSpending',
    method: 'GET',
    path: '/tempo-budgets/1/budget/{budgetId}/spending',
    summary: 'Get Budget Spending',
    description: 'What has been spent of a budget.',
    params: budgetId,
    query: none,
    body: null,
    answer: { status: 200, says: 'The spending', schema: budgetSpending },
    handle: async (context, { params }) => {
      const base = await context.budgetModule();
      if (base === null) {
        const { budget: one, totalHours } = await mapped(context, params.budgetId);
        const { id, projectKey, spentAmount = 0, currency } = one;
        return { body: { budgetId: id, projectKey, totalSpent: spentAmount, currency, totalHours } };
      }
      const address = base + path`/budget/${params.budgetId}/spending`;
      return { body: await context.site.http.call({ method: 'GET', path: address, schema: budgetSpending }) };
    },
  }),
];
