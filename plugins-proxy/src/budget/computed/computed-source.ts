import type { JiraSite } from '../../jira/jira-site';
import { readWorklogs } from '../../jira/read-worklogs';
import { inParallel } from '../../outgoing/in-parallel';
import type { BudgetRequest, BudgetSource } from '../budget-source';
import { estimateWork } from './estimate-work';
import { priceWorklogs } from './price-worklogs';
import type { RecentIssues } from './recent-issues';

/** Calls for one project made at the same time. */
const parallelReads = 8;

/** Issues to read worklogs of: those with time on them, and those that events name but the index may not show rightly yet. */
async function issuesToRead(request: BudgetRequest, recent: RecentIssues): Promise<readonly string[]> {
  const known = new Set(request.issues.map((issue) => issue.id));
  const logged = request.issues.filter((issue) => (issue.fields.timespent ?? 0) > 0).map((issue) => issue.id);
  const named = (await recent.list())
    .filter(({ id, projectId }) => (projectId === null ? known.has(id) : projectId === request.projectId))
    .map(({ id }) => id);
  return [...new Set([...logged, ...named])];
}

/**
 * Budget figures from worklogs × rate: everything is read anew for each plan, so that what it says is true whatever events were
 * lost. There is no amount in Jira; the budget's id is made from the project's (DATA-MODEL 6).
 */
export function createComputedSource(site: JiraSite, recent: RecentIssues): BudgetSource {
  return {
    kind: 'computed',
    read: async (request) => {
      const ids = await issuesToRead(request, recent);
      const lists = await inParallel(ids, parallelReads, (id) => readWorklogs(site, id));
      const work = priceWorklogs(lists.flat(), request.hourlyRate, request.currency, request.convert);
      return {
        id: `COMPUTED-${request.projectId}`,
        amount: null,
        spent: work.spent,
        hours: work.seconds / 3600,
        ...estimateWork(request.issues),
        history: work.history,
      };
    },
    // The budget exists as soon as the project does, and its amount lives in Dynamics alone.
    create: async () => undefined,
    setAmount: async () => undefined,
  };
}
