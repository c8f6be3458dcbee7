import type { JiraSite } from '../../jira/jira-site';
import { readWorklogs } from '../../jira/read-worklogs';
import { inParallel } from '../../outgoing/in-parallel';
import type { BudgetSource } from '../budget-source';
import { estimateWork } from './estimate-work';
import { priceWorklogs } from './price-worklogs';

/** Worklog lists of one project read at the same time. */
const parallelReads = 8;

/**
 * Budget figures from worklogs × rate: everything is read anew for each plan, so that what it says is true whatever events were
 * lost. There is no amount in Jira; the budget's id is made from the project's (DATA-MODEL 6).
 */
export function createComputedSource(site: JiraSite): BudgetSource {
  return {
    kind: 'computed',
    read: async (request) => {
      const logged = request.issues.filter((issue) => (issue.fields.timespent ?? 0) > 0);
      const lists = await inParallel(logged, parallelReads, (issue) => readWorklogs(site, issue.id));
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
