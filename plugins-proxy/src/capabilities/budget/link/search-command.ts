import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  failureText,
  nameOfCommand,
  type Need,
  noRecordText,
  refusalLog,
  refusalText,
  searchAwayText,
  searchOffText,
  tables,
  unmetNeed,
  writeCandidates,
} from '@crmjira/domain';
import { z } from 'zod';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { CommandHandler, GivenCommand } from '../../../reconciler/commands';
import type { Regarding } from '../../../reconciler/log-context';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { optionalText } from '../../../clients/dataverse/columns';
import { readAskers } from '../read/read-askers';
import { isAdministrator } from '../../../connections/environment/read-people';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { classifyError } from '../../../platform/errors/classify-error';
import { findProject } from '../../../clients/jira/find-project';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { findProjects, type Offered } from './find-projects';
import { isProjectListed, mayBeLinked } from './may-be-linked';
import { searchSites } from './search-sites';

/** What answering a search needs. */
export interface SearchContext {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'all' | 'broken'>;
  readonly environmentSettings: Pick<EnvironmentSettings, 'settings' | 'languageOf' | 'whoAmI'>;
}

/** Characters of a search text that are looked for; a project's name has no more than 80. */
const longestText = 80;

const opportunityRow = z.object({ name: optionalText });

/** A search on the form of an opportunity. */
type Search = GivenCommand & { readonly regarding: Regarding };

interface Answer {
  readonly state: CommandState;
  readonly result: string;
  /** the condition that the person does not meet */
  readonly refusedFor?: Need;
}

async function answerTo(context: SearchContext, search: Search): Promise<Answer> {
  const { dataverse, environmentSettings } = context;
  const { userId } = await environmentSettings.whoAmI();
  const [language, asker] = await Promise.all([
    environmentSettings.languageOf(search.requestedById),
    readAskers(dataverse, search.regarding.id, userId)(search.requestedById),
  ]);
  const refusedFor = unmetNeed(COMMAND_AUTHORITY[CommandType.FindProjects].needs, {
    service: asker.isService,
    write: asker.mayWrite,
  });
  if (refusedFor !== null)
    return { state: CommandState.Refused, result: refusalText(refusedFor, language), refusedFor };
  const { projectPicker } = await environmentSettings.settings();
  if (!projectPicker) return { state: CommandState.Refused, result: searchOffText(language) };
  const opportunity = await dataverse.one(
    tables.opportunity.entitySet,
    search.regarding.id,
    Object.keys(opportunityRow.shape),
    opportunityRow,
  );
  const text = (search.argument ?? '').trim().slice(0, longestText);
  const name = opportunity?.name ?? '';
  try {
    const offered = await offeredTo(context, search);
    const found = await searchSites(context.jira, text, name, (connection) =>
      findProjects({ dataverse, connection }, text, name, offered(connection)),
    );
    return { state: CommandState.Done, result: writeCandidates(found) };
  } catch (thrown) {
    // Somebody sits there: an answer that comes after a retry would come too late.
    const error = classifyError(thrown);
    const passes = error.errorClass === 'transient';
    return {
      state: CommandState.Failed,
      result: passes ? searchAwayText(language) : (failureText(error.code, language) ?? error.message),
    };
  }
}

/** What a person may be shown: an administrator everything; anybody else what they may have linked, as names tell something already. */
async function offeredTo(
  { dataverse, environmentSettings }: SearchContext,
  search: Search,
): Promise<(connection: JiraConnection) => Offered> {
  const [{ linkableProjects }, { userId }, administers] = await Promise.all([
    environmentSettings.settings(),
    environmentSettings.whoAmI(),
    isAdministrator(dataverse, search.requestedById),
  ]);
  const byAdministrator = administers || search.requestedById === userId.toLowerCase();
  return ({ site }) =>
    async (project, isNamed) => {
      if (byAdministrator || isProjectListed(linkableProjects, project)) return true;
      // Jira is asked about the one project whose key was typed: not about every project for every letter.
      if (!isNamed) return false;
      const { regarding, requestedById } = search;
      const request = { opportunityId: regarding.id, requestedById, byAdministrator };
      const found = await findProject(site, project.id);
      return found !== null && mayBeLinked({ dataverse, site, linkableProjects }, request, found);
    };
}

/**
 * Answers the command "Find projects" (ADR-2): the browser holds no secret of Jira and never calls it. The search is no change of the
 * opportunity, so nothing is reconciled for it.
 */
export function searchCommand(context: SearchContext): CommandHandler {
  return {
    type: CommandType.FindProjects,
    answer: async (command) => {
      const { regarding } = command;
      if (regarding?.table !== 'opportunity') {
        const language = await context.environmentSettings.languageOf(command.requestedById);
        return { state: CommandState.Failed, result: noRecordText(language) };
      }
      const search = { ...command, regarding };
      const { state, result, refusedFor } = await answerTo(context, search);
      if (refusedFor !== undefined) {
        const refusal = { wish: nameOfCommand(CommandType.FindProjects), need: refusedFor, by: search.requestedById };
        const row = refusalLog(search.id, refusal, { opportunityId: search.regarding.id, mapping: null });
        await applyChangeSet(context.dataverse, [row], { correlationId: search.correlationId, durationMs: 0 });
      }
      return { state, result };
    },
  };
}
