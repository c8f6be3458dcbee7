import {
  derivedId,
  doneChanges,
  IntegrationStatus,
  type JiraStatus,
  OperationType,
  planTickets,
  SourceSystem,
  type TicketAction,
  type TicketFacts,
  type TicketLink,
  type TicketNotice,
  tables,
  ticketText,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { readStatuses } from '../../../clients/jira/create-metadata/read-site-values';
import { readLinkedIssue, readTransitions } from '../../../clients/jira/issues/read-linked-issue';
import { writeMarked } from '../../../clients/jira/issues/write-issue';
import type { JiraSite } from '../../../clients/jira/jira-site';
import type { SentryIssue } from '../../../clients/sentry/answers';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { SentryConnection } from '../../../connections/sentry/sentry-connections';
import { IntegrationError } from '../../../platform/errors/integration-error';
import type { LogContext } from '../../../reconciler/log-context';
import { readProjectRow } from '../link/read-rows';
import { unclosedColumns } from '../link/stored-row';
import type { IssuePolicyOf } from '../policy/issue-policy';
import { importErrors } from './import-errors';
import { type MonitorError, readErrors, ticketsWrite } from './monitor-rows';
import { type ErrorLink, readErrorLinks } from './ticket-links';
import { dayText } from './ticket-wish';
import { writeOnce } from '../../../clients/dataverse/write-once';

export interface SettleParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
  readonly policyOf: IssuePolicyOf;
  readonly log: () => LogContext;
}

/** More rounds than tickets of one error need. */
const mostRounds = 20;

/** Where its issue stands; null: it has none yet, or another service works with its site. */
async function siteOf({ dataverse, jira }: SettleParts, { link, mirror }: ErrorLink): Promise<JiraConnection | null> {
  const project = link.document?.project ?? null;
  const id =
    mirror?.connectionId ??
    (project === null ? null : ((await readProjectRow(dataverse, project))?.connectionId ?? null));
  return id === null ? null : jira.of(id);
}

/** Steps that Jira offers, with the category that each leads to. */
async function offeredBy(
  site: JiraSite,
  issueId: string,
  statuses: readonly JiraStatus[],
): Promise<TicketLink['offered']> {
  const steps = await readTransitions(site, issueId);
  return steps.map((step) => ({
    ...step,
    category: statuses.find(({ id }) => id === step.to)?.category ?? 'undefined',
  }));
}

/** A link with its issue as Jira has just given it: never by the mirror, which may be old. */
async function ticketOf(parts: SettleParts, errorLink: ErrorLink, wantsSteps: boolean): Promise<TicketLink | null> {
  const { link } = errorLink;
  const stored = link.document?.stored;
  const issueId = stored?.issueId ?? null;
  if (stored === undefined || issueId === null) return null;
  const connection = await siteOf(parts, errorLink);
  if (connection === null) return null;
  const { site } = connection;
  const since = stored.since ?? 0;
  const [issue, known, { statuses, resolutionRule: rule }] = await Promise.all([
    readLinkedIssue(site, issueId, link.id, { cursor: since, known: errorLink.mirror?.issue ?? null }),
    readStatuses(site),
    parts.policyOf(connection, link.table),
  ]);
  const ticket = {
    id: link.id,
    integration: connection.id,
    rule,
    preference: link.preference,
    stage: stored.stage,
    resolvesRecord: link.resolvesRecord,
    issueId,
    key: issue?.shown.key ?? link.name ?? '',
  };
  if (issue === null) {
    const stage = stored.stage === 'linked' ? 'hidden' : stored.stage;
    return { ...ticket, stage, doneWhenLinked: false, changes: [], status: null, done: false, offered: [] };
  }
  const { shown, statusId } = issue;
  const changes = issue.changelog.flatMap(({ id, on, by, items }) =>
    items.filter(({ field }) => field === 'status').map(({ from, to }) => ({ entry: id, on, by, from, to })),
  );
  const now = { id: statusId, category: shown.statusCategory };
  const ends = new Set([...known, now].filter(({ category }) => category === 'done').map(({ id }) => id));
  const turned = doneChanges(changes, { statusId, since, resolution: shown.resolution }, { statuses, done: ends });
  const done = turned.changes.at(-1)?.done ?? turned.doneWhenLinked;
  const offered = wantsSteps && !done ? await offeredBy(site, issueId, known) : [];
  return { ...ticket, ...turned, status: shown.status, done, offered };
}

function logRow(error: MonitorError, connectionId: string, notice: TicketNotice, log: LogContext): PlainWrite {
  const { code, key, occasion, on } = notice;
  return {
    op: 'create',
    collection: tables.crmjira_integration_log.entitySet,
    id: derivedId(error.id, code, key, occasion),
    columns: {
      crmjira_operation_type: OperationType.Update,
      crmjira_source_system: SourceSystem.Jira,
      crmjira_source_record_id: key,
      crmjira_target_record_id: error.id,
      crmjira_integration_status: code === 'not-closed' ? IntegrationStatus.Failed : IntegrationStatus.Success,
      crmjira_event_type: code,
      crmjira_error_message: ticketText({ code, key }, dayText(on, 1033), 1033),
      crmjira_correlation_id: log.correlationId,
      crmjira_duration_ms: Math.max(0, Math.round(log.durationMs)),
      crmjira_regarding_table: 'crmjira_monitor_error',
      crmjira_regarding_id: error.id,
      'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${connectionId})`,
    },
  };
}

const isResolved = ({ status }: Pick<SentryIssue, 'status'>): boolean => status === 'resolved';

/**
 * Brings an error and its tickets into agreement: reads both sides, does one thing, and looks again until nothing is left.
 * @param projectId row of the error's project @param first the error as it was just read, with its row written
 * @returns ids of links whose rows have something to tell
 */
export async function settleTickets(
  parts: SettleParts,
  connection: SentryConnection,
  projectId: string,
  errorId: string,
  first: SentryIssue,
): Promise<readonly string[]> {
  const { dataverse } = parts;
  const told: string[] = [];
  let issue = first;
  for (let round = 0; round < mostRounds; round += 1) {
    const [error] = await readErrors(dataverse, [errorId]);
    if (error === undefined) return told;
    const links = (await readErrorLinks(dataverse, [error])).get(error.id) ?? [];
    // Most errors have no ticket.
    if (links.length === 0) return told;
    const wantsSteps = isResolved(issue) && error.tickets?.resolved === false;
    const tickets: TicketLink[] = [];
    for (const link of links) {
      const ticket = await ticketOf(parts, link, wantsSteps);
      if (ticket !== null) tickets.push(ticket);
    }
    const facts: TicketFacts = {
      error: {
        id: error.id,
        resolved: isResolved(issue),
        regressed: issue.substatus === 'regressed',
        lastSeen: issue.lastSeen,
      },
      links: tickets,
      stored: error.tickets,
    };
    const [action] = planTickets(facts);
    if (action === undefined) return told;
    told.push(...(await apply(parts, connection, error, links, action)));
    if (action.kind !== 'resolve-error') continue;
    const again = await connection.organization.issue(issue.id);
    if (again === null) return told;
    issue = again;
    await importErrors(dataverse, projectId, [issue]);
  }
  throw new IntegrationError('The error and its tickets do not come into agreement.', {
    code: 'plan-does-not-settle',
    errorClass: 'permanent',
    connectionId: connection.id,
  });
}

async function apply(
  parts: SettleParts,
  connection: SentryConnection,
  error: MonitorError,
  links: readonly ErrorLink[],
  action: TicketAction,
): Promise<readonly string[]> {
  const { dataverse, log } = parts;
  const told = (notice: TicketNotice): PlainWrite => logRow(error, connection.id, notice, log());
  switch (action.kind) {
    case 'resolve-error':
      await connection.organization.resolve(error.externalId);
      await writeOnce(dataverse, told(action.notice));
      return [];
    case 'close-issue': {
      const { link, step } = action;
      const of = links.find((one) => one.link.id === link.id);
      const site = of === undefined ? null : await siteOf(parts, of);
      if (site === null) return [];
      const write = { field: 'status', value: step.to, transition: step.id } as const;
      await writeMarked(site.site, link.issueId, write, { link: link.id, version: 0 });
      return [];
    }
    case 'account': {
      const rows = action.unclosed.flatMap(({ link: id, trouble }): PlainWrite[] => {
        const row = links.find(({ link }) => link.id === id)?.link;
        const columns = row === undefined ? null : unclosedColumns(row, trouble);
        return row === undefined || columns === null
          ? []
          : [{ op: 'update', collection: tables.crmjira_issue_link.entitySet, id, columns, ifMatch: row.etag }];
      });
      await dataverse.changeSet([ticketsWrite(error, action.stored), ...rows]);
      for (const notice of action.notices) await writeOnce(dataverse, told(notice));
      return rows.map(({ id }) => id);
    }
  }
}
