import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { rowsAtOnce } from '../../../clients/dataverse/reader';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { countCalls } from '../../../clients/jira/points';
import type { RunCost } from '../../../reconciler/sync-log';

/** What runs do in Dataverse. */
export type RunDataverse = Pick<DataverseClient, 'many' | 'changeSet'>;

/** Both sides of a run, whose requests are counted. */
export interface CountedSides {
  readonly site: JiraSite;
  readonly dataverse: RunDataverse;
  readonly cost: () => RunCost;
}

export function countSides(site: JiraSite, dataverse: RunDataverse): CountedSides {
  const jira = countCalls(site.http);
  let dataverseRequests = 0;
  return {
    site: { ...site, http: jira.http },
    dataverse: {
      many: async (collection, query, schema) => {
        dataverseRequests += 1;
        const rows = await dataverse.many(collection, query, schema);
        // Further pages are requests of their own.
        if (query.top === undefined) dataverseRequests += Math.floor(Math.max(0, rows.length - 1) / rowsAtOnce);
        return rows;
      },
      changeSet: (writes) => {
        dataverseRequests += 1;
        return dataverse.changeSet(writes);
      },
    },
    cost: () => {
      const { requests, points } = jira.cost();
      const jiraPoints = site.profile.deployment === 'cloud' ? points : null;
      return { jiraRequests: requests, jiraPoints, dataverseRequests };
    },
  };
}

/** What several runs have asked together. Pure. */
export function addCosts(...costs: readonly RunCost[]): RunCost {
  const sum = (of: (cost: RunCost) => number): number => costs.reduce((all, cost) => all + of(cost), 0);
  return {
    jiraRequests: sum(({ jiraRequests }) => jiraRequests),
    jiraPoints: costs.some(({ jiraPoints }) => jiraPoints === null) ? null : sum(({ jiraPoints }) => jiraPoints ?? 0),
    dataverseRequests: sum(({ dataverseRequests }) => dataverseRequests),
  };
}
