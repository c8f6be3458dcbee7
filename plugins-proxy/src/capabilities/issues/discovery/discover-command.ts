import {
  CommandState,
  CommandType,
  connectionTroubleText,
  discoveryText,
  noOrganizationText,
  SyncTrigger,
} from '@crmjira/domain';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { problemOf } from '../../../connections/providers/problem-of';
import { classifyError } from '../../../platform/errors/classify-error';
import type { CommandHandler } from '../../../reconciler/commands';
import { type AdministratorParts, administratorCommand } from '../../../reconciler/administrator-command';
import { discoverOn } from './discover-on';

interface DiscoverParts extends AdministratorParts {
  readonly dataverse: DataverseClient;
  readonly jira: Pick<JiraConnections, 'known' | 'refresh'>;
  readonly now: () => Date;
}

/** Answers the command "Discover projects", which regards a row of `crmjira_integration`. */
export function discoverCommand(parts: DiscoverParts): CommandHandler {
  const { dataverse, jira, now } = parts;
  return administratorCommand(parts, CommandType.DiscoverProjects, async (command, language) => {
    const { regarding, requestedById, correlationId } = command;
    const id = regarding?.table === 'crmjira_integration' ? regarding.id : '';
    if (jira.known(id) === undefined) await jira.refresh();
    const connection = jira.known(id);
    if (connection === undefined) return { state: CommandState.Failed, result: noOrganizationText(language) };
    try {
      const { result } = await discoverOn({
        connection,
        dataverse,
        now,
        trigger: SyncTrigger.Manual,
        isDryRun: false,
        actorId: requestedById,
        correlationId,
      });
      const { name: organization } = connection;
      return { state: CommandState.Done, result: discoveryText({ organization, ...result }, language), answer: result };
    } catch (thrown) {
      // Somebody waits for the answer: it says what is wrong, and asking again is theirs.
      const error = classifyError(thrown);
      const trouble = problemOf(error) ?? 'unknown';
      return { state: CommandState.Failed, result: connectionTroubleText(trouble, error.message, language) };
    }
  });
}
