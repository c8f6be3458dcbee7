import type { JiraSite } from '../../../../clients/jira/jira-site';
import { readWorklogs } from '../../../../clients/jira/read-worklogs';
import type { IssueAnswer } from '../../../../clients/jira/wire/answers';
import type { WorkedIssue } from '../../../../clients/jira/worklog-cache';
import { inParallel } from '../../../../platform/http-client/in-parallel';
import type { BudgetRequest, BudgetSource } from '../budget-source';
import { estimateWork } from './estimate-work';
import type { OwnRateAccounts } from './own-rate';
import { priceWorklogs } from './price-worklogs';
import type { RecentIssues } from './recent-issues';

/** Calls for one project made at the same time. */
const parallelReads = 8;

const nobody: OwnRateAccounts = new Set();

/** Issues of the project that events have named lately: the index may not show them rightly yet. */
async function namedIssues(request: BudgetRequest, recent: RecentIssues): Promise<ReadonlySet<string>> {
  const known = new Set(request.issues.map((issue) => issue.id));
  const named = (await recent.list()).filter(({ id, projectId }) =>
    projectId === null ? known.has(id) : projectId === request.projectId,
  );
  return new Set(named.map(({ id }) => id));
}

/** Issues with time on them; null where the search does not say when they changed. */
function workedIssues(issues: readonly IssueAnswer[]): ReadonlyMap<string, WorkedIssue | null> {
  const logged = issues.filter((issue) => (issue.fields.timespent ?? 0) > 0);
  return new Map(
    logged.map(({ id, fields: { updated, timespent } }) => [
      id,
      updated == null ? null : { id, updated, timespent: timespent ?? 0 },
    ]),
  );
}

/**
 * Budget figures from worklogs × rate: every issue is looked at for each plan, and the worklogs of those that have changed, so that
 * what it says is true whatever events were lost. There is no amount in Jira; the budget's id is made from the project's (D-6).
 */
export function createComputedSource(site: JiraSite, recent: RecentIssues): BudgetSource {
  return {
    kind: 'computed',
    read: async (request) => {
      if (request.thorough === true) await site.recheckWorklogs?.();
      const named = await namedIssues(request, recent);
      const worked = workedIssues(request.issues);
      const lists = await inParallel([...new Set([...worked.keys(), ...named])], parallelReads, async (id) => {
        const issue = worked.get(id) ?? null;
        const trusted = issue !== null && !named.has(id) && request.fresh !== true;
        const remembered = trusted ? (site.worklogs?.get(issue) ?? null) : null;
        if (remembered !== null) return remembered;
        const worklogs = await readWorklogs(site, id);
        if (issue !== null) site.worklogs?.set(issue, worklogs);
        return worklogs;
      });
      const work = priceWorklogs(
        lists.flat(),
        request.hourlyRate,
        request.currency,
        request.convert,
        request.ownRateAccounts ?? nobody,
      );
      const estimates = estimateWork(request.issues);
      return {
        id: `COMPUTED-${request.projectId}`,
        amount: null,
        spent: work.spent,
        hours: work.seconds / 3600,
        ...estimates,
        history: work.history,
        allocation: work.allocation,
        unusable: [...work.unusable, ...estimates.unusable],
      };
    },
    // The budget exists as soon as the project does, and its amount lives in Dynamics alone.
    create: async () => undefined,
    setAmount: async () => undefined,
  };
}
