import { rowsAtOnce } from '../../../clients/dataverse/reader';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { planRun } from './mirror-run';
import { projectJql } from './plan-mirror';
import type { RunCost } from '../../../reconciler/sync-log';
import type { CountedSides } from './run-cost';

/** About what discovery and mirror of a connection will ask of both sides, where everything read has changed; Jira counts what it would find. */
export interface Estimate extends RunCost {
  /** Projects that are read whole. */
  readonly whole: number;
  /** Projects of which only what has changed is read. */
  readonly followed: number;
  readonly issues: number;
}

const pageSize = 100;
const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / pageSize));
const withoutOrder = (jql: string): string => jql.replace(/ ORDER BY .*$/, '');

/** How many issues a query finds; where the site does not say, as many as would be read. */
async function countOf(site: JiraSite, jql: string, most: number): Promise<number> {
  return Math.min(most, (await site.profile.count(site.http, withoutOrder(jql))) ?? most);
}

/** Estimates a run; costs a request for each project that is read whole, and one for each hundred of the others. */
export async function estimateRun(
  sides: CountedSides,
  connectionId: string,
  now: Date,
  force: boolean,
): Promise<Estimate> {
  const { site } = sides;
  const { settings, known, plan } = await planRun(sides, connectionId, now, force);
  const { limit, batchSize } = settings;
  const writes = (issues: number): number => Math.ceil(issues / batchSize);
  // Discovery: who we are, the list of projects, its rows. Mirror: the rows that say what is to be done. Each writes its own row.
  let [jiraRequests, objects, dataverseRequests, issues] = [1 + pagesOf(known), 2 + known, 2 + 4, 0];
  for (const project of plan.fills) {
    const found = await countOf(site, projectJql(project), limit);
    issues += found;
    jiraRequests += pagesOf(found);
    objects += found;
    // Its rows are read, those of issues are written, and its own.
    dataverseRequests += Math.max(1, Math.ceil(found / rowsAtOnce)) + writes(found) + 1;
  }
  for (const { jql, projects } of plan.changes) {
    const found = await countOf(site, jql, limit * projects.length);
    issues += found;
    jiraRequests += pagesOf(found);
    objects += found;
    dataverseRequests += found === 0 ? 0 : pagesOf(found) + Math.max(writes(found), pagesOf(found));
  }
  return {
    jiraRequests,
    jiraPoints: site.profile.deployment === 'cloud' ? jiraRequests + objects : null,
    dataverseRequests,
    whole: plan.fills.length,
    followed: plan.changes.reduce((sum, { projects }) => sum + projects.length, 0),
    issues,
  };
}
