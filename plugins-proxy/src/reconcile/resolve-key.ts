import { CommandState, CommandType, derivedId, InboundStatus, MappingStatus, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { RecentIssues } from '../budget/computed/recent-issues';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { equalsId, quoted } from '../dataverse/filter';
import { choice, guid, optionalGuid, optionalText } from '../dataverse/read/columns';
import { readMappedOpportunities } from '../dataverse/read/read-mapping';
import type { JiraSite } from '../jira/jira-site';
import { projectOfIssue } from '../jira/project-of-issue';
import type { ProjectSearch } from '../link/answer-search';
import { askForCompletion, logConfirmation, type Occasion } from './budget-module-events';
import { closedProjectOf } from './closed-project';
import { ofDeletedMapping } from './deleted-mapping';
import type { JobKind } from './job-key';

/** What resolving needs. */
export interface Resolver {
  readonly dataverse: DataverseClient;
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly now: () => Date;
  readonly recentIssues: RecentIssues;
  /** Answers a command "Find projects" in its row. */
  readonly answerSearch: (search: ProjectSearch) => Promise<void>;
  /** How long events of a project are gathered, in milliseconds (R-1307). */
  readonly gatherMs: () => Promise<number>;
  /** Deliveries that touched a key on the UTC day of a moment (milliseconds). */
  readonly countDeliveries: (key: string, at: number) => Promise<number>;
}

/** Opportunities that a key stands for; urgent when a person waits for them. */
export interface Resolved {
  readonly opportunityIds: readonly string[];
  readonly urgent: boolean;
  /** Milliseconds until they are looked at, as more may come; left out: at once. */
  readonly delayMs?: number;
  /** Why there is none. */
  readonly note?: string;
}

const lookupRow = z.object({ _crmjira_opportunity_id_value: optionalGuid });
const commandRow = lookupRow.extend({
  crmjira_command_type: choice(CommandType),
  crmjira_command_state: choice(CommandState),
  crmjira_argument: optionalText,
  _createdby_value: guid,
});
const decisionRow = z.object({ _crmjira_budget_approval_id_value: optionalGuid });
const opportunityLookup = '_crmjira_opportunity_id_value';

async function ofRow(client: DataverseClient, collection: string, id: string): Promise<Resolved> {
  const row = await client.gathering.one(collection, guid.parse(id), [opportunityLookup], lookupRow);
  const opportunity = row?._crmjira_opportunity_id_value ?? null;
  return opportunity === null
    ? { opportunityIds: [], urgent: false, note: 'the row is gone or names no opportunity' }
    : { opportunityIds: [opportunity], urgent: true };
}

/** A command stands for its opportunity; a search for projects is answered here and changes nothing. */
async function ofCommand(resolver: Resolver, id: string, occasion: Occasion): Promise<Resolved> {
  const { entitySet } = tables.crmjira_command;
  const row = await resolver.dataverse.gathering.one(
    entitySet,
    guid.parse(id),
    Object.keys(commandRow.shape),
    commandRow,
  );
  const opportunityId = row?._crmjira_opportunity_id_value ?? null;
  if (row === null || opportunityId === null)
    return { opportunityIds: [], urgent: false, note: 'the row is gone or names no opportunity' };
  if (row.crmjira_command_type !== CommandType.FindProjects) return { opportunityIds: [opportunityId], urgent: true };
  const waits =
    row.crmjira_command_state === CommandState.Requested || row.crmjira_command_state === CommandState.Running;
  if (waits)
    await resolver.answerSearch({
      commandId: id,
      opportunityId,
      text: row.crmjira_argument,
      requestedById: row._createdby_value,
      correlationId: occasion.log().correlationId,
    });
  return { opportunityIds: [], urgent: false, note: waits ? 'a search was answered' : 'the search has its answer' };
}

async function ofDecision(client: DataverseClient, id: string): Promise<Resolved> {
  const { entitySet } = tables.crmjira_budget_decision;
  const row = await client.gathering.one(entitySet, guid.parse(id), ['_crmjira_budget_approval_id_value'], decisionRow);
  const approval = row?._crmjira_budget_approval_id_value ?? null;
  return approval === null
    ? { opportunityIds: [], urgent: false, note: 'the row is gone or names no request' }
    : ofRow(client, tables.crmjira_budget_approval.entitySet, approval);
}

/** One row a project and UTC day says that events come in for a project nobody has linked (R-511, R-520). */
async function noteUnmapped(resolver: Resolver, key: string, project: string, occasion: Occasion): Promise<void> {
  const now = resolver.now();
  const day = now.toISOString().slice(0, 10);
  const count = await resolver.countDeliveries(key, now.getTime());
  const id = derivedId(resolver.connectionId, 'no-mapping', project, day);
  await resolver.dataverse.changeSet([
    {
      op: 'upsert',
      collection: tables.crmjira_inbound_event.entitySet,
      id,
      columns: {
        crmjira_name: `no mapping ${project} ${day}`,
        crmjira_event_id: id,
        crmjira_event_type: 'no_mapping',
        'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${resolver.connectionId})`,
        crmjira_project_id: project,
        crmjira_received_on: now.toISOString(),
        crmjira_status: InboundStatus.Ignored,
        crmjira_attempts: Math.max(1, count),
        crmjira_error_message: 'no mapping',
        // Of the latest of them.
        crmjira_correlation_id: occasion.log().correlationId,
      },
    },
  ]);
}

/** Mappings of a project of this connection. A key is never a number, so that one named either way is not mistaken. */
function mappingsOf(resolver: Resolver, project: string): string {
  const connection = equalsId('_crmjira_integration_id_value', resolver.connectionId);
  // The specification's events name the reference where a key would stand (R-510).
  const columns = /^\d+$/.test(project)
    ? ['crmjira_jira_project_id']
    : ['crmjira_jira_project_key', 'crmjira_integration_reference'];
  return `${connection} and (${columns.map((column) => `${column} eq ${quoted(project)}`).join(' or ')})`;
}

async function ofProject(resolver: Resolver, key: string, project: string, occasion: Occasion): Promise<Resolved> {
  const filter = mappingsOf(resolver, project);
  const opportunityIds = await readMappedOpportunities(resolver.dataverse.gathering, filter);
  if (opportunityIds.length > 0) return { opportunityIds, urgent: false, delayMs: await resolver.gatherMs() };
  await noteUnmapped(resolver, key, project, occasion);
  return { opportunityIds: [], urgent: false, note: 'no mapping' };
}

/** Which opportunities a job that is none itself stands for. */
export async function resolveKey(
  resolver: Resolver,
  key: string,
  kind: Exclude<JobKind, 'opportunity'>,
  id: string,
  occasion: Occasion,
): Promise<Resolved> {
  switch (kind) {
    case 'command':
      return ofCommand(resolver, id, occasion);
    case 'approval':
      return ofRow(resolver.dataverse, tables.crmjira_budget_approval.entitySet, id);
    case 'decision':
      return ofDecision(resolver.dataverse, id);
    case 'jira-project':
      // Its events are the ones that may have changed its issue types (R-909).
      resolver.site.metadata?.forget(`issue-types:${id}`);
      resolver.site.projects?.forget(id);
      return ofProject(resolver, key, id, occasion);
    case 'jira-project-key':
      return ofProject(resolver, key, id, occasion);
    case 'budget-approved':
      await logConfirmation(resolver.dataverse, mappingsOf(resolver, id), occasion);
      return ofProject(resolver, key, id, occasion);
    case 'project-closed': {
      const { project, closedAt } = closedProjectOf(id);
      await askForCompletion(resolver.dataverse, mappingsOf(resolver, project), closedAt, occasion);
      return ofProject(resolver, key, project, occasion);
    }
    case 'deleted-mapping':
      return ofDeletedMapping(resolver.dataverse, id, occasion);
    case 'all-mappings':
      return {
        opportunityIds: await readMappedOpportunities(
          resolver.dataverse,
          `${equalsId('_crmjira_integration_id_value', resolver.connectionId)} and crmjira_mapping_status eq ${MappingStatus.Active}`,
        ),
        urgent: false,
      };
    case 'jira-issue': {
      const known = resolver.recentIssues.projectOf(id);
      const project = known ?? (await projectOfIssue(resolver.site, id));
      if (project === null) return { opportunityIds: [], urgent: false, note: 'the issue is gone' };
      if (known === null) resolver.recentIssues.resolved(id, project);
      return ofProject(resolver, key, project, occasion);
    }
  }
}
