import { derivedId, InboundStatus, MappingStatus, parseSiteId, tables } from '@crmjira/domain';
import { z } from 'zod';
import { guid, optionalFlag, optionalGuid } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsId, equalsOneOf, quoted } from '../../../clients/dataverse/filter';
import { projectOfIssue } from '../../../clients/jira/project-of-issue';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { jobKey } from '../../../queue/job-key';
import { type Job, type JobHandler, nothingToEnqueue, type Resolved, resolver } from '../../../reconciler/job-handler';
import { readMappedOpportunities } from '../read/read-mapping';
import type { RecentIssuesOfSites } from '../source/computed/recent-issues';
import { askForCompletion, logConfirmation, type TriggeringEvent } from './budget-module-events';
import { closedProjectOf } from './closed-project';
import { ofDeletedMapping } from './deleted-mapping';

/** What finding the opportunities behind another key needs. */
export interface ResolverParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of' | 'ids'>;
  readonly now: () => Date;
  readonly recentIssues: RecentIssuesOfSites;
  /** How long events of a project are coalesced, in milliseconds (R-1307). */
  readonly coalesceMs: () => Promise<number>;
  /** Deliveries that enqueued a key on the UTC day of a moment (milliseconds). */
  readonly countDeliveries: (key: string, at: number) => Promise<number>;
}

const lookupRow = z.object({ _crmjira_opportunity_id_value: optionalGuid });
const decisionRow = z.object({ _crmjira_budget_approval_id_value: optionalGuid });
const opportunityLookup = '_crmjira_opportunity_id_value';

const opportunityKeys = (ids: readonly string[]): readonly string[] => ids.map((id) => jobKey('opportunity', id));
const triggeringEventOf = ({ claim, log }: Job): TriggeringEvent => ({ since: new Date(claim.waitingSince), log });

async function ofRow(client: DataverseClient, collection: string, id: string): Promise<Resolved> {
  const row = await client.batched.one(collection, guid.parse(id), [opportunityLookup], lookupRow);
  const opportunity = row?._crmjira_opportunity_id_value ?? null;
  return opportunity === null
    ? nothingToEnqueue('the row is gone or names no opportunity')
    : { keys: opportunityKeys([opportunity]), urgent: true };
}

async function ofDecision(client: DataverseClient, id: string): Promise<Resolved> {
  const { entitySet } = tables.crmjira_budget_decision;
  const row = await client.batched.one(entitySet, guid.parse(id), ['_crmjira_budget_approval_id_value'], decisionRow);
  const approval = row?._crmjira_budget_approval_id_value ?? null;
  return approval === null
    ? nothingToEnqueue('the row is gone or names no request')
    : ofRow(client, tables.crmjira_budget_approval.entitySet, approval);
}

/** What a key names at a connected site. */
interface AtSite {
  readonly connection: JiraConnection;
  readonly id: string;
}

/** One row a project and UTC day says that events come in for a project nobody has linked (R-511, R-520). */
async function noteUnmapped(
  parts: ResolverParts,
  { connection, id: project }: AtSite,
  { claim, log }: Job,
): Promise<void> {
  const now = parts.now();
  const day = now.toISOString().slice(0, 10);
  const count = await parts.countDeliveries(claim.key, now.getTime());
  const id = derivedId(connection.id, 'no-mapping', project, day);
  await parts.dataverse.changeSet([
    {
      op: 'upsert',
      collection: tables.crmjira_inbound_event.entitySet,
      id,
      columns: {
        crmjira_name: `no mapping ${project} ${day}`,
        crmjira_event_id: id,
        crmjira_event_type: 'no_mapping',
        'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connection.id})`,
        crmjira_project_id: project,
        crmjira_received_on: now.toISOString(),
        crmjira_status: InboundStatus.Ignored,
        crmjira_attempts: Math.max(1, count),
        crmjira_error_message: 'no mapping',
        // Of the latest of them.
        crmjira_correlation_id: log().correlationId,
      },
    },
  ]);
}

/** Mappings of a project of its connection. A key is never a number, so that one named either way is not mistaken. */
function mappingsOf({ connection, id: project }: AtSite): string {
  // The events of the budget module name the reference where a key would stand (R-510).
  const columns = /^\d+$/.test(project)
    ? ['crmjira_jira_project_id']
    : ['crmjira_jira_project_key', 'crmjira_integration_reference'];
  return `${equalsId('_crmjira_integration_id_value', connection.id)} and (${columns.map((column) => `${column} eq ${quoted(project)}`).join(' or ')})`;
}

const projectRow = z.object({ crmjira_jira_projectid: guid, crmjira_is_offered: optionalFlag });
const issueRow = z.object({ crmjira_jira_issueid: guid });

/** Whether a project is offered for issues, or issues of it are shown: its events are expected although no budget stands on it. */
async function isForIssues(
  { dataverse }: Pick<ResolverParts, 'dataverse'>,
  { connection, id: project }: AtSite,
): Promise<boolean> {
  const named = `${/^\d+$/.test(project) ? 'crmjira_project_id' : 'crmjira_project_key'} eq ${quoted(project)}`;
  const [row] = await dataverse.batched.many(
    tables.crmjira_jira_project.entitySet,
    {
      select: Object.keys(projectRow.shape),
      filter: `${equalsId('_crmjira_integration_id_value', connection.id)} and ${named}`,
      top: 1,
    },
    projectRow,
  );
  if (row === undefined || row.crmjira_is_offered) return row !== undefined;
  const filter = equalsId('_crmjira_project_value', row.crmjira_jira_projectid);
  const select = Object.keys(issueRow.shape);
  const { entitySet } = tables.crmjira_jira_issue;
  return (await dataverse.batched.many(entitySet, { select, filter, top: 1 }, issueRow)).length > 0;
}

async function ofProject(parts: ResolverParts, project: AtSite, job: Job): Promise<Resolved> {
  const ids = await readMappedOpportunities(parts.dataverse.batched, mappingsOf(project));
  if (ids.length > 0) return { keys: opportunityKeys(ids), urgent: false, delayMs: await parts.coalesceMs() };
  if (await isForIssues(parts, project)) return nothingToEnqueue('no mapping: the project is used for issues');
  await noteUnmapped(parts, project, job);
  return nothingToEnqueue('no mapping');
}

async function ofIssue(parts: ResolverParts, { connection, id }: AtSite, job: Job): Promise<Resolved> {
  const recent = parts.recentIssues.of(connection.id);
  const known = recent.projectOf(id);
  const project = known ?? (await projectOfIssue(connection.site, id));
  if (project === null) return nothingToEnqueue('the issue is gone');
  if (known === null) recent.resolved(id, project);
  return ofProject(parts, { connection, id: project }, job);
}

/** The handlers of keys that stand for opportunities. */
export function opportunityResolvers(parts: ResolverParts): readonly JobHandler[] {
  const { dataverse, jira } = parts;
  /** A resolver of keys that name something at a site. */
  const atSite = (kind: string, resolve: (named: AtSite, job: Job) => Promise<Resolved>): JobHandler =>
    resolver(kind, async (job) => {
      const { connectionId, id } = parseSiteId(job.id);
      const connection = await jira.of(connectionId);
      return connection === null
        ? nothingToEnqueue('another service works with that site')
        : resolve({ connection, id }, job);
    });
  return [
    resolver('approval', ({ id }) => ofRow(dataverse, tables.crmjira_budget_approval.entitySet, id)),
    resolver('decision', ({ id }) => ofDecision(dataverse, id)),
    atSite('jira-project', (project, job) => {
      const { site } = project.connection;
      // Its events are the ones that may have changed its issue types (R-909).
      site.metadata?.forget(`issue-types:${project.id}`);
      site.projects?.forget(project.id);
      return ofProject(parts, project, job);
    }),
    atSite('jira-project-key', (project, job) => ofProject(parts, project, job)),
    atSite('jira-issue', (issue, job) => ofIssue(parts, issue, job)),
    atSite('budget-approved', async (project, job) => {
      await logConfirmation(dataverse, mappingsOf(project), triggeringEventOf(job));
      return ofProject(parts, project, job);
    }),
    atSite('project-closed', async ({ connection, id }, job) => {
      const { project, closedAt } = closedProjectOf(id);
      const closed = { connection, id: project };
      await askForCompletion(dataverse, mappingsOf(closed), closedAt, triggeringEventOf(job));
      return ofProject(parts, closed, job);
    }),
    resolver('deleted-mapping', async (job) => {
      const { opportunityId, note } = await ofDeletedMapping(dataverse, job.id, triggeringEventOf(job));
      return opportunityId === null
        ? nothingToEnqueue(note)
        : { keys: opportunityKeys([opportunityId]), urgent: false };
    }),
    resolver('all-mappings', async () => {
      const connections = equalsOneOf('_crmjira_integration_id_value', jira.ids());
      const active = `${connections} and crmjira_mapping_status eq ${MappingStatus.Active}`;
      return { keys: opportunityKeys(await readMappedOpportunities(dataverse, active)), urgent: false };
    }),
  ];
}
