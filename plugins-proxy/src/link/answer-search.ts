import {
  CommandState,
  failureText,
  searchAwayText,
  searchOffText,
  tables,
  wholeSecond,
  writeCandidates,
} from '@crmjira/domain';
import { z } from 'zod';
import type { DataverseClient } from '../dataverse/dataverse-client';
import { optionalText } from '../dataverse/read/columns';
import type { Surroundings } from '../dataverse/surroundings';
import { classifyError } from '../errors/classify-error';
import type { JiraSite } from '../jira/jira-site';
import { findProjects } from './find-projects';

/** What answering a search needs. */
export interface SearchContext {
  readonly dataverse: DataverseClient;
  readonly site: JiraSite;
  readonly connectionId: string;
  readonly surroundings: Pick<Surroundings, 'settings' | 'languageOf'>;
  readonly now: () => Date;
}

/** A command "Find projects" that waits for its answer. */
export interface ProjectSearch {
  readonly commandId: string;
  readonly opportunityId: string;
  /** what the person typed, null for nothing yet */
  readonly text: string | null;
  readonly requestedById: string;
}

/** Characters of a search text that are looked for; a project's name has no more than 80. */
const longestText = 80;

const opportunityRow = z.object({ name: optionalText });

interface Answer {
  readonly state: CommandState;
  readonly result: string;
}

async function answerTo(context: SearchContext, search: ProjectSearch): Promise<Answer> {
  const { dataverse, surroundings } = context;
  const language = await surroundings.languageOf(search.requestedById);
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
      result: writeCandidates(await findProjects(context, text, opportunity?.name ?? '')),
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

/**
 * Answers a search for projects in its own row (DESIGN decision 2): the browser holds no secret of Jira and never calls it. The search
 * is no change of the opportunity, so nothing is reconciled for it.
 * @throws IntegrationError when Dataverse does not take the answer: the job is tried again
 */
export async function answerSearch(context: SearchContext, search: ProjectSearch): Promise<void> {
  const { state, result } = await answerTo(context, search);
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
