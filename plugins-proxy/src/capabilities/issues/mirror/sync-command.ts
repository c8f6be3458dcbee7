import { setTimeout as sleep } from 'node:timers/promises';
import {
  COMMAND_AUTHORITY,
  CommandState,
  CommandType,
  connectionTroubleText,
  goesOnText,
  type Language,
  mirroredText,
  noOrganizationText,
  notOfferedText,
  refusalText,
  SyncTrigger,
  tables,
  unmetNeed,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import type { DataverseClient } from '../../../clients/dataverse/dataverse-client';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { JiraConnection } from '../../../connections/jira/jira-connection';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import { problemOf } from '../../../connections/providers/problem-of';
import { classifyError } from '../../../platform/errors/classify-error';
import type { CommandAnswer, CommandHandler, GivenCommand } from '../../../reconciler/commands';
import type { Regarding } from '../../../reconciler/log-context';
import { isMirrored, readProjectRows } from '../discovery/project-rows';
import { mirrorIssues, mirrorProject } from './mirror-run';

interface SyncParts {
  readonly dataverse: DataverseClient;
  readonly environmentSettings: Pick<EnvironmentSettings, 'languageOf' | 'whoAmI'>;
  readonly jira: Pick<JiraConnections, 'known' | 'refresh'>;
  readonly now: () => Date;
}

/** How long somebody waits for an answer, in milliseconds; what is left to read then, the schedule reads. */
const answersWithinMs = 60_000;

/** Tables whose "Sync now" is about issues that are mirrored. */
const sets = {
  crmjira_integration: tables.crmjira_integration.entitySet,
  crmjira_jira_project: tables.crmjira_jira_project.entitySet,
} as const;
type SyncedTable = keyof typeof sets;
const isSynced = (table: string | undefined): table is SyncedTable => table !== undefined && Object.hasOwn(sets, table);

const projectOf = z.object({ _crmjira_integration_id_value: guid });

/** Answers the command "Sync now" of a connection or a Jira project: reads its issues now (R-1714). */
export function syncCommand({ dataverse, environmentSettings, jira, now }: SyncParts): CommandHandler {
  async function connectionOf({ table, id }: Regarding): Promise<JiraConnection | undefined> {
    const { entitySet } = tables.crmjira_jira_project;
    const connectionId =
      table === 'crmjira_integration'
        ? id
        : ((await dataverse.one(entitySet, id, Object.keys(projectOf.shape), projectOf))
            ?._crmjira_integration_id_value ?? '');
    if (jira.known(connectionId) === undefined) await jira.refresh();
    return jira.known(connectionId);
  }

  async function sync(
    connection: JiraConnection,
    { regarding, requestedById, correlationId }: GivenCommand,
    language: Language,
  ): Promise<CommandAnswer> {
    const until = now().getTime() + answersWithinMs;
    const control = { rest: (tookMs: number) => sleep(tookMs), isStopped: () => now().getTime() > until };
    const wanted = {
      connection,
      dataverse,
      now,
      trigger: SyncTrigger.Manual,
      isDryRun: false,
      actorId: requestedById,
      correlationId,
    };
    if (regarding?.table === 'crmjira_integration') {
      const { result } = await mirrorIssues(wanted, control);
      const words = mirroredText({ of: connection.name, ...result }, language);
      return { state: CommandState.Done, result: words, answer: result };
    }
    const project = (await readProjectRows(dataverse, connection.id)).find(({ rowId }) => rowId === regarding?.id);
    if (project === undefined || !isMirrored(project))
      return { state: CommandState.Refused, result: notOfferedText(project?.key ?? '', language) };
    const { result } = await mirrorProject(wanted, control, project);
    return { state: CommandState.Done, result: mirroredText({ of: project.key, ...result }, language), answer: result };
  }

  return {
    type: CommandType.SyncNow,
    takes: ({ regarding }) => isSynced(regarding?.table),
    answer: async (command): Promise<CommandAnswer> => {
      const { regarding, requestedById } = command;
      const [{ userId }, language] = await Promise.all([
        environmentSettings.whoAmI(),
        environmentSettings.languageOf(requestedById),
      ]);
      if (regarding === null || !isSynced(regarding.table))
        return { state: CommandState.Failed, result: noOrganizationText(language) };
      const rights = await dataverse.rights(requestedById, { collection: sets[regarding.table], id: regarding.id });
      const refusedFor = unmetNeed(COMMAND_AUTHORITY[CommandType.SyncNow].needs, {
        service: requestedById === userId.toLowerCase(),
        write: rights.has('WriteAccess'),
      });
      if (refusedFor !== null) return { state: CommandState.Refused, result: refusalText(refusedFor, language) };
      const connection = await connectionOf(regarding);
      if (connection === undefined) return { state: CommandState.Failed, result: noOrganizationText(language) };
      try {
        return await sync(connection, command, language);
      } catch (thrown) {
        const error = classifyError(thrown);
        if (error.code === 'interrupted')
          return { state: CommandState.Done, result: goesOnText(connection.name, language) };
        const trouble = problemOf(error) ?? 'unknown';
        return { state: CommandState.Failed, result: connectionTroubleText(trouble, error.message, language) };
      }
    },
  };
}
