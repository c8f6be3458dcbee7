import { type CommandFacts, CommandState, CommandType, tables } from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseReader } from '../reader';
import { equalsId } from '../filter';
import { roleTemplates } from '../role-templates';
import type { Surroundings } from '../surroundings';
import { choice, guid, optionalText } from './columns';
import { readHeldRoles } from './read-people';

/** With Microsoft's own administrator the role whose holders may reopen a completed project and release a held one (R-309, R-2305). */
const administratorRole = 'CRM-JIRA Integration Administrator';

const administratorsCommands: ReadonlySet<CommandType> = new Set([
  CommandType.CreateProject,
  CommandType.Reopen,
  CommandType.Retry,
]);

async function isAdministrator(client: DataverseReader, userId: string): Promise<boolean> {
  const roles = await readHeldRoles(client, userId);
  return roles.some(
    ({ name, templateId }) => name === administratorRole || templateId === roleTemplates.systemAdministrator,
  );
}

const commandRow = z.object({
  crmjira_commandid: guid,
  crmjira_command_type: choice(CommandType),
  crmjira_argument: optionalText,
  _createdby_value: guid,
});

/** Commands that wait for an answer, oldest first (DESIGN decision 2). */
export async function readCommands(
  client: DataverseReader,
  surroundings: Surroundings,
  opportunityId: string,
): Promise<readonly CommandFacts[]> {
  const waiting = [CommandState.Requested, CommandState.Running].map((state) => `crmjira_command_state eq ${state}`);
  const rows = await client.many(
    tables.crmjira_command.entitySet,
    {
      select: Object.keys(commandRow.shape),
      // A search for projects is answered by itself (link/answer-search.ts).
      filter: `${equalsId('_crmjira_opportunity_id_value', opportunityId)} and (${waiting.join(' or ')}) and crmjira_command_type ne ${CommandType.FindProjects}`,
      orderBy: ['createdon asc'],
    },
    commandRow,
  );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.crmjira_commandid,
      type: row.crmjira_command_type,
      argument: row.crmjira_argument,
      requestedById: row._createdby_value,
      // Only the commands that do more when an administrator gives them cost the look-up.
      byAdministrator:
        administratorsCommands.has(row.crmjira_command_type) && (await isAdministrator(client, row._createdby_value)),
      language: await surroundings.languageOf(row._createdby_value),
    })),
  );
}
