import {
  CommandState,
  CommandType,
  derivedId,
  type Language,
  noTicketText,
  payloadRefusedText,
  tables,
  ticketsAskedText,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { readCreateTypes } from '../../../clients/jira/create-metadata/create-screen';
import { guid, optionalText } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { equalsOneOf } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { readFullName } from '../../../connections/environment/read-people';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { jobKey } from '../../../queue/job-key';
import type { CommandAnswer, CommandHandler, GivenCommand } from '../../../reconciler/commands';
import { type AdministratorParts, administratorCommand } from '../../../reconciler/administrator-command';
import { linkKind } from '../link/issue-link-module';
import { type OfferedProject, readProject } from '../policy/offered-projects';
import { readErrors, readMonitorProjectsOf } from './monitor-rows';
import { isOpen, readErrorLinks } from './ticket-links';
import { dayText, ticketColumns } from './ticket-wish';
import { type TicketAnswer, type WantedTickets, wantedTickets } from './tickets-payload';

/** Kind of the jobs that follow the tickets of a command. */
export const ticketsKind = 'error-tickets';

interface TicketParts extends AdministratorParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'of'>;
}

const productRow = z.object({ productid: guid, name: optionalText });

/** The type that is wanted, as its project has it; null: it has none of that id or name. */
async function typeOf({ jira }: TicketParts, project: OfferedProject, wanted: string) {
  const connection = await jira.of(project.integrationId);
  if (connection === null) return null;
  const types = (await readCreateTypes(connection.site, project.projectId)) ?? [];
  const same = wanted.toLowerCase();
  return types.find(({ id }) => id === wanted) ?? types.find(({ name }) => name.toLowerCase() === same) ?? null;
}

async function productNames(
  dataverse: DataverseClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const query = { select: Object.keys(productRow.shape), filter: equalsOneOf('productid', ids) };
  const rows = await dataverse.many(tables.product.entitySet, query, productRow);
  return new Map(rows.map(({ productid, name }) => [productid, name]));
}

interface Asked {
  readonly answers: readonly TicketAnswer[];
  readonly writes: readonly PlainWrite[];
}

/** A link for each error that may have a ticket, and a sentence for each that may not. */
async function askedOf(
  parts: TicketParts,
  command: GivenCommand,
  wanted: WantedTickets,
  type: { readonly id: string; readonly name: string },
  language: Language,
): Promise<Asked> {
  const { dataverse } = parts;
  const errors = await readErrors(dataverse, wanted.errorIds);
  const projects = new Map(
    (await readMonitorProjectsOf(dataverse, [...new Set(errors.flatMap(({ projectId }) => projectId ?? []))])).map(
      (project) => [project.id, project],
    ),
  );
  const products = await productNames(dataverse, [
    ...new Set([...projects.values()].flatMap(({ productId }) => productId ?? [])),
  ]);
  const links = await readErrorLinks(dataverse, errors);
  const askedBy = { id: command.requestedById, name: await readFullName(dataverse, command.requestedById) };
  const answers: TicketAnswer[] = [];
  const writes: PlainWrite[] = [];
  for (const errorId of wanted.errorIds) {
    const error = errors.find(({ id }) => id === errorId);
    const leaveOut = (
      code: Parameters<typeof noTicketText>[0],
      more: Parameters<typeof noTicketText>[2] = {},
    ): void => {
      const title = error?.title ?? '';
      answers.push({
        error: errorId,
        title,
        link: null,
        key: null,
        code,
        says: noTicketText(code, title, more, language),
      });
    };
    if (error === undefined) {
      leaveOut('unknown-error');
      continue;
    }
    const { title } = error;
    // The same for each try of the command: what a run that was cut off has made is found.
    const id = derivedId(command.id, 'ticket', error.id);
    const known = links.get(error.id) ?? [];
    if (known.some(({ link }) => link.id === id)) {
      answers.push({ error: error.id, title, link: id, key: null, code: null, says: null });
      continue;
    }
    const open = known.find(isOpen);
    if (open !== undefined) {
      const by = open.askedBy === null ? '' : await readFullName(dataverse, open.askedBy);
      const key = open.mirror?.issue?.key ?? null;
      leaveOut('has-ticket', { ticket: { key, by, on: dayText(open.link.createdOn, language) } });
      continue;
    }
    const project = projects.get(error.projectId ?? '');
    const productId = project?.productId ?? null;
    if (productId === null) {
      leaveOut('no-product', { project: project?.name ?? '' });
      continue;
    }
    const product = { id: productId, name: products.get(productId) ?? null };
    const setting = { wanted, type, askedBy, language, at: wholeSecond(command.createdOn) };
    const columns = ticketColumns(error, product, setting);
    writes.push({ op: 'create', collection: tables.crmjira_issue_link.entitySet, id, columns });
    answers.push({ error: error.id, title, link: id, key: null, code: null, says: null });
  }
  return { answers, writes };
}

/**
 * Answers the command "Create tickets from errors" (R-1705): a link for each error, from which the module of links makes an issue. The
 * command stays at work until Jira has answered for all of them.
 */
export function createTicketsCommand(parts: TicketParts): CommandHandler {
  const { dataverse } = parts;
  return administratorCommand(
    parts,
    CommandType.CreateTicketsFromErrors,
    async (command, language): Promise<CommandAnswer> => {
      const wanted = wantedTickets(command.payload);
      if (wanted === null) return { state: CommandState.Refused, result: payloadRefusedText(language) };
      const found = await readProject(dataverse, wanted.projectRowId);
      const project = found?.isOffered === true ? found : null;
      const type = project === null ? null : await typeOf(parts, project, wanted.type);
      if (project === null || type === null) {
        const result = noTicketText(project === null ? 'no-project' : 'no-type', project?.key ?? '', {}, language);
        return { state: CommandState.Failed, result };
      }
      const { answers, writes } = await askedOf(parts, command, wanted, type, language);
      if (writes.length > 0) await dataverse.changeSet(writes);
      const links = answers.flatMap(({ link }) => link ?? []);
      const leftOut = answers.flatMap(({ says }) => says ?? []);
      await dataverse.changeSet([
        {
          op: 'update',
          collection: tables.crmjira_command.entitySet,
          id: command.id,
          columns: { crmjira_done_count: 0, crmjira_total_count: links.length },
        },
      ]);
      return {
        state: links.length > 0 ? CommandState.Running : CommandState.Failed,
        result: ticketsAskedText(links.length, leftOut, language),
        answer: { tickets: answers },
        keys: links.length === 0 ? [] : [...links.map((id) => jobKey(linkKind, id)), jobKey(ticketsKind, command.id)],
      };
    },
  );
}
