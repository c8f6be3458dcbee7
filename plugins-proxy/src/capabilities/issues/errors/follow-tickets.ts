import { CommandState, tables, ticketsEndedText, wholeSecond } from '@crmjira/domain';
import { z } from 'zod';
import { choice, guid, instant, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { jobKey, siteJobKey } from '../../../queue/job-key';
import { type JobHandler, nothingToEnqueue, resolver } from '../../../reconciler/job-handler';
import { linkColumns, linkRow, type LinkRow } from '../link/stored-row';
import { ticketsKind } from './create-tickets';
import { errorKind } from './error-kind';
import { readErrors, readMonitorProjectsOf } from './monitor-rows';
import { answeredTickets, type TicketAnswer } from './tickets-payload';

export interface FollowParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf'>;
  readonly now: () => Date;
}

const row = z.object({
  crmjira_command_state: choice(CommandState),
  crmjira_answer: optionalText,
  createdon: instant,
  _createdby_value: guid,
});
const { entitySet } = tables.crmjira_command;

/** Milliseconds between two looks, and those after which a command is ended: its tickets are made all the same when Jira answers. */
const lookEveryMs = 2_000;
const followMs = 10 * 60_000;

/** What has come of a link by now; null: nothing yet. Pure. */
function outcomeOf(link: LinkRow | undefined): Pick<TicketAnswer, 'key' | 'code' | 'says'> | null {
  if (link === undefined) return { key: null, code: 'link-deleted', says: null };
  const { stored } = link.document ?? {};
  // The row of its issue comes a step after the issue: until then the link has no key.
  if (stored?.stage === 'linked' && link.mirrorRowId !== null) return { key: link.name, code: null, says: null };
  if (link.errorCode !== null) return { key: null, code: link.errorCode, says: link.lastError };
  return null;
}

/** Follows the links of a command until Jira has answered for all of them, and says in its row how far that is. */
export function followTickets({ dataverse, environmentSettings, now }: FollowParts): JobHandler {
  return resolver(ticketsKind, async ({ id }) => {
    const command = await dataverse.one(entitySet, guid.parse(id), Object.keys(row.shape), row);
    const tickets = answeredTickets(command?.crmjira_answer ?? null);
    if (command === null || tickets === null || command.crmjira_command_state !== CommandState.Running)
      return command !== null && command.crmjira_command_state === CommandState.Requested
        ? { keys: [jobKey(ticketsKind, id)], urgent: false, delayMs: lookEveryMs }
        : nothingToEnqueue('nothing is to be followed');
    const ids = tickets.flatMap(({ link }) => link ?? []);
    const filter = equalsOneOf('crmjira_issue_linkid', ids);
    const links = new Map(
      (await dataverse.many(tables.crmjira_issue_link.entitySet, { select: linkColumns, filter }, linkRow)).map(
        (link): [string, LinkRow] => [link.id, link],
      ),
    );
    const answers = tickets.map((ticket) => ({
      ticket,
      outcome: ticket.link === null ? null : outcomeOf(links.get(ticket.link)),
    }));
    const ended = answers.map(({ ticket, outcome }): TicketAnswer => ({ ...ticket, ...outcome }));
    const created = ended.filter(({ link, key, code }) => link !== null && key !== null && code === null).length;
    const isWaiting = answers.some(({ ticket, outcome }) => ticket.link !== null && outcome === null);
    const isOver = !isWaiting || now().getTime() - Date.parse(command.createdon) > followMs;
    const language = await environmentSettings.languageOf(command._createdby_value);
    await dataverse.changeSet([
      {
        op: 'update',
        collection: entitySet,
        id,
        columns: {
          crmjira_done_count: created,
          crmjira_answer: JSON.stringify({ tickets: ended }),
          ...(isOver
            ? {
                crmjira_command_state: created === ids.length ? CommandState.Done : CommandState.Failed,
                crmjira_result: ticketsEndedText(
                  created,
                  ids.length,
                  ended.flatMap(({ says }) => says ?? []),
                  language,
                ),
                crmjira_finished_on: wholeSecond(now().toISOString()),
              }
            : {}),
        },
      },
    ]);
    if (!isOver) return { keys: [jobKey(ticketsKind, id)], urgent: false, delayMs: lookEveryMs };
    return { keys: await errorJobs(dataverse, ended), urgent: false };
  });
}

/** Jobs that account for the errors as they are now: what happens to their tickets from here on is an act. */
async function errorJobs(dataverse: DataverseClient, ended: readonly TicketAnswer[]): Promise<readonly string[]> {
  const errors = await readErrors(
    dataverse,
    ended.flatMap(({ error, link }) => (link === null ? [] : [error])),
  );
  const projects = await readMonitorProjectsOf(dataverse, [
    ...new Set(errors.flatMap(({ projectId }) => projectId ?? [])),
  ]);
  const connectionOf = new Map(projects.map((project) => [project.id, project.connectionId]));
  return errors.flatMap(({ projectId, externalId }) => {
    const connectionId = connectionOf.get(projectId ?? '') ?? null;
    return connectionId === null ? [] : [siteJobKey(errorKind, connectionId, externalId)];
  });
}
