import { toDecimal, type Money, type Unusable } from '@crmjira/domain';
import type { HttpClient } from '../../../../platform/http-client/http-client';
import { path } from '../../../../platform/http-client/path';
import { readAll, tempoProject, type TempoProjects } from '../../../../clients/tempo/find-tempo-project';
import { type Provider, requireFound } from '../../../../connections/providers/provider';
import type { TempoFound } from '../../../../connections/providers/tempo-provider';
import type { BudgetSource } from '../budget-source';
import { estimateWork } from '../computed/estimate-work';
import { toldAmount } from '../told-value';
import { expenseActual, laborActual, nothing, tempoBudget } from './answers';
import { sumActuals } from './sum-actuals';

/** Tempo Cloud as this service reaches it. */
export interface Tempo {
  readonly http: HttpClient;
  readonly projects: TempoProjects;
  readonly provider: Provider<TempoFound>;
  readonly now: () => Date;
}

/** Actuals are asked for up to this much ahead, in milliseconds: it is tomorrow already where some people work. */
const aheadMs = 24 * 3_600_000;

const projectPath = (id: string, rest: string): string => path`/4/projects/${id}` + rest;

/**
 * Tempo Cloud 4, Financial Manager (R-513 b). The budget's id is that of the Tempo project, which is not Jira's. Costs, not billing:
 * what Tempo itself holds against its budget.
 */
export function createTempoSource({ http, projects, provider, now }: Tempo): BudgetSource {
  const setAmount = async (id: string, amount: Money): Promise<void> => {
    // A budget counts in the currency of its project.
    await http.call({ method: 'PUT', path: projectPath(id, path`/currency/${amount.currency}`), schema: nothing });
    await http.call({
      method: 'PUT',
      path: projectPath(id, path`/budget/${String(toDecimal(amount))}`),
      schema: nothing,
    });
  };
  return {
    kind: 'tempo-cloud',
    probe: async () => requireFound(await provider.test()),
    read: async (request) => {
      const project = await projects.find(request.projectId);
      if (project === null) return null;
      const to = new Date(now().getTime() + aheadMs).toISOString().slice(0, 10);
      const [budget, labor, expenses] = await Promise.all([
        http.call({ method: 'GET', path: projectPath(project.id, '/budget'), schema: tempoBudget }),
        readAll(http, projectPath(project.id, '/actuals/labor'), laborActual, { to }),
        readAll(http, projectPath(project.id, '/actuals/expenses'), expenseActual, { to }),
      ]);
      // A project whose creation was cut off before it got its budget: creating it goes on from there.
      if (budget === undefined) return null;
      const { currency, convert, lastKnown = null } = request;
      const amount = toldAmount(budget.amount.value, budget.amount.currencyCode, currency, convert);
      const lastAmount = lastKnown?.jiraAmount ? convert(lastKnown.jiraAmount, currency) : null;
      const ofAmount: readonly Unusable[] = amount === null ? [{ of: project.id, why: 'amount' }] : [];
      const actuals = sumActuals(labor, expenses, request);
      const estimates = estimateWork(request.issues);
      return {
        id: project.id,
        amount: amount ?? lastAmount,
        ...actuals,
        ...estimates,
        unusable: [...ofAmount, ...actuals.unusable, ...estimates.unusable],
      };
    },
    create: async (action) => {
      const existing = await projects.find(action.projectId);
      const project =
        existing ??
        (await http.call({
          method: 'POST',
          path: '/4/projects',
          body: {
            name: action.name,
            type: 'MONETARY_BASED',
            currencyCode: action.amount.currency,
            scope: { type: 'JIRA_PROJECTS', reference: action.projectId },
          },
          schema: tempoProject,
          effect: async () => {
            const found = await projects.find(action.projectId);
            return found === null ? { state: 'none' } : { state: 'there', value: found };
          },
        }));
      if (action.from !== '' && action.to !== '')
        await http.call({
          method: 'PUT',
          path: projectPath(project.id, '/timeframe'),
          body: { startDate: action.from, endDate: action.to },
          schema: nothing,
        });
      // Last: its budget is what says that a project is complete.
      await setAmount(project.id, action.amount);
    },
    setAmount: async (action) => setAmount(action.budgetId, action.amount),
  };
}
