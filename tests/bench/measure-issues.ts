import { randomUUID } from 'node:crypto';
import { jiraIssueRowId, jiraProjectRowId, newLink, type ShownIssue, SyncPreference } from '@crmjira/domain';
import { z } from 'zod';
import { mirrorColumns } from '../../plugins-proxy/src/capabilities/issues/mirror/mirror-columns';
import { newLinkColumns } from '../../plugins-proxy/src/capabilities/issues/link/stored-row';
import { platformLimits, userRole } from '../../sandbox/src/dataverse';
import { transitionIssue } from '../../sandbox/src/jira/operations/transition-issue';
import { CONNECTION_ID } from '../../sandbox/src/run/directory';
import { accounts } from '../../sandbox/src/seed/accounts';
import { applicationUsers } from '../../sandbox/src/seed/people';
import { issueRow, projectRow } from '../plugins-proxy/jira-rows';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';
import { type SeededWorld, startSeededWorld } from './seeded-world';
import { startMeasuredProxy } from './start-proxy';

const projectId = 60_000;
/** Transition of the stand-in's workflow, and the status that issues stand in before. */
const [toDone, inProgress] = ['41', '3'] as const;
/**
 * Requests a second that Jira Cloud takes of one account at one endpoint with one method
 * (developer.atlassian.com, "Rate limiting": burst limits of GET and POST).
 */
const jiraLimits = { cloud: { capacity: 100, perSecond: 100 }, dc: { capacity: 100, perSecond: 100 } };
const lookEveryMs = 50;
const settledMs = 240_000;

const closedRow = z.object({ _incidentid_value: z.string() });

/** Cases with an issue each, that agree. @returns their ids, and those of their issues */
async function linkCases({ dataverse, admin, jira, environment }: SeededWorld, count: number) {
  // What setting up the cases gives the service.
  await dataverse.seed([
    userRole(applicationUsers[1].id, dataverse.roleId('CRM-JIRA Integration Service for Cases') ?? ''),
  ]);
  const project = jiraProjectRowId(CONNECTION_ID, String(projectId));
  const siteUrl = environment['JIRA_URL'] ?? '';
  await admin.changeSet([
    {
      op: 'create',
      collection: 'crmjira_jira_projects',
      id: project,
      columns: {
        crmjira_name: 'Support',
        crmjira_project_id: String(projectId),
        crmjira_project_key: `PRJ${projectId}`,
        crmjira_is_offered: true,
        'crmjira_integration_id@odata.bind': `/crmjira_integrations(${CONNECTION_ID})`,
      },
    },
  ]);
  const at = new Date().toISOString();
  const linked = Array.from({ length: count }, (_, n) => ({
    caseId: randomUUID(),
    issueId: String(projectId * 10_000 + n),
    n,
  }));
  jira.site.together(() => {
    jira.site.projects.put(projectRow(projectId));
    for (const { issueId, n } of linked)
      jira.site.issues.put(
        issueRow(Number(issueId), projectId, { summary: `Case ${n}`, statusId: inProgress, updatedOn: at }),
      );
  });
  for (let start = 0; start < count; start += 50)
    await admin.changeSet(
      linked.slice(start, start + 50).flatMap(({ caseId, issueId, n }) => {
        const mirrorRowId = jiraIssueRowId(CONNECTION_ID, issueId);
        const record = { table: 'incident', id: caseId, etag: '', version: 1, closed: false } as const;
        const stored = {
          ...newLink(issueId, { ...record, changedBy: null, changedOn: null }),
          stage: 'linked',
        } as const;
        const shown: ShownIssue = {
          ...{
            issueId,
            key: issueRow(Number(issueId), projectId).key,
            projectId: String(projectId),
            summary: `Case ${n}`,
          },
          ...{
            type: 'Story',
            status: 'In Progress',
            statusCategory: 'indeterminate',
            priority: 'Medium',
            assignee: null,
          },
          ...{
            assigneeActive: true,
            labels: ['one', 'two'],
            archived: false,
            resolution: null,
            resolvedOn: null,
            resolvedBy: null,
          },
        } as const;
        return [
          {
            op: 'create' as const,
            collection: 'incidents',
            id: caseId,
            columns: {
              ...{ title: `Case ${n}`, prioritycode: 2, statuscode: 1 },
              'customerid_account@odata.bind': `/accounts(${accounts[0]?.id ?? ''})`,
            },
          },
          {
            op: 'create' as const,
            collection: 'crmjira_jira_issues',
            id: mirrorRowId,
            columns: mirrorColumns(shown, { connectionId: CONNECTION_ID, siteUrl, projectRowId: project }),
          },
          {
            op: 'create' as const,
            collection: 'crmjira_issue_links',
            id: randomUUID(),
            columns: newLinkColumns({
              ...{
                table: 'incident',
                recordId: caseId,
                projectRowId: project,
                mirrorRowId,
                note: null,
                stored,
                create: null,
                at,
              },
              preference: SyncPreference.Both,
            }),
          },
        ];
      }),
    );
  return linked;
}

interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  readonly aimMs: number;
}

/** Issues that are done one after another; each resolves its case. */
async function measure({ perSecond, seconds, aimMs }: Load): Promise<BenchRow> {
  const count = perSecond * seconds;
  const world = await startSeededWorld({ projects: 0, serviceProtection: platformLimits, rateLimits: jiraLimits });
  const linked = await linkCases(world, count);
  const proxy = await startMeasuredProxy({ ...world.environment, REGISTER_STEPS: 'true' });
  try {
    await Promise.all([proxy.seen('steps and webhook registered'), proxy.quiet(count)]);
    const { jira, admin, counts } = world;
    const [actor] = jira.site.users.all();
    for (const side of Object.values(counts)) side.reset();
    const doneAt = new Map<string, number>();
    const times = new Map<string, number>();
    let isOver = false;
    // The row of the resolution is the entry of the timeline, and stands there in the change set that closes the case.
    const watching = (async () => {
      while (!isOver) {
        const rows = await admin.many('incidentresolutions', { select: ['_incidentid_value'] }, closedRow);
        const now = performance.now();
        for (const { _incidentid_value: id } of rows)
          if (!times.has(id)) times.set(id, now - (doneAt.get(id) ?? Number.NaN));
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      }
    })();
    const began = performance.now();
    for (const { caseId, issueId, n } of linked) {
      const due = began + (1_000 * n) / perSecond - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      const issue = jira.site.issues.get(issueId);
      if (issue === undefined || actor === undefined) throw new Error(`Jira has no issue ${issueId}`);
      transitionIssue({ site: jira.site, edition: 'cloud', version: 3 }, actor, issue, toDone, {});
      doneAt.set(caseId, performance.now());
    }
    const until = performance.now() + settledMs;
    while (times.size < count) {
      if (performance.now() > until) throw new Error(`${times.size} of ${count} cases were resolved in time`);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    isOver = true;
    await watching;
    await proxy.quiet(0);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile([...times.values()], share)) as [
      number,
      number,
      number,
    ];
    return {
      what: `an issue is done in Jira → its case is resolved, with the entry of its timeline: ${perSecond}/s for ${seconds} s, p95 of ${count}`,
      measured: `${milliseconds(p95)}, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}; ${counts.dataverse.http} Dataverse and ${counts.jira.http} Jira requests`,
      reference: 'the aim',
      referenceMeasured: milliseconds(aimMs),
      ratio: rounded(p95 / aimMs),
      aim: '≤ 1',
    };
  } finally {
    await proxy.stop();
    await world.close();
  }
}

/** Cases that resolve with their issues, under the limits of both platforms. */
export async function measureIssues(
  loads = [
    { perSecond: 5, seconds: 12, aimMs: 2_000 },
    { perSecond: 50, seconds: 4, aimMs: 10_000 },
  ],
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const load of loads) rows.push(await measure(load));
  return rows;
}
