import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  failureText,
  nameOfCommand,
  type Need,
  refusalLog,
  refusalText,
  searchAwayText,
  searchOffText,
  tables,
  unmetNeed,
  wholeSecond,
  writeCandidates,
} from '@crmjira/domain';
import { z } from 'zod';
import { applyChangeSet } from '../../../reconciler/actions/apply-change-set';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import { optionalText } from '../../../clients/dataverse/columns';
import { readAskers } from '../read/read-askers';
import { isAdministrator } from '../read/read-commands';
import type { Surroundings } from '../../../connections/environment/surroundings';
import { classifyError } from '../../../platform/errors/classify-error';
import { findProject } from '../../../clients/jira/find-project';
import type { JiraSite } from '../../../clients/jira/jira-site';
import { findProjects, type Offered } from './find-projects';
import { isProjectListed, mayBeLinked } from './may-be-linked';

/** What answering a search needs. */
export interface SearchContext {
  readonly dataverse: DataverseClient;
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly surroundings: Pick<Surroundings, 'settings' | 'languageOf' | 'whoAmI'>;
  readonly now: () => Date;
}

/** A command "Find projects" that waits for its answer. */
export interface ProjectSearch {
  readonly commandId: string;
  readonly opportunityId: string;
  /** what the person typed, null for nothing yet */
  readonly text: string | null;
  readonly requestedById: string;
  /** of the run that answers it */
  readonly correlationId: string;
}

/** Characters of a search text that are looked for; a project's name has no more than 80. */
const longestText = 80;

const opportunityRow = z.object({ name: optionalText });

interface Answer {
  readonly state: CommandState;
  readonly result: string;
  /** the condition that the person does not meet */
  readonly refusedFor?: Need;
}

async function answerTo(context: SearchContext, search: ProjectSearch): Promise<Answer> {
  const { dataverse, surroundings } = context;
  const { userId } = await surroundings.whoAmI();
  const [language, asker] = await Promise.all([
    surroundings.languageOf(search.requestedById),
    readAskers(dataverse, search.opportunityId, userId)(search.requestedById),
  ]);
  const refusedFor = unmetNeed(COMMAND_AUTHORITY[CommandType.FindProjects].needs, {
    service: asker.isService,
    write: asker.mayWrite,
  });
  if (refusedFor !== null)
    return { state: CommandState.Refused, result: refusalText(refusedFor, language), refusedFor };
  const { projectPicker } = await surroundings.settings();
  if (!projectPicker) return { state: CommandState.Refused, result: searchOffText(language) };
  const opportunity = await dataverse.one(
    tables.opportunity.entitySet,
    search.opportunityId,
    Object.keys(opportunityRow.shape),
    opportunityRow,
  );
  const text = (search.text ?? '').trim().slice(0, longestText);
  try {
    return {
      state: CommandState.Done,
      result: writeCandidates(
        await findProjects(context, text, opportunity?.name ?? '', await offeredTo(context, search)),
      ),
    };
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
async function offeredTo({ dataverse, site, surroundings }: SearchContext, search: ProjectSearch): Promise<Offered> {
  const [{ linkableProjects }, { userId }, administers] = await Promise.all([
    surroundings.settings(),
    surroundings.whoAmI(),
    isAdministrator(dataverse, search.requestedById),
  ]);
  const byAdministrator = administers || search.requestedById === userId.toLowerCase();
  return async (project, isNamed) => {
    if (byAdministrator || isProjectListed(linkableProjects, project)) return true;
    // Jira is asked about the one project whose key was typed: not about every project for every letter.
    if (!isNamed) return false;
    const { opportunityId, requestedById } = search;
    const request = { opportunityId, requestedById, byAdministrator };
    const found = await findProject(site, project.id);
    return found !== null && mayBeLinked({ dataverse, site, linkableProjects }, request, found);
  };
}

/**
 * Answers a search for projects in its own row (ADR-2): the browser holds no secret of Jira and never calls it. The search
 * is no change of the opportunity, so nothing is reconciled for it.
 * @throws IntegrationError when Dataverse does not take the answer: the job is tried again
 */
export async function answerSearch(context: SearchContext, search: ProjectSearch): Promise<void> {
  const { state, result, refusedFor } = await answerTo(context, search);
  if (refusedFor !== undefined) {
    const refusal = { wish: nameOfCommand(CommandType.FindProjects), need: refusedFor, by: search.requestedById };
    const row = refusalLog(search.commandId, refusal, { opportunityId: search.opportunityId, mapping: null });
    await applyChangeSet(context.dataverse, [row], { correlationId: search.correlationId, durationMs: 0 });
  }
  await context.dataverse.changeSet([
    {
      op: 'update',
      collection: tables.crmjira_command.entitySet,
      id: search.commandId,
      columns: {
        crmjira_command_state: state,
        crmjira_result: result,
        crmjira_finished_on: wholeSecond(context.now().toISOString()),
      },
    },
  ]);
}
